//! A mutant: a good module with a few random changes.
//!
//! The checksum is corrected afterwards. Otherwise it would be the only reason to refuse a mutant.

use std::fmt::Write as _;

use fastrand::Rng;

use super::layout::{Field, Layout};

/// A good module.
#[derive(Debug)]
pub struct Base {
    pub name: String,
    pub bytes: Vec<u8>,
}

/// A module that was changed.
#[derive(Debug, Clone)]
pub struct Mutant {
    /// The name of its file without `.mo`. A name of more than seven characters would be a reason to refuse it.
    pub name: String,
    /// The file.
    pub bytes: Vec<u8>,
    /// The module's name, and what was changed.
    pub story: String,
}

/// Numbers at the limits of types and of special values.
const BOUNDARIES: &[u32] = &[
    0,
    1,
    2,
    3,
    4,
    5,
    7,
    8,
    9,
    10,
    0x7f,
    0x80,
    0xff,
    0xfff0,
    0xfff1,
    0xfff2,
    0xffff,
    0x1_0000,
    0x7fff_ffff,
    0x8000_0000,
    0xffff_fff0,
    0xffff_fffc,
    0xffff_fffd,
    0xffff_ffff,
];

impl Mutant {
    /// The name of its file, with `.mo`.
    pub fn file_name(&self) -> String {
        format!("{}.mo", self.name)
    }

    /// Makes the mutant number `index` of `seed`. The same bases and seed make the same mutants.
    pub fn make(bases: &[Base], seed: u64, index: usize) -> Self {
        let mut rng = Rng::with_seed(seed ^ (index as u64) << 32);
        let base = &bases[rng.usize(..bases.len())];
        let layout = Layout::of(&base.bytes);
        let mut surgery = Surgery { rng, layout: &layout, bytes: base.bytes.clone(), story: format!("{}:", base.name) };
        // Most mutants have one change: with more, nearly all are refused.
        for _ in 0..[1, 1, 1, 2, 3][surgery.rng.usize(..5)] {
            surgery.change();
        }
        layout.mend_checksum(&mut surgery.bytes);
        Self { name: format!("m{index:05}"), bytes: surgery.bytes, story: surgery.story }
    }
}

/// A module that is being changed.
struct Surgery<'l> {
    rng: Rng,
    layout: &'l Layout,
    bytes: Vec<u8>,
    story: String,
}

impl Surgery<'_> {
    fn change(&mut self) {
        match self.rng.u32(..100) {
            0..60 => self.change_field(),
            60..68 => self.swap_fields(),
            68..76 => self.copy_record(),
            76..84 => self.change_text(),
            84..92 => self.change_image(),
            92..95 => self.drop_note(),
            95..98 => self.cut(),
            _ => self.append(),
        }
    }

    fn change_field(&mut self) {
        let (part, field) = self.pick_field();
        let value = self.pick_value(field);
        self.set(part, field, value);
    }

    /// Swaps two fields of a part that have the same width.
    fn swap_fields(&mut self) {
        let (part, one) = self.pick_field();
        let fields = &self.layout.parts.iter().find(|(name, _)| *name == part).map(|(_, fields)| fields);
        let alike: Vec<_> = fields.iter().copied().flatten().filter(|other| other.width == one.width).collect();
        let other = *alike[self.rng.usize(..alike.len())];
        let (a, b) = (one.read(&self.bytes), other.read(&self.bytes));
        self.set(part, one, b);
        self.set(part, other, a);
    }

    /// Copies a record of a table over another one.
    fn copy_record(&mut self) {
        let tables: Vec<_> = self.layout.tables.iter().filter(|(_, table)| table.count > 1).collect();
        let Some((name, table)) = self.rng.choice(tables) else { return };
        let (from, to) = (self.rng.usize(..table.count), self.rng.usize(..table.count));
        if table.record(from.max(to)).end <= self.bytes.len() {
            self.bytes.copy_within(table.record(from), table.record(to).start);
        }
        self.tell(&format!("{name} {from} over {to}"));
    }

    fn change_text(&mut self) {
        if let Some(text) = self.rng.choice(&self.layout.texts) {
            self.change_byte("text", text.clone());
        }
    }

    fn change_image(&mut self) {
        let pieces: Vec<_> = self.layout.image.iter().filter(|piece| !piece.is_empty()).collect();
        let Some(piece) = self.rng.choice(pieces) else { return };
        for _ in 0..self.rng.u32(1..8) {
            self.change_byte("image", piece.clone());
        }
    }

    fn change_byte(&mut self, what: &'static str, range: std::ops::Range<usize>) {
        let field = Field { offset: self.rng.usize(range), width: 1 };
        let value =
            if self.rng.bool() { self.rng.u32(..256) } else { field.read(&self.bytes) ^ 1 << self.rng.u32(..8) };
        self.set(what, field, value);
    }

    /// Changes the type of the note's section, so that there is no note.
    fn drop_note(&mut self) {
        if let Some(offset) = self.layout.note_type {
            let kind = self.rng.u32(..2);
            self.set("type of the note's section", Field { offset, width: 4 }, kind);
        }
    }

    fn cut(&mut self) {
        let length = self.rng.usize(..self.bytes.len());
        self.bytes.truncate(length);
        self.tell(&format!("cut at {length}"));
    }

    fn append(&mut self) {
        let length = self.rng.usize(1..64);
        self.bytes.resize(self.bytes.len() + length, self.rng.u8(..));
        self.tell(&format!("{length} bytes more"));
    }

    /// Each part is equally likely, however many fields it has.
    fn pick_field(&mut self) -> (&'static str, Field) {
        let parts: Vec<_> = self.layout.parts.iter().filter(|(_, fields)| !fields.is_empty()).collect();
        let (name, fields) = parts[self.rng.usize(..parts.len())];
        (name, fields[self.rng.usize(..fields.len())])
    }

    fn pick_value(&mut self, field: Field) -> u32 {
        let old = field.read(&self.bytes);
        let near = |rng: &mut Rng, value: u32| value.wrapping_add(rng.u32(..17)).wrapping_sub(8);
        match self.rng.u32(..6) {
            0 => BOUNDARIES[self.rng.usize(..BOUNDARIES.len())],
            1 => near(&mut self.rng, old),
            2 => old ^ 1 << self.rng.u32(..field.width as u32 * 8),
            3 => near(&mut self.rng, self.bytes.len() as u32),
            4 => {
                let (_, other) = self.pick_field();
                other.read(&self.bytes)
            }
            _ => self.rng.u32(..),
        }
    }

    fn set(&mut self, part: &str, field: Field, value: u32) {
        let old = field.read(&self.bytes);
        field.write(&mut self.bytes, value);
        let new = field.read(&self.bytes);
        self.tell(&format!("{part} at {:#x}: {old:#x} to {new:#x}", field.offset));
    }

    fn tell(&mut self, change: &str) {
        // Writing to a string does not fail.
        let _ = write!(self.story, " {change};");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The smallest file that has a layout: a header, one segment, one section without bytes.
    fn base() -> Vec<Base> {
        let mut bytes = vec![0; 52 + 32 + 40];
        for (offset, value) in [(28, 52), (32, 84), (44, 1), (48, 1), (52, 1), (68, 52)] {
            Field { offset, width: if offset == 44 || offset == 48 { 2 } else { 4 } }.write(&mut bytes, value);
        }
        vec![Base { name: "base".into(), bytes }]
    }

    #[test]
    fn the_same_seed_makes_the_same_mutants() {
        let bases = base();
        let mut others = 0;
        for index in 0..100 {
            let mutant = |seed| Mutant::make(&bases, seed, index).story;
            assert_eq!(mutant(1), mutant(1));
            others += usize::from(mutant(1) != mutant(2));
        }
        assert!(others > 90);
    }
}
