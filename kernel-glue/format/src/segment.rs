//! Segments: what of the file goes where in memory.

use crate::{
    Span,
    elf::{PF_X, PT_LOAD, PT_TLS},
};

/// An entry of the segment table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Segment {
    /// `p_type`.
    pub kind: u32,
    /// Where its bytes are in the file.
    pub file_offset: u32,
    /// How many bytes of it are in the file.
    pub file_size: u32,
    /// Its address before relocation.
    pub address: u32,
    /// `p_paddr`, which has no meaning of its own in a shared object. `mkmod` writes there where the code ends.
    pub physical_address: u32,
    /// Its size in memory. Past `file_size` it is zero.
    pub memory_size: u32,
    /// `p_flags`.
    pub flags: u32,
    /// The alignment that its address needs, 0 and 1 for none.
    pub alignment: u32,
}

impl Segment {
    /// Whether it is a part of the image.
    pub fn is_loaded(&self) -> bool {
        self.kind == PT_LOAD
    }

    /// Whether it is thread-local storage, which RT-Thread's modules don't have.
    pub fn is_thread_local(&self) -> bool {
        self.kind == PT_TLS
    }

    /// Whether there can be code in it.
    pub fn is_executable(&self) -> bool {
        self.flags & PF_X != 0
    }

    /// Whether there can be an instruction of its bytes in the file at the address `code`: the shortest have two.
    pub fn holds_code(&self, code: u32) -> bool {
        self.is_loaded()
            && self.is_executable()
            && code.checked_sub(self.address).is_some_and(|start| Span { start, size: 2 }.is_within(self.file_size))
    }

    /// The end of what may be code in it: that of its bytes in the file, unless it is said.
    pub fn code_end(&self) -> u32 {
        let end = self.address.wrapping_add(self.file_size);
        let said = self.physical_address;
        if said > self.address && said < end { said } else { end }
    }

    /// Its addresses before relocation.
    pub fn memory(&self) -> Span {
        Span { start: self.address, size: self.memory_size }
    }

    /// Its bytes in the file.
    pub fn bytes(&self) -> Span {
        Span { start: self.file_offset, size: self.file_size }
    }
}
