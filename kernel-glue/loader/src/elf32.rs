//! Files of 32 bits.

use crate::{
    Address, Class, Header, Relocation, Section, SectionKind, Segment, Symbol, class::Layout, fields::Fields,
    relocation::InPlace,
};
use core::num::NonZero;

/// The class of 32-bit files.
#[derive(Clone, Copy, Debug)]
pub enum Elf32 {}

impl Class for Elf32 {
    const NUMBER: u8 = 1;
    const WORD: u32 = 4;
    const SIZES: usize = 40;

    fn change(bytes: &mut [u8], value: impl FnOnce(Address) -> Address) {
        if let Some(word) = bytes.first_chunk_mut() {
            let [a, b, c, d, ..] = value(u32::from_le_bytes(*word).into()).to_le_bytes();
            *word = [a, b, c, d];
        }
    }
}

impl Layout<Header> for Elf32 {
    type Bytes = [u8; 52];

    fn parse(fields: Fields<'_>) -> Header {
        Header {
            entry: NonZero::new(fields.u32(24)),
            segments_offset: fields.u32(28),
            sections_offset: fields.u32(32),
            flags: fields.u32(36),
            segment_count: fields.u16(44),
            section_count: fields.u16(48),
            names_section: fields.u16(50),
        }
    }
}

impl Layout<Segment> for Elf32 {
    type Bytes = [u8; 32];

    fn parse(fields: Fields<'_>) -> Segment {
        Segment {
            kind: fields.u32(0),
            file_offset: fields.u32(4),
            address: fields.u32(8),
            file_size: fields.u32(16),
            memory_size: fields.u32(20),
            flags: fields.u32(24),
            alignment: fields.u32(28),
        }
    }
}

impl Layout<Section> for Elf32 {
    type Bytes = [u8; 40];

    fn parse(fields: Fields<'_>) -> Section {
        Section {
            name: fields.u32(0),
            kind: SectionKind::from(fields.u32(4)),
            flags: fields.u32(8),
            address: fields.u32(12),
            offset: fields.u32(16),
            size: fields.u32(20),
            link: fields.u32(24),
            alignment: fields.u32(32),
        }
    }
}

impl Layout<Symbol> for Elf32 {
    type Bytes = [u8; 16];

    fn parse(fields: Fields<'_>) -> Symbol {
        let (name, value, size) = (fields.u32(0), fields.u32(4), fields.u32(8));
        Symbol::new(name, value, size, fields.u8(12), fields.u16(14))
    }
}

impl Layout<Relocation<InPlace>> for Elf32 {
    type Bytes = [u8; 8];

    fn parse(fields: Fields<'_>) -> Relocation<InPlace> {
        let info = fields.u32(4);
        Relocation { place: fields.u32(0), kind: info & 0xff, symbol: info >> 8, addend: InPlace }
    }
}
