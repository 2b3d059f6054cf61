//! Bytes one after the other: in the file, or at addresses.

/// A number of bytes from a place on. They may go on past [`u32::MAX`], where there are none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Span {
    /// Where the first one is.
    pub start: u32,
    /// How many there are.
    pub size: u32,
}

impl Span {
    /// Where the first byte after them is.
    pub fn end(self) -> u64 {
        u64::from(self.start).saturating_add(self.size.into())
    }

    /// Whether they are among the first `length`. It does not add, since numbers of 64 bits are slow on a small processor.
    pub fn is_within(self, length: u32) -> bool {
        length.checked_sub(self.start).is_some_and(|room| self.size <= room)
    }
}
