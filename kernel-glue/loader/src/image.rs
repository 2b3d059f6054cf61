//! The image: what of a module is in memory.

use core::num::NonZero;
use format::{Class, Isa};

/// The addresses of the image before relocation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Extent {
    pub start: u32,
    pub size: u32,
    /// As many bytes from the start on may be instructions: what is zeroed behind them is not.
    pub code_size: u32,
    pub alignment: NonZero<u32>,
}

impl Extent {
    /// How far `size` bytes at `address` are from the start, if they are in the image.
    pub fn offset(&self, address: u32, size: u32) -> Option<u32> {
        let offset = address.checked_sub(self.start)?;
        (offset.checked_add(size)? <= self.size).then_some(offset)
    }

    /// Whether a word of the module can be at `address`.
    pub fn holds_word<I: Isa>(&self, address: u32) -> bool {
        self.offset(address, I::Class::WORD).is_some()
    }

    /// The `size` bytes at `address` in the memory of the image.
    pub fn bytes<'i>(&self, image: &'i [u8], address: u32, size: u32) -> Option<&'i [u8]> {
        let offset = usize::try_from(self.offset(address, size)?).ok()?;
        image.get(offset..)?.get(..usize::try_from(size).ok()?)
    }
}
