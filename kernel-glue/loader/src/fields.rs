//! The fields of one record: little-endian numbers at fixed offsets.

use crate::Address;

/// The bytes of a record that was read as a whole. A field past its end counts as zero, as `rttm_app.size` has it too.
#[derive(Clone, Copy)]
pub struct Fields<'a>(pub(crate) &'a [u8]);

impl Fields<'_> {
    pub fn u8(self, at: usize) -> u8 {
        u8::from_le_bytes(self.array(at))
    }

    pub fn u16(self, at: usize) -> u16 {
        u16::from_le_bytes(self.array(at))
    }

    pub fn u32(self, at: usize) -> u32 {
        u32::from_le_bytes(self.array(at))
    }

    pub fn u64(self, at: usize) -> u64 {
        u64::from_le_bytes(self.array(at))
    }

    /// As much of a number of 64 bits as an address here has.
    pub fn address(self, at: usize) -> Address {
        Address::from_le_bytes(self.array(at))
    }

    /// A number of 64 bits, none of which is needed above 32: [`u32::MAX`] if it has some.
    pub fn narrowed(self, at: usize) -> u32 {
        u32::try_from(self.u64(at)).unwrap_or(u32::MAX)
    }

    pub fn array<const N: usize>(self, at: usize) -> [u8; N] {
        let found = self.0.get(at..).and_then(|rest| rest.first_chunk());
        found.copied().unwrap_or([0; N])
    }
}
