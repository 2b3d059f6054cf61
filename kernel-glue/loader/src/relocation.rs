//! Relocations: the words of the image that depend on where it is, or on the kernel.

use crate::{fields::Fields, table::Record};

/// An entry of a relocation table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Relocation {
    /// The address of the word to change, before relocation.
    pub place: u32,
    /// Its type, a number of the machine's ABI.
    pub kind: u32,
    /// The index of its symbol; 0 for none.
    pub symbol: u32,
}

impl Record for Relocation {
    const SIZE: u16 = 8;

    fn parse(fields: Fields<'_>) -> Self {
        let info = fields.u32(4);
        Self { place: fields.u32(0), kind: info & 0xff, symbol: info >> 8 }
    }
}
