//! Files of 32 bits: where the fields of each record are.

use crate::{
    Address, Class, DynamicEntry, Explicit, Header, InPlace, Layout, Relocation, Section, SectionKind, Segment, Symbol,
    elf::ELFCLASS32,
    fields::{Fields, FieldsMut},
};
use core::num::NonZero;

/// The class of 32-bit files.
#[derive(Clone, Copy, Debug)]
pub enum Elf32 {}

impl Class for Elf32 {
    const NUMBER: u8 = ELFCLASS32;
    const WORD: u32 = 4;
    const SIZES: usize = 40;

    type Word = [u8; 4];

    fn magnitude(number: Address) -> Address {
        let [a, b, c, d, ..] = number.to_le_bytes();
        i32::from_le_bytes([a, b, c, d]).unsigned_abs().into()
    }

    fn change(bytes: &mut [u8], value: impl FnOnce(Address) -> Address) {
        if let Some(word) = bytes.first_chunk_mut() {
            let [a, b, c, d, ..] = value(u32::from_le_bytes(*word).into()).to_le_bytes();
            *word = [a, b, c, d];
        }
    }

    fn word(bytes: &[u8]) -> Address {
        bytes.first_chunk().map_or(0, |word| u32::from_le_bytes(*word).into())
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

    fn write(header: &Header, fields: &mut FieldsMut<'_>) {
        fields.put_u32(24, header.entry.map_or(0, NonZero::get));
        fields.put_u32(28, header.segments_offset);
        fields.put_u32(32, header.sections_offset);
        fields.put_u32(36, header.flags);
        fields.put_u16(44, header.segment_count);
        fields.put_u16(48, header.section_count);
        fields.put_u16(50, header.names_section);
    }
}

impl Layout<Segment> for Elf32 {
    type Bytes = [u8; 32];

    fn parse(fields: Fields<'_>) -> Segment {
        Segment {
            kind: fields.u32(0),
            file_offset: fields.u32(4),
            address: fields.u32(8),
            physical_address: fields.u32(12),
            file_size: fields.u32(16),
            memory_size: fields.u32(20),
            flags: fields.u32(24),
            alignment: fields.u32(28),
        }
    }

    fn write(segment: &Segment, fields: &mut FieldsMut<'_>) {
        fields.put_u32(0, segment.kind);
        fields.put_u32(4, segment.file_offset);
        fields.put_u32(8, segment.address);
        fields.put_u32(12, segment.physical_address);
        fields.put_u32(16, segment.file_size);
        fields.put_u32(20, segment.memory_size);
        fields.put_u32(24, segment.flags);
        fields.put_u32(28, segment.alignment);
    }
}

impl Layout<Section> for Elf32 {
    type Bytes = [u8; 40];

    fn parse(fields: Fields<'_>) -> Section {
        Section {
            name: fields.u32(0),
            kind: SectionKind(fields.u32(4)),
            flags: fields.u32(8),
            address: fields.u32(12),
            offset: fields.u32(16),
            size: fields.u32(20),
            link: fields.u32(24),
            info: fields.u32(28),
            alignment: fields.u32(32),
            record_size: fields.u32(36),
        }
    }

    fn write(section: &Section, fields: &mut FieldsMut<'_>) {
        fields.put_u32(0, section.name);
        fields.put_u32(4, section.kind.0);
        fields.put_u32(8, section.flags);
        fields.put_u32(12, section.address);
        fields.put_u32(16, section.offset);
        fields.put_u32(20, section.size);
        fields.put_u32(24, section.link);
        fields.put_u32(28, section.info);
        fields.put_u32(32, section.alignment);
        fields.put_u32(36, section.record_size);
    }
}

impl Layout<Symbol> for Elf32 {
    type Bytes = [u8; 16];

    fn parse(fields: Fields<'_>) -> Symbol {
        let (name, value, size) = (fields.u32(0), fields.u32(4), fields.u32(8));
        Symbol::new(name, value, size, fields.u8(12), fields.u16(14))
    }

    fn write(symbol: &Symbol, fields: &mut FieldsMut<'_>) {
        fields.put_u32(0, symbol.name);
        fields.put_u32(4, symbol.value);
        fields.put_u32(8, symbol.size);
        fields.put_u8(12, symbol.info());
        fields.put_u16(14, symbol.place.0);
    }
}

impl Layout<Relocation<InPlace>> for Elf32 {
    type Bytes = [u8; 8];

    fn parse(fields: Fields<'_>) -> Relocation<InPlace> {
        let info = fields.u32(4);
        Relocation { place: fields.u32(0), kind: info & 0xff, symbol: info >> 8, addend: InPlace }
    }

    fn write(relocation: &Relocation<InPlace>, fields: &mut FieldsMut<'_>) {
        fields.put_u32(0, relocation.place);
        fields.put_u32(4, relocation.symbol << 8 | relocation.kind);
    }
}

impl Layout<Relocation<Explicit>> for Elf32 {
    type Bytes = [u8; 12];

    fn parse(fields: Fields<'_>) -> Relocation<Explicit> {
        let (info, addend) = (fields.u32(4), Explicit(fields.u32(8).into()));
        Relocation { place: fields.u32(0), kind: info & 0xff, symbol: info >> 8, addend }
    }

    fn write(relocation: &Relocation<Explicit>, fields: &mut FieldsMut<'_>) {
        let [a, b, c, d, ..] = relocation.addend.0.to_le_bytes();
        fields.put_u32(0, relocation.place);
        fields.put_u32(4, relocation.symbol << 8 | relocation.kind);
        fields.put(8, [a, b, c, d]);
    }
}

impl Layout<DynamicEntry> for Elf32 {
    type Bytes = [u8; 8];

    fn parse(fields: Fields<'_>) -> DynamicEntry {
        DynamicEntry { tag: fields.u32(0), value: fields.u32(4) }
    }

    fn write(entry: &DynamicEntry, fields: &mut FieldsMut<'_>) {
        fields.put_u32(0, entry.tag);
        fields.put_u32(4, entry.value);
    }
}
