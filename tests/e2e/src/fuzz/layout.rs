//! The layout of a module's file: where its fields are.

use std::ops::Range;

use format::CortexA;
use loader::Module;

/// A number in the file, little-endian.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    /// Where it begins, in bytes from the start of the file.
    pub offset: usize,
    /// Its size in bytes: 1, 2 or 4.
    pub width: usize,
}

/// Records of one size, one after the other.
#[derive(Debug, Clone)]
pub struct Table {
    /// Where the first one begins, in bytes from the start of the file.
    pub offset: usize,
    /// The size of each.
    pub record_bytes: usize,
    /// How many there are.
    pub count: usize,
}

/// The parts of a good module.
#[derive(Debug, Default)]
pub struct Layout {
    /// Header, segments, sections, symbols, relocations and note, as far as there are any, each with its fields.
    pub parts: Vec<(&'static str, Vec<Field>)>,
    /// The parts that are tables.
    pub tables: Vec<(&'static str, Table)>,
    /// The bytes of the names, and of the note's texts.
    pub texts: Vec<Range<usize>>,
    /// The bytes of the image.
    pub image: Vec<Range<usize>>,
    /// Where the checksum is, if there is a note.
    pub checksum: Option<usize>,
    /// Where the type of the note's section is, if there is a note.
    pub note_type: Option<usize>,
}

/// The offset in the record and the width of each field, in bytes.
type Shape = &'static [(usize, usize)];

const HEADER: Shape = &[
    (4, 1),
    (5, 1),
    (6, 1),
    (7, 1),
    (8, 1),
    (16, 2),
    (18, 2),
    (20, 4),
    (24, 4),
    (28, 4),
    (32, 4),
    (36, 4),
    (40, 2),
    (42, 2),
    (44, 2),
    (46, 2),
    (48, 2),
    (50, 2),
];
const SEGMENT: Shape = &[(0, 4), (4, 4), (8, 4), (12, 4), (16, 4), (20, 4), (24, 4), (28, 4)];
const SECTION: Shape = &[(0, 4), (4, 4), (8, 4), (12, 4), (16, 4), (20, 4), (24, 4), (28, 4), (32, 4), (36, 4)];
const SYMBOL: Shape = &[(0, 4), (4, 4), (8, 4), (12, 1), (13, 1), (14, 2)];
/// The second word is a number, and also a type and the index of a symbol.
const RELOCATION: Shape = &[(0, 4), (4, 4), (4, 1), (5, 1)];
/// From the ELF note's header on, without the checksum, which is corrected, and with some bytes of the build id.
const NOTE: Shape =
    &[(0, 4), (4, 4), (8, 4), (12, 4), (24, 2), (26, 2), (28, 2), (30, 2), (32, 4), (36, 1), (37, 1), (38, 2), (40, 4)];
/// The checksum and the texts in the note's section.
const NOTE_CHECKSUM: usize = 20;
const NOTE_TEXTS: usize = 48;

const SEGMENT_BYTES: usize = 32;
const SECTION_BYTES: usize = 40;
const SYMBOL_BYTES: usize = 16;
const RELOCATION_BYTES: usize = 8;

const PT_LOAD: u32 = 1;
const SHT_STRTAB: u32 = 3;
const SHT_NOTE: u32 = 7;
const SHT_REL: u32 = 9;
const SHT_DYNSYM: u32 = 11;

impl Field {
    /// Its value in `file`, or 0 past the end.
    pub fn read(self, file: &[u8]) -> u32 {
        let bytes = file.get(self.offset..self.offset + self.width).unwrap_or_default();
        bytes.iter().rev().fold(0, |value, byte| value << 8 | u32::from(*byte))
    }

    /// Writes `value` to it in `file`, unless it is past the end.
    pub fn write(self, file: &mut [u8], value: u32) {
        if let Some(bytes) = file.get_mut(self.offset..self.offset + self.width) {
            bytes.copy_from_slice(&value.to_le_bytes()[..self.width]);
        }
    }
}

impl Table {
    /// The bytes of a record.
    pub fn record(&self, index: usize) -> Range<usize> {
        let start = self.offset + index * self.record_bytes;
        start..start + self.record_bytes
    }
}

impl Layout {
    /// The layout of `file`, a good module.
    pub fn of(file: &[u8]) -> Self {
        let word = |offset| Field { offset, width: 4 }.read(file);
        let half = |offset| Field { offset, width: 2 }.read(file) as usize;
        let mut layout = Self::default();
        layout.parts.push(("header", fields(HEADER, 0)));

        let segments = Table { offset: word(28) as usize, record_bytes: SEGMENT_BYTES, count: half(44) };
        for start in (0..segments.count).map(|index| segments.record(index).start) {
            if word(start) == PT_LOAD {
                layout.image.push(range(word(start + 4), word(start + 16)));
            }
        }
        layout.add_table("segment", SEGMENT, segments);

        let sections = Table { offset: word(32) as usize, record_bytes: SECTION_BYTES, count: half(48) };
        for start in (0..sections.count).map(|index| sections.record(index).start) {
            layout.add_section(start, word(start + 4), range(word(start + 16), word(start + 20)));
        }
        layout.add_table("section", SECTION, sections);
        layout
    }

    /// Corrects the checksum in the note.
    pub fn mend_checksum(&self, file: &mut [u8]) {
        if let Some(offset) = self.checksum {
            Field { offset, width: 4 }.write(file, checksum(file));
        }
    }

    fn add_section(&mut self, header: usize, kind: u32, bytes: Range<usize>) {
        let table = |record_bytes| Table { offset: bytes.start, record_bytes, count: bytes.len() / record_bytes };
        match kind {
            SHT_DYNSYM => self.add_table("symbol", SYMBOL, table(SYMBOL_BYTES)),
            SHT_REL => self.add_table("relocation", RELOCATION, table(RELOCATION_BYTES)),
            SHT_STRTAB => self.texts.push(bytes),
            SHT_NOTE if bytes.len() > NOTE_TEXTS => {
                self.parts.push(("note", fields(NOTE, bytes.start)));
                self.texts.push(bytes.start + NOTE_TEXTS..bytes.end);
                self.checksum = Some(bytes.start + NOTE_CHECKSUM);
                self.note_type = Some(header + 4);
            }
            _ => {}
        }
    }

    fn add_table(&mut self, name: &'static str, shape: Shape, table: Table) {
        let records = 0..table.count;
        self.parts.push((name, records.flat_map(|index| fields(shape, table.record(index).start)).collect()));
        self.tables.push((name, table));
    }
}

/// The checksum that the note must have; 0 if the file is so damaged that there is none.
fn checksum(file: &[u8]) -> u32 {
    let of = || {
        let module = Module::<_, CortexA>::open(file, &mut |_| ()).ok()?;
        module.checksum(&module.tables().claims?).ok()
    };
    of().unwrap_or_default()
}

fn fields(shape: Shape, start: usize) -> Vec<Field> {
    shape.iter().map(|&(offset, width)| Field { offset: start + offset, width }).collect()
}

fn range(offset: u32, size: u32) -> Range<usize> {
    offset as usize..offset as usize + size as usize
}
