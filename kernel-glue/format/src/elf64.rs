//! Files of 64 bits: where the fields of each record are.

use crate::{
    Address, Class, DynamicEntry, Explicit, Header, Layout, Relocation, Section, SectionKind, Segment, Symbol,
    elf::ELFCLASS64,
    fields::{Fields, FieldsMut},
};
use core::num::NonZero;

/// The class of 64-bit files.
#[derive(Clone, Copy, Debug)]
pub enum Elf64 {}

impl Class for Elf64 {
    const NUMBER: u8 = ELFCLASS64;
    const WORD: u32 = 8;
    const SIZES: usize = 52;

    type Word = [u8; 8];

    fn magnitude(number: Address) -> Address {
        number.min(number.wrapping_neg())
    }

    fn change(bytes: &mut [u8], value: impl FnOnce(Address) -> Address) {
        if let Some(word) = bytes.first_chunk_mut() {
            *word = value(Address::from_le_bytes(*word)).to_le_bytes();
        }
    }

    fn word(bytes: &[u8]) -> Address {
        bytes.first_chunk().map_or(0, |word| Address::from_le_bytes(*word))
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

    fn write(header: &Header, fields: &mut FieldsMut<'_>) {
        fields.put_u64(24, header.entry.map_or(0, NonZero::get).into());
        fields.put_u64(32, header.segments_offset.into());
        fields.put_u64(40, header.sections_offset.into());
        fields.put_u32(48, header.flags);
        fields.put_u16(56, header.segment_count);
        fields.put_u16(60, header.section_count);
        fields.put_u16(62, header.names_section);
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
            physical_address: fields.narrowed(24),
            file_size: fields.narrowed(32),
            memory_size: fields.narrowed(40),
            alignment: fields.narrowed(48),
        }
    }

    fn write(segment: &Segment, fields: &mut FieldsMut<'_>) {
        fields.put_u32(0, segment.kind);
        fields.put_u32(4, segment.flags);
        fields.put_u64(8, segment.file_offset.into());
        fields.put_u64(16, segment.address.into());
        fields.put_u64(24, segment.physical_address.into());
        fields.put_u64(32, segment.file_size.into());
        fields.put_u64(40, segment.memory_size.into());
        fields.put_u64(48, segment.alignment.into());
    }
}

impl Layout<Section> for Elf64 {
    type Bytes = [u8; 64];

    fn parse(fields: Fields<'_>) -> Section {
        Section {
            name: fields.u32(0),
            kind: SectionKind(fields.u32(4)),
            flags: fields.u32(8),
            address: fields.narrowed(16),
            offset: fields.narrowed(24),
            size: fields.narrowed(32),
            link: fields.u32(40),
            info: fields.u32(44),
            alignment: fields.narrowed(48),
            record_size: fields.narrowed(56),
        }
    }

    fn write(section: &Section, fields: &mut FieldsMut<'_>) {
        fields.put_u32(0, section.name);
        fields.put_u32(4, section.kind.0);
        fields.put_u64(8, section.flags.into());
        fields.put_u64(16, section.address.into());
        fields.put_u64(24, section.offset.into());
        fields.put_u64(32, section.size.into());
        fields.put_u32(40, section.link);
        fields.put_u32(44, section.info);
        fields.put_u64(48, section.alignment.into());
        fields.put_u64(56, section.record_size.into());
    }
}

impl Layout<Symbol> for Elf64 {
    type Bytes = [u8; 24];

    fn parse(fields: Fields<'_>) -> Symbol {
        let (name, value, size) = (fields.u32(0), fields.narrowed(8), fields.narrowed(16));
        Symbol::new(name, value, size, fields.u8(4), fields.u16(6))
    }

    fn write(symbol: &Symbol, fields: &mut FieldsMut<'_>) {
        fields.put_u32(0, symbol.name);
        fields.put_u8(4, symbol.info());
        fields.put_u16(6, symbol.place.0);
        fields.put_u64(8, symbol.value.into());
        fields.put_u64(16, symbol.size.into());
    }
}

impl Layout<Relocation<Explicit>> for Elf64 {
    type Bytes = [u8; 24];

    fn parse(fields: Fields<'_>) -> Relocation<Explicit> {
        let addend = Explicit(fields.address(16));
        Relocation { place: fields.narrowed(0), kind: fields.u32(8), symbol: fields.u32(12), addend }
    }

    fn write(relocation: &Relocation<Explicit>, fields: &mut FieldsMut<'_>) {
        fields.put_u64(0, relocation.place.into());
        fields.put_u32(8, relocation.kind);
        fields.put_u32(12, relocation.symbol);
        fields.put(16, relocation.addend.0.to_le_bytes());
    }
}

impl Layout<DynamicEntry> for Elf64 {
    type Bytes = [u8; 16];

    fn parse(fields: Fields<'_>) -> DynamicEntry {
        DynamicEntry { tag: fields.narrowed(0), value: fields.narrowed(8) }
    }

    fn write(entry: &DynamicEntry, fields: &mut FieldsMut<'_>) {
        fields.put_u64(0, entry.tag.into());
        fields.put_u64(8, entry.value.into());
    }
}
