//! The fields of one record: little-endian numbers at fixed offsets.

use crate::Address;

/// The bytes of a record that was read as a whole. A field past its end is zero.
#[derive(Clone, Copy)]
pub struct Fields<'a>(pub(crate) &'a [u8]);

/// The bytes of a record that is written. A field past its end is left out.
pub struct FieldsMut<'a>(pub(crate) &'a mut [u8]);

impl<'a> Fields<'a> {
    /// The fields of a record with these bytes.
    pub fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    /// The byte at an offset.
    pub fn u8(self, at: usize) -> u8 {
        u8::from_le_bytes(self.array(at))
    }

    /// The number of 16 bits at an offset.
    pub fn u16(self, at: usize) -> u16 {
        u16::from_le_bytes(self.array(at))
    }

    /// The number of 32 bits at an offset.
    pub fn u32(self, at: usize) -> u32 {
        u32::from_le_bytes(self.array(at))
    }

    /// The number of 64 bits at an offset.
    pub fn u64(self, at: usize) -> u64 {
        u64::from_le_bytes(self.array(at))
    }

    /// The number of 64 bits at an offset, cut to the size of an [`Address`].
    pub fn address(self, at: usize) -> Address {
        Address::from_le_bytes(self.array(at))
    }

    /// The number of 64 bits at an offset, or [`u32::MAX`] if it does not fit in 32.
    pub fn narrowed(self, at: usize) -> u32 {
        u32::try_from(self.u64(at)).unwrap_or(u32::MAX)
    }

    /// The bytes at an offset.
    pub fn array<const N: usize>(self, at: usize) -> [u8; N] {
        let found = self.0.get(at..).and_then(|rest| rest.first_chunk());
        found.copied().unwrap_or([0; N])
    }
}

impl FieldsMut<'_> {
    /// Writes bytes at an offset.
    pub fn put<const N: usize>(&mut self, at: usize, bytes: [u8; N]) {
        if let Some(place) = self.0.get_mut(at..).and_then(|rest| rest.first_chunk_mut()) {
            *place = bytes;
        }
    }

    /// Writes a byte at an offset.
    pub fn put_u8(&mut self, at: usize, value: u8) {
        self.put(at, [value]);
    }

    /// Writes a number of 16 bits at an offset.
    pub fn put_u16(&mut self, at: usize, value: u16) {
        self.put(at, value.to_le_bytes());
    }

    /// Writes a number of 32 bits at an offset.
    pub fn put_u32(&mut self, at: usize, value: u32) {
        self.put(at, value.to_le_bytes());
    }

    /// Writes a number of 64 bits at an offset.
    pub fn put_u64(&mut self, at: usize, value: u64) {
        self.put(at, value.to_le_bytes());
    }
}
