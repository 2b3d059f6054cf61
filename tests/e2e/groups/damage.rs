//! Damaged files: each is refused, and the next module runs.

use std::fs;

use e2e::fuzz::{Field, Layout};
use e2e::{Fixture, card_with};

use super::{TestResult, Tests};

pub const TESTS: Tests = &[
    ("a_cut_file_is_refused", |fixture| is_refused(fixture, CUTS)),
    ("a_damaged_structure_is_refused", |fixture| is_refused(fixture, STRUCTURE)),
];

/// Damage that only the checksum and the relocations show.
pub const CONTENT_TESTS: Tests = &[
    ("damaged_contents_are_refused", |fixture| is_refused(fixture, CONTENTS)),
    ("all_reasons_are_told_at_once", all_reasons),
];

/// A change of a good file, and what the loader prints about it.
struct Damage {
    happens: fn(&mut Victim),
    words: &'static str,
}

/// A good module, which a test damages.
struct Victim {
    layout: Layout,
    bytes: Vec<u8>,
}

const CUTS: &[Damage] = &[
    Damage { happens: |it| it.cut(0), words: "the file is empty" },
    Damage { happens: |it| it.cut(3), words: "not a module" },
    Damage { happens: |it| it.cut(4), words: "cut off" },
    Damage { happens: |it| it.cut(51), words: "cut off" },
    Damage { happens: |it| it.cut(52), words: "cut off" },
    Damage { happens: |it| it.cut(84), words: "cut off" },
    Damage { happens: |it| it.cut(200), words: "cut off" },
    Damage { happens: |it| it.cut(it.bytes.len() / 2), words: "cut off" },
    Damage { happens: |it| it.cut(it.bytes.len() - 40), words: "cut off" },
    Damage { happens: |it| it.cut(it.bytes.len() - 1), words: "cut off" },
];

/// The checksum is corrected after each of these.
const STRUCTURE: &[Damage] = &[
    Damage { happens: |it| it.set(1, 1, u32::from(b'F')), words: "not a module: no ELF file" },
    Damage { happens: |it| it.set(4, 1, 2), words: "built for another processor" },
    Damage { happens: |it| it.set(5, 1, 2), words: "built for another processor" },
    Damage { happens: |it| it.set(16, 2, 2), words: "not a module: an ELF file of another kind" },
    Damage { happens: |it| it.set(18, 2, 62), words: "built for another processor" },
    Damage { happens: |it| it.set(24, 4, 0x10_0001), words: "built for another processor" },
    Damage { happens: |it| it.set(28, 4, 0xffff_fff0), words: "cut off" },
    Damage { happens: |it| it.set(32, 4, 0xffff_fff0), words: "cut off" },
    Damage { happens: |it| it.set(44, 2, 0), words: "damaged" },
    Damage { happens: |it| it.set_in("segment", 16, 4, 0xffff_fff0), words: "cut off" },
    Damage { happens: |it| it.set_in("segment", 20, 4, 1), words: "damaged: segment 0" },
    Damage { happens: |it| it.set_in("segment", 20, 4, 0xffff_fff0), words: "no memory" },
    Damage { happens: |it| it.set_last("section", 16, 4, 0xffff_fff0), words: "cut off" },
    Damage { happens: |it| it.set_last("symbol", 0, 4, 0xff_ffff), words: "damaged: symbol" },
    Damage { happens: |it| it.set_in("relocation", 0, 4, 0xff_fff0), words: "damaged: relocation" },
    Damage { happens: |it| it.set_in("relocation", 5, 1, 0xff), words: "damaged: relocation" },
    Damage { happens: Victim::leave_names_open, words: "damaged: section" },
];

/// The kernel's own dlmodule loads these. They fail when they run.
const CONTENTS: &[Damage] = &[
    Damage { happens: |it| it.flip(it.layout.image[0].start), words: "damaged: its checksum" },
    Damage { happens: |it| it.flip(it.layout.image[0].end - 1), words: "damaged: its checksum" },
    Damage { happens: |it| it.flip(it.layout.checksum.unwrap_or_default()), words: "damaged: its checksum" },
    Damage { happens: |it| it.flip(it.bytes.len() - 1), words: "damaged" },
    Damage { happens: |it| it.bytes.push(0), words: "damaged: its checksum" },
    Damage { happens: |it| it.set_in("relocation", 4, 1, 28), words: "relocation type 28 at" },
];

impl Victim {
    fn cut(&mut self, length: usize) {
        self.bytes.truncate(length);
    }

    fn set(&mut self, offset: usize, width: usize, value: u32) {
        Field { offset, width }.write(&mut self.bytes, value);
        self.layout.mend_checksum(&mut self.bytes);
    }

    /// Changes the first record of a table.
    fn set_in(&mut self, table: &str, offset: usize, width: usize, value: u32) {
        self.set_record(table, offset, width, value, |_| 0);
    }

    fn set_last(&mut self, table: &str, offset: usize, width: usize, value: u32) {
        self.set_record(table, offset, width, value, |count| count - 1);
    }

    fn set_record(&mut self, table: &str, offset: usize, width: usize, value: u32, which: fn(usize) -> usize) {
        let found = self.layout.tables.iter().find(|(name, _)| *name == table);
        if let Some((_, table)) = found {
            let start = table.record(which(table.count)).start;
            self.set(start + offset, width, value);
        }
    }

    /// Flips a bit without correcting the checksum.
    fn flip(&mut self, at: usize) {
        self.bytes[at] ^= 0x10;
    }

    fn leave_names_open(&mut self) {
        let end = self.layout.texts[0].end - 1;
        self.set(end, 1, u32::from(b'x'));
    }
}

fn is_refused(fixture: &Fixture, damages: &[Damage]) -> TestResult {
    let good = fs::read(fixture.module("status")?)?;
    let mut card = card_with(&fixture.modules)?;
    for (index, damage) in damages.iter().enumerate() {
        let mut victim = Victim { layout: Layout::of(&good), bytes: good.clone() };
        (damage.happens)(&mut victim);
        card.put(&format!("d{index}.mo"), victim.bytes);
    }
    let mut session = fixture.boot_with(&card)?;
    session.run("mod run status 7")?.prints("exit code 7")?;
    let before = session.settled_memory()?;
    for (index, damage) in damages.iter().enumerate() {
        let printed = session.run(&format!("mod run d{index} 7"))?;
        printed.prints(&format!("d{index}.mo: "))?.prints(damage.words)?.prints_no("exit code")?;
        session.uses(before)?;
        session.run("mod run status 7")?.prints("exit code 7")?;
    }
    session.uses(before)?;
    Ok(())
}

/// A module with a relocation of an unknown type, an unknown import, a newer ABI, and too large an image.
fn all_reasons(fixture: &Fixture) -> TestResult {
    let bytes = fs::read(fixture.module("missing")?)?;
    let mut victim = Victim { layout: Layout::of(&bytes), bytes };
    let minor = victim.layout.checksum.ok_or("it has no note")? + 6;
    victim.set(minor, 2, 99);
    victim.set_in("segment", 20, 4, 64 << 20);
    victim.set_in("relocation", 4, 1, 28);
    let mut card = card_with(&fixture.modules)?;
    card.put("many.mo", victim.bytes);
    let mut session = fixture.boot_with(&card)?;
    session.run("mod run status 7")?.prints("exit code 7")?;
    let before = session.settled_memory()?;
    session
        .run("mod run many")?
        .prints("many.mo: relocation type 28 at 0x")?
        .prints("many.mo: no memory: its image takes 67108864 bytes, ")?
        .prints("many.mo: the kernel does not export no_such_function")?
        .prints("many.mo: built for version 1.99 of the module ABI, the kernel has 1.")?;
    session.uses(before)?;
    session.run("mod run status 7")?.prints("exit code 7")?;
    Ok(())
}
