//! Builds modules byte by byte: good ones, and with one field changed, bad ones.

#![allow(dead_code, clippy::allow_attributes, reason = "each test uses a part of it")]

use loader::note;

/// A module to be: everything that its bytes depend on.
#[derive(Clone, Debug)]
pub struct Module {
    pub class: u8,
    pub byte_order: u8,
    pub machine: u16,
    pub kind: u16,
    pub flags: u32,
    pub entry: u32,
    pub segments: Vec<Segment>,
    pub symbols: Vec<Symbol>,
    /// What only a debugger needs.
    pub debug_symbols: Vec<Symbol>,
    pub relocations: Vec<Relocation>,
    pub note: Option<Note>,
    /// Sections besides those that every module has: name, type, flags, bytes.
    pub sections: Vec<(&'static str, u32, u32, Vec<u8>)>,
    /// The name of the section of symbols.
    pub symbols_name: &'static str,
}

#[derive(Clone, Debug)]
pub struct Segment {
    pub kind: u32,
    pub address: u32,
    pub bytes: Vec<u8>,
    pub memory_size: u32,
    pub flags: u32,
    pub alignment: u32,
}

#[derive(Clone, Debug)]
pub struct Symbol {
    pub name: &'static str,
    pub value: u32,
    pub binding: u8,
    pub kind: u8,
    pub section: u16,
}

#[derive(Clone, Copy, Debug)]
pub struct Relocation {
    pub place: u32,
    pub kind: u32,
    pub symbol: u32,
}

#[derive(Clone, Debug)]
pub struct Note {
    pub abi: (u16, u16),
    pub stack_bytes: u32,
    pub heap_bytes: u32,
    pub priority: u8,
    pub flags: u8,
    pub strings: [&'static str; 4],
    /// What the checksum is changed by.
    pub untruth: u32,
}

pub const ABS32: u32 = 2;
pub const GLOB_DAT: u32 = 21;
pub const RELATIVE: u32 = 23;

/// The size of hello's image: 48 bytes of code and data, then 16 that are zero.
pub const HELLO_MEMORY: u32 = 64;

impl Module {
    /// A module whose `main` calls `rt_kprintf`, and whose `module_init` calls `rtt_mod_abi_1`, both through thunks.
    pub fn hello() -> Self {
        let mut text = vec![0; 48];
        let mut put = |at: usize, bytes: &[u8]| text[at..at + bytes.len()].copy_from_slice(bytes);
        put(0, &THUNK); // rtt_mod_abi_1
        put(8, &THUNK); // rt_kprintf
        put(16, &[0xff, 0xf7, 0xfa, 0xbf, 0x00, 0xbf, 0x00, 0xbf]); // main: b.w 8
        put(24, &[0xff, 0xf7, 0xf2, 0xbf, 0x00, 0xbf, 0x00, 0xbf]); // module_init: b.w 0
        put(32, &36_u32.to_le_bytes()); // a pointer to the text behind it
        put(36, b"hello\n\0");
        Self {
            class: 1,
            byte_order: 1,
            machine: 40,
            kind: 3,
            flags: 0x0500_0000,
            entry: 17,
            segments: vec![Segment {
                kind: 1,
                address: 0,
                bytes: text,
                memory_size: HELLO_MEMORY,
                flags: 7,
                alignment: 4,
            }],
            symbols: vec![
                Symbol::import("rtt_mod_abi_1"),
                Symbol::import("rt_kprintf"),
                Symbol { name: "module_init", value: 25, binding: 1, kind: 2, section: 1 },
            ],
            debug_symbols: vec![],
            relocations: vec![
                Relocation { place: 4, kind: ABS32, symbol: 1 },
                Relocation { place: 12, kind: ABS32, symbol: 2 },
                Relocation { place: 32, kind: RELATIVE, symbol: 0 },
            ],
            note: Some(Note {
                abi: (1, 0),
                stack_bytes: 2048,
                heap_bytes: 0,
                priority: 0xff,
                flags: 0,
                strings: ["hello", "0.1.0", "Says hello", "thumbv7m-none-eabi"],
                untruth: 0,
            }),
            sections: vec![],
            symbols_name: ".dynsym",
        }
    }

    /// The bytes of the file.
    pub fn build(&self) -> Vec<u8> {
        let mut file = File::default();
        file.append(&[0; 52]);
        file.append(&vec![0; 32 * self.segments.len()]);
        let segments: Vec<u8> =
            self.segments.iter().flat_map(|segment| segment.header(file.append(&segment.bytes))).collect();
        file.patch(52, &segments);

        let mut strings = vec![0];
        let mut symbols = vec![0; 16];
        for symbol in &self.symbols {
            symbols.extend(symbol.record(intern(&mut strings, symbol.name)));
        }
        let mut debug_symbols = vec![0; 16];
        for symbol in &self.debug_symbols {
            debug_symbols.extend(symbol.record(intern(&mut strings, symbol.name)));
        }
        let relocations: Vec<u8> = self.relocations.iter().flat_map(|relocation| relocation.record()).collect();
        let mut sections = vec![
            (self.symbols_name, 11, 0, 2, symbols),
            (".dynstr", 3, 0, 0, vec![]),
            (".rel.dyn", 9, 0, 1, relocations),
        ];
        if let Some(note) = &self.note {
            sections.push((note::SECTION, 7, 0, 0, note.section()));
        }
        for (name, kind, flags, bytes) in &self.sections {
            sections.push((name, *kind, *flags, 1, bytes.clone()));
        }
        if !self.debug_symbols.is_empty() {
            sections.push((".symtab", 2, 0, 2, debug_symbols));
        }
        let names: Vec<u32> = sections.iter().map(|section| intern(&mut strings, section.0)).collect();
        sections[1].4 = strings;

        let mut headers = vec![0; 40];
        let mut checksum = None;
        for (name, (title, kind, flags, link, bytes)) in names.iter().zip(&sections) {
            let offset = file.append(bytes);
            if *title == note::SECTION {
                checksum = Some(offset as usize + 20);
            }
            let size = bytes.len() as u32;
            headers.extend(words(&[*name, *kind, *flags, 0, offset, size, *link, 0, 4, 0]));
        }
        let table = file.append(&headers);
        file.patch(0, &self.header(table, sections.len() as u16 + 1));
        if let (Some(at), Some(note)) = (checksum, &self.note) {
            let crc = loader::crc32(&file.0.as_slice(), at as u32).unwrap();
            file.patch(at, &(crc ^ note.untruth).to_le_bytes());
        }
        file.0
    }

    fn header(&self, sections: u32, section_count: u16) -> Vec<u8> {
        let mut header = vec![0x7f, b'E', b'L', b'F', self.class, self.byte_order, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        header.extend(halves(&[self.kind, self.machine]));
        header.extend(words(&[1, self.entry, 52, sections, self.flags]));
        header.extend(halves(&[52, 32, self.segments.len() as u16, 40, section_count, 2]));
        header
    }
}

impl Symbol {
    pub fn import(name: &'static str) -> Self {
        Self { name, value: 0, binding: 1, kind: 0, section: 0 }
    }

    fn record(&self, name: u32) -> Vec<u8> {
        let mut record = words(&[name, self.value, 0]);
        record.extend([self.binding << 4 | self.kind, 0]);
        record.extend(self.section.to_le_bytes());
        record
    }
}

impl Segment {
    fn header(&self, offset: u32) -> Vec<u8> {
        let file_size = self.bytes.len() as u32;
        words(&[self.kind, offset, self.address, self.address, file_size, self.memory_size, self.flags, self.alignment])
    }
}

impl Relocation {
    fn record(self) -> Vec<u8> {
        words(&[self.place, self.symbol << 8 | self.kind])
    }
}

impl Note {
    fn section(&self) -> Vec<u8> {
        let mut description = words(&[0]);
        description.extend(halves(&[self.abi.0, self.abi.1]));
        description.extend(words(&[self.stack_bytes, self.heap_bytes]));
        description.extend([self.priority, self.flags, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8]);
        for string in self.strings {
            description.extend(string.as_bytes());
            description.push(0);
        }
        let mut section = words(&[5, description.len() as u32, note::TYPE]);
        section.extend(b"RTTM\0\0\0\0");
        section.extend(description);
        section
    }
}

/// `ldr.w pc, [pc]`, and the word that it loads.
const THUNK: [u8; 8] = [0xdf, 0xf8, 0x00, 0xf0, 0, 0, 0, 0];

#[derive(Default)]
struct File(Vec<u8>);

impl File {
    /// Appends at a multiple of 4 and says where.
    fn append(&mut self, bytes: &[u8]) -> u32 {
        self.0.resize(self.0.len().next_multiple_of(4), 0);
        let offset = self.0.len() as u32;
        self.0.extend(bytes);
        offset
    }

    fn patch(&mut self, at: usize, bytes: &[u8]) {
        self.0[at..at + bytes.len()].copy_from_slice(bytes);
    }
}

fn intern(strings: &mut Vec<u8>, name: &str) -> u32 {
    let offset = strings.len() as u32;
    strings.extend(name.as_bytes());
    strings.push(0);
    offset
}

fn words(values: &[u32]) -> Vec<u8> {
    values.iter().flat_map(|value| value.to_le_bytes()).collect()
}

fn halves(values: &[u16]) -> Vec<u8> {
    values.iter().flat_map(|value| value.to_le_bytes()).collect()
}
