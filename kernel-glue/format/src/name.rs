//! The name of a symbol or section.

use crate::Source;
use core::{ffi::c_char, fmt};

/// How much of a name is kept.
const KEPT: usize = 127;

/// A name, as far as it is no longer than 127 bytes.
#[derive(Clone, Copy)]
pub struct Name {
    /// With a NUL behind its end, and something else behind that.
    bytes: [u8; KEPT + 1],
    length: u8,
    cut: bool,
}

impl Default for Name {
    fn default() -> Self {
        Self { bytes: [0; KEPT + 1], length: 0, cut: false }
    }
}

impl PartialEq for Name {
    fn eq(&self, other: &Self) -> bool {
        (self.as_bytes(), self.cut) == (other.as_bytes(), other.cut)
    }
}

impl Eq for Name {}

impl Name {
    /// Becomes the name at `offset`, which ends with a NUL before `end`. If there is none, the answer is `false`.
    ///
    /// It is read in place, since it is too large to be handed from function to function on a small stack.
    ///
    /// # Errors
    /// When the file can't be read there.
    pub fn read<S: Source>(&mut self, source: &S, offset: u32, end: u32) -> Result<bool, S::Error> {
        let room = Self::room(offset, end);
        let bytes = self.bytes.get_mut(..room).unwrap_or_default();
        source.read(offset, bytes)?;
        let length = bytes.iter().position(|&byte| byte == 0);
        Ok(self.end(length.unwrap_or(room), room))
    }

    /// Becomes the name at the start of `bytes`, which ends with a NUL among them. If there is none, the answer is `false`.
    pub fn copy(&mut self, bytes: &[u8]) -> bool {
        // By hand, since the names are short: a `memcpy` is a call.
        let mut length = 0_usize;
        for (kept, &byte) in self.bytes.iter_mut().zip(bytes).take(KEPT) {
            if byte == 0 {
                break;
            }
            *kept = byte;
            length = length.wrapping_add(1);
        }
        self.end(length, bytes.len().min(KEPT))
    }

    /// Ends the name after `length` of the `room` bytes that were looked at. The answer is whether it does end there.
    fn end(&mut self, length: usize, room: usize) -> bool {
        self.cut = length == room;
        self.length = u8::try_from(length).unwrap_or(u8::MAX);
        if let Some(end) = self.bytes.get_mut(length) {
            *end = 0;
        }
        !self.cut || room == KEPT
    }

    /// How many of the bytes from a name's first one to `end` are looked at for it.
    pub fn room(offset: u32, end: u32) -> usize {
        usize::try_from(end.saturating_sub(offset)).unwrap_or(KEPT).min(KEPT)
    }

    /// How many bytes it takes in a table of names, as far as it is kept.
    pub fn bytes_with_nul(&self) -> u32 {
        u32::from(self.length).saturating_add(1)
    }

    /// Its bytes, without the NUL.
    pub fn as_bytes(&self) -> &[u8] {
        self.bytes.get(..usize::from(self.length)).unwrap_or_default()
    }

    /// The same for C, with a NUL behind it.
    pub fn as_c_str(&self) -> *const c_char {
        self.bytes.as_ptr().cast()
    }

    /// Whether the name goes on after these bytes. No kernel symbol is that long.
    pub fn is_cut(&self) -> bool {
        self.cut
    }
}

impl fmt::Display for Name {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}{}", self.as_bytes().escape_ascii(), if self.cut { "…" } else { "" })
    }
}

impl fmt::Debug for Name {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "`{self}`")
    }
}
