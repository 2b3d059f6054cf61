//! The mutants that were found: each has once stopped a kernel, or `mkmod check` and a kernel did not agree on it.
//!
//! A find is kept as what was changed, so that it stays a file of today's format. Its checksum is right.

use super::layout::{Field, Layout, Table};
use super::mutant::Mutant;

/// A good module that is being changed.
struct Patient {
    layout: Layout,
    bytes: Vec<u8>,
}

/// A find: its name, what is changed, and what happened.
struct Find {
    name: &'static str,
    story: &'static str,
    change: fn(&mut Patient),
}

const FINDS: &[Find] = &[
    Find { name: "same", story: "nothing is changed: it loads", change: |_| () },
    Find {
        name: "start",
        story: "the segment begins at 1: all code lost its alignment, and all functions their Thumb bit",
        change: |it| it.set("segment", 0, 8, 1),
    },
    Find {
        name: "entry",
        story: "the entry is in the image's last bytes: passed as code, though no instruction is that short",
        change: |it| {
            let end = it.get("segment", 0, 20);
            it.set_header(24, (end - 2) | 1);
        },
    },
    Find {
        name: "secname",
        story: "a section's name is not in the file: passed; kernel-glue refused it",
        change: |it| it.set("section", 1, 0, 0xffff),
    },
    Find {
        name: "dynsym",
        story: "the relocations are named `.dynsym`: passed; kernel-glue refused it",
        change: |it| {
            let name = it.get("section", 1, 0);
            it.set("section", 3, 0, name);
        },
    },
    Find {
        name: "none",
        story: "a relocation that does nothing has a place outside of the image: kernel-glue refused it alone",
        change: |it| {
            it.set("relocation", 0, 0, 0xffff_fff0);
            it.set("relocation", 0, 4, 0);
        },
    },
    Find {
        name: "size",
        story: "the image has nearly 4 GiB: `rt_malloc` gave a few bytes, and the kernel locked up",
        change: |it| it.set("segment", 0, 20, 0xffff_fff0),
    },
    Find {
        name: "symtab",
        story: "there are symbols for the debugger, and they are elsewhere: kernel-glue read their names: hard fault",
        change: |it| {
            it.set("section", 4, 4, 2);
            it.set("section", 4, 16, 0x7fff_fff0);
        },
    },
    Find {
        name: "target",
        story: "the note names a target that nobody knows: kernel-glue took it for another processor's and refused it",
        change: |it| it.replace(b"thumbv7m-none-eabi", b"thumbv7m_none-eabi"),
    },
    Find {
        name: "nosym",
        story: "symbol 0, which stands for none, is an import: refused for a name that no relocation uses",
        change: |it| {
            let name = it.get("symbol", 1, 0);
            it.set("symbol", 0, 0, name);
        },
    },
    Find {
        name: "floats",
        story: "the flags say soft and hard float: passed; kernel-glue refused it",
        change: |it| it.set_header(36, 0x0500_0600),
    },
    Find {
        name: "text",
        story: "a text in the note is no UTF-8: refused, though no loader reads it",
        change: |it| it.replace(b"hello\0", b"\xffello\0"),
    },
];

/// All of them by name, made from `hello`: a small module for a Cortex-M3 that loads.
pub fn all(hello: &[u8]) -> Vec<Mutant> {
    let mutant = |find: &Find| {
        let mut patient = Patient { layout: Layout::of(hello), bytes: hello.to_vec() };
        (find.change)(&mut patient);
        patient.layout.mend_checksum(&mut patient.bytes);
        Mutant { name: find.name.into(), bytes: patient.bytes, story: find.story.into() }
    };
    let mut mutants: Vec<Mutant> = FINDS.iter().map(mutant).collect();
    // As they are listed in a folder, and loaded.
    mutants.sort_by(|one, other| one.name.cmp(&other.name));
    mutants
}

impl Patient {
    /// Four bytes of a record of a table.
    fn get(&self, table: &str, record: usize, offset: usize) -> u32 {
        self.field(table, record, offset).read(&self.bytes)
    }

    fn set(&mut self, table: &str, record: usize, offset: usize, value: u32) {
        self.field(table, record, offset).write(&mut self.bytes, value);
    }

    fn set_header(&mut self, offset: usize, value: u32) {
        Field { offset, width: 4 }.write(&mut self.bytes, value);
    }

    fn field(&self, name: &str, record: usize, offset: usize) -> Field {
        let table = self.layout.tables.iter().find(|(known, _)| *known == name);
        let start = table.map_or(usize::MAX, |(_, table): &(_, Table)| table.record(record).start);
        Field { offset: start.saturating_add(offset), width: 4 }
    }

    /// Writes `new` over the first `old`, which is as long.
    fn replace(&mut self, old: &[u8], new: &[u8]) {
        let found = self.bytes.windows(old.len()).position(|bytes| bytes == old);
        if let Some(bytes) = found.and_then(|start| self.bytes.get_mut(start..start + old.len())) {
            bytes.copy_from_slice(new);
        }
    }
}
