//! The note of a module: its metadata and requirements, for `mkmod` and for the kernel's loader.
//!
//! `mkmod-ld` fills in what is known only after linking: checksum, build id and target.
#![forbid(unsafe_code)]

use crate::sys::entry::{ABI_MAJOR, ABI_MINOR, App};

/// Bytes in front of the texts: checksum, ABI, stack, heap, priority, flags, build id.
const HEAD_BYTES: usize = 28;

/// The size of [`note`] in bytes.
pub const fn note_bytes(name: &str, version: &str, description: &str) -> usize {
    HEAD_BYTES + name.len() + 1 + version.len() + 1 + description.len() + 1 + 1
}

/// The note's record. `BYTES` is [`note_bytes`] of the same texts.
pub const fn note<const BYTES: usize>(
    app: &App,
    heap_bytes: u32,
    name: &str,
    version: &str,
    description: &str,
) -> [u8; BYTES] {
    let mut record = [0; BYTES];
    put(&mut record, 4, &ABI_MAJOR.to_le_bytes());
    put(&mut record, 6, &ABI_MINOR.to_le_bytes());
    put(&mut record, 8, &app.stack_bytes.to_le_bytes());
    put(&mut record, 12, &heap_bytes.to_le_bytes());
    record[16] = app.priority;
    record[17] = app.flags;
    let end = put_text(&mut record, HEAD_BYTES, name);
    let end = put_text(&mut record, end, version);
    put_text(&mut record, end, description);
    record
}

/// The record of a program that leaves the size of its stack to the linker.
pub const fn with_automatic_stack<const BYTES: usize>(record: [u8; BYTES]) -> [u8; BYTES] {
    let mut record = record;
    record[18] = 1;
    record
}

/// The record of a module that is loaded at a level of RT-Thread's initialization, if it is built in.
pub const fn at_init_level<const BYTES: usize>(record: [u8; BYTES], level: u8) -> [u8; BYTES] {
    let mut record = record;
    record[19] = level;
    record
}

/// Writes a text with its NUL, and returns the offset after it.
const fn put_text(record: &mut [u8], at: usize, text: &str) -> usize {
    put(record, at, text.as_bytes());
    at + text.len() + 1
}

const fn put(record: &mut [u8], at: usize, bytes: &[u8]) {
    // `copy_from_slice` is const from Rust 1.87 on.
    let mut index = 0;
    while index < bytes.len() {
        record[at + index] = bytes[index];
        index += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sys::entry::app;

    #[test]
    fn a_note_has_the_contracts_layout() {
        const APP: App = app(0x1234, Some(20));
        const NOTE: [u8; note_bytes("blink", "1.0", "é")] = note(&APP, 0x2000, "blink", "1.0", "é");
        let head = [0, 0, 0, 0, 1, 0, 1, 0, 0x34, 0x12, 0, 0, 0, 0x20, 0, 0, 20, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        assert_eq!(NOTE[..28], head);
        assert_eq!(with_automatic_stack(NOTE)[16..20], [20, 0, 1, 0]);
        assert_eq!(at_init_level(with_automatic_stack(NOTE), 3)[16..20], [20, 0, 1, 3]);
        assert_eq!(&NOTE[28..], "blink\x001.0\0é\0\0".as_bytes());
    }

    #[test]
    fn without_a_priority_it_is_the_loading_threads() {
        assert_eq!(app(512, None).priority, 0xFF);
    }
}
