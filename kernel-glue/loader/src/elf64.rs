//! Files of 64 bits.

use crate::{
    Address, Class, Header, Relocation, Section, SectionKind, Segment, Symbol, class::Layout, fields::Fields,
    relocation::Explicit,
};
use core::num::NonZero;

/// The class of 64-bit files.
#[derive(Clone, Copy, Debug)]
pub enum Elf64 {}

impl Class for Elf64 {
    const NUMBER: u8 = 2;
    const WORD: u32 = 8;
    const SIZES: usize = 52;

    fn change(bytes: &mut [u8], value: impl FnOnce(Address) -> Address) {
        if let Some(word) = bytes.first_chunk_mut() {
            *word = value(Address::from_le_bytes(*word)).to_le_bytes();
        }
    }
}

impl Layout<Header> for Elf64 {
    type Bytes = [u8; 64];

    fn parse(fields: Fields<'_>) -> Header {
        Header {
            entry: NonZero::new(fields.narrowed(24)),
            segments_offset: fields.narrowed(32),
            sections_offset: fields.narrowed(40),
            flags: fields.u32(48),
            segment_count: fields.u16(56),
            section_count: fields.u16(60),
            names_section: fields.u16(62),
        }
    }
}

impl Layout<Segment> for Elf64 {
    type Bytes = [u8; 56];

    fn parse(fields: Fields<'_>) -> Segment {
        Segment {
            kind: fields.u32(0),
            flags: fields.u32(4),
            file_offset: fields.narrowed(8),
            address: fields.narrowed(16),
            file_size: fields.narrowed(32),
            memory_size: fields.narrowed(40),
            alignment: fields.narrowed(48),
        }
    }
}

impl Layout<Section> for Elf64 {
    type Bytes = [u8; 64];

    fn parse(fields: Fields<'_>) -> Section {
        Section {
            name: fields.u32(0),
            kind: SectionKind::from(fields.u32(4)),
            flags: fields.u32(8),
            address: fields.narrowed(16),
            offset: fields.narrowed(24),
            size: fields.narrowed(32),
            link: fields.u32(40),
            alignment: fields.narrowed(48),
        }
    }
}

impl Layout<Symbol> for Elf64 {
    type Bytes = [u8; 24];

    fn parse(fields: Fields<'_>) -> Symbol {
        let (name, value, size) = (fields.u32(0), fields.narrowed(8), fields.narrowed(16));
        Symbol::new(name, value, size, fields.u8(4), fields.u16(6))
    }
}

impl Layout<Relocation<Explicit>> for Elf64 {
    type Bytes = [u8; 24];

    fn parse(fields: Fields<'_>) -> Relocation<Explicit> {
        let addend = Explicit(fields.address(16));
        Relocation { place: fields.narrowed(0), kind: fields.u32(8), symbol: fields.u32(12), addend }
    }
}
