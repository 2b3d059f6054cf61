//! A driver: the device `{{device}}` counts the bytes that are written to it, and its contents are the number.
#![no_std]
#![cfg_attr(target_os = "none", no_main)]

extern crate alloc;

use alloc::format;
use core::{
    mem,
    sync::atomic::{AtomicU32, Ordering},
};

use rtt_mod::{
    Result,
    device::{Driver, register},
};

#[rtt_mod::init(heap = "1K", desc = "counts bytes")]
fn init() -> Result<()> {
    // The device is there until the module is unloaded.
    mem::forget(register("{{device}}", Counter::default())?);
    Ok(())
}

#[derive(Default)]
struct Counter {
    bytes: AtomicU32,
}

impl Driver for Counter {
    fn read(&self, position: u32, buffer: &mut [u8]) -> Result<usize> {
        let text = format!("{}\n", self.bytes.load(Ordering::Relaxed));
        let rest = text.as_bytes().get(position as usize..).unwrap_or_default();
        let length = rest.len().min(buffer.len());
        buffer[..length].copy_from_slice(&rest[..length]);
        Ok(length)
    }

    fn write(&self, _position: u32, bytes: &[u8]) -> Result<usize> {
        self.bytes.fetch_add(bytes.len() as u32, Ordering::Relaxed);
        Ok(bytes.len())
    }
}

#[cfg(test)]
#[rtt_mod::tests]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_counted() {
        let counter = Counter::default();
        counter.write(0, b"abc").unwrap();
        counter.write(3, b"de").unwrap();
        let mut text = [0; 8];
        assert_eq!(counter.read(0, &mut text), Ok(2));
        assert_eq!(&text[..2], b"5\n");
    }
}
