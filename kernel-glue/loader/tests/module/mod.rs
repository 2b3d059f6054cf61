//! Builds modules byte by byte: good ones, and with one field changed, bad ones.

#![allow(dead_code, clippy::allow_attributes, reason = "each test uses a part of it")]

use format::elf::*;
use format::{CortexM, Isa, Riscv32, Riscv64, note};

/// A module to be: everything that its bytes depend on.
#[derive(Clone, Debug)]
pub struct Module {
    pub form: Form,
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
    /// Each with its addend at its place, whatever the form.
    pub relocations: Vec<Relocation>,
    pub note: Option<Note>,
    /// Sections besides those that every module has: name, type, flags, bytes.
    pub sections: Vec<(&'static str, u32, u32, Vec<u8>)>,
    /// The name of the section of symbols.
    pub symbols_name: &'static str,
    /// More entries of the dynamic section: tag and value.
    pub dynamic: Vec<(u32, u32)>,
    /// The type of the section of relocations, if it is not the right one.
    pub relocations_kind: Option<u32>,
}

/// How a file is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// With addresses of 32 bits, and relocations without addends.
    Bits32,
    /// With addresses of 32 bits, and relocations with addends.
    Bits32Addends,
    /// With addresses of 64 bits, and relocations with addends.
    Bits64,
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
pub const R_RISCV_32: u32 = 1;
pub const R_RISCV_64: u32 = 2;
pub const R_RISCV_RELATIVE: u32 = 3;

/// The size of hello's image: 48 bytes of code and data, then 16 that are zero.
pub const HELLO_MEMORY: u32 = 64;
/// The same for RISC-V of 64 bits.
pub const RISCV_MEMORY: u32 = 96;

impl Module {
    /// [`Self::hello`] for RISC-V of 32 bits.
    pub fn hello_riscv32() -> Self {
        let mut text = vec![0; 52];
        let mut put = |at: usize, bytes: &[u8]| text[at..at + bytes.len()].copy_from_slice(bytes);
        put(0, &RISCV32_THUNK); // rtt_mod_abi_1
        put(16, &RISCV32_THUNK); // rt_kprintf
        put(32, &[0x6f, 0xf0, 0x1f, 0xff]); // main: j 16
        put(36, &[0x6f, 0xf0, 0xdf, 0xfd]); // module_init: j 0
        put(40, &44_u32.to_le_bytes()); // a pointer to the text behind it
        put(44, b"hello\n\0");
        let hello = Self::hello_riscv64();
        Self {
            form: Form::Bits32Addends,
            class: 1,
            entry: 32,
            segments: vec![Segment {
                bytes: text,
                memory_size: HELLO_MEMORY,
                alignment: 4,
                ..hello.segments[0].clone()
            }],
            symbols: vec![
                Symbol::import("rtt_mod_abi_1"),
                Symbol::import("rt_kprintf"),
                Symbol { name: "module_init", value: 36, binding: 1, kind: 2, section: 1 },
            ],
            relocations: vec![
                Relocation { place: 12, kind: R_RISCV_32, symbol: 1 },
                Relocation { place: 28, kind: R_RISCV_32, symbol: 2 },
                Relocation { place: 40, kind: R_RISCV_RELATIVE, symbol: 0 },
            ],
            note: hello
                .note
                .map(|note| Note { strings: ["hello", "0.1.0", "Says hello", "riscv32imac-unknown-none-elf"], ..note }),
            ..Self::hello_riscv64()
        }
    }

    /// [`Self::hello`] for RISC-V of 64 bits.
    pub fn hello_riscv64() -> Self {
        let mut text = vec![0; 80];
        let mut put = |at: usize, bytes: &[u8]| text[at..at + bytes.len()].copy_from_slice(bytes);
        put(0, &RISCV_THUNK); // rtt_mod_abi_1
        put(24, &RISCV_THUNK); // rt_kprintf
        put(48, &[0x6f, 0xf0, 0x9f, 0xfe]); // main: j 24
        put(52, &[0x6f, 0xf0, 0xdf, 0xfc]); // module_init: j 0
        put(56, &64_u64.to_le_bytes()); // a pointer to the text behind it
        put(64, b"hello\n\0");
        let hello = Self::hello();
        Self {
            form: Form::Bits64,
            class: 2,
            machine: 243,
            flags: 1,
            entry: 48,
            segments: vec![Segment {
                bytes: text,
                memory_size: RISCV_MEMORY,
                alignment: 8,
                ..hello.segments[0].clone()
            }],
            symbols: vec![
                Symbol::import("rtt_mod_abi_1"),
                Symbol::import("rt_kprintf"),
                Symbol { name: "module_init", value: 52, binding: 1, kind: 2, section: 1 },
            ],
            relocations: vec![
                Relocation { place: 16, kind: R_RISCV_64, symbol: 1 },
                Relocation { place: 40, kind: R_RISCV_64, symbol: 2 },
                Relocation { place: 56, kind: R_RISCV_RELATIVE, symbol: 0 },
            ],
            note: hello
                .note
                .map(|note| Note { strings: ["hello", "0.1.0", "Says hello", "riscv64imac-unknown-none-elf"], ..note }),
            ..Self::hello()
        }
    }

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
            form: Form::Bits32,
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
            dynamic: vec![],
            relocations_kind: None,
        }
    }

    /// The bytes of the file.
    pub fn build(&self) -> Vec<u8> {
        let form = self.form;
        let mut segments = self.segments.clone();
        let mut relocations = self.relocations.clone();
        if self.note.is_some() {
            relocations.sort_by_key(|relocation| relocation.place);
        }
        let relocations: Vec<u8> =
            relocations.iter().flat_map(|relocation| relocation.record(form, &mut segments)).collect();

        let mut strings = vec![0];
        let mut symbols = vec![0; form.symbol_size()];
        for symbol in &self.symbols {
            symbols.extend(symbol.record(form, intern(&mut strings, symbol.name)));
        }
        let mut debug_symbols = vec![0; form.symbol_size()];
        for symbol in &self.debug_symbols {
            debug_symbols.extend(symbol.record(form, intern(&mut strings, symbol.name)));
        }
        let (relocations_name, relocations_kind) = form.relocations();
        let mut sections = vec![
            (self.symbols_name, 11, 0, 2, symbols),
            (".dynstr", 3, 0, 0, vec![]),
            (relocations_name, self.relocations_kind.unwrap_or(relocations_kind), 0, 1, relocations),
        ];
        if let Some(note) = &self.note {
            sections.push((note::SECTION, SHT_NOTE, 0, 0, note.section()));
        }
        for (name, kind, flags, bytes) in &self.sections {
            sections.push((name, *kind, *flags, 1, bytes.clone()));
        }
        if !self.debug_symbols.is_empty() {
            sections.push((".symtab", 2, 0, 2, debug_symbols));
        }
        let names: Vec<u32> = sections.iter().map(|section| intern(&mut strings, section.0)).collect();
        strings.resize(strings.len().next_multiple_of(8), 0);
        sections[1].4 = strings;

        let mut file = File { bytes: vec![], word: form.word() };
        file.append(&vec![0; form.header_size()]);
        file.append(&vec![0; form.segment_size() * self.segment_count()]);
        let mut places = vec![(0, 0); sections.len()];
        // A module of mkmod has its section table and its note in front, and its tables in the order of their use.
        let table = self.note.as_ref().map(|_| {
            let table = file.append(&vec![0; form.section_size() * (sections.len() + 1)]);
            places[3] = file.append_place(&sections[3].4);
            table
        });
        let segments: Vec<u8> =
            segments.iter().flat_map(|segment| segment.header(form, file.append(&segment.bytes))).collect();
        file.patch(form.header_size(), &segments);
        let order = if table.is_some() { [2, 0, 1] } else { [0, 1, 2] };
        let others = (3..sections.len()).filter(|index| places[*index].1 == 0).collect::<Vec<_>>();
        for index in order.into_iter().chain(others) {
            places[index] = file.append_place(&sections[index].4);
        }

        let mut headers = vec![0; form.section_size()];
        for ((name, (_, kind, flags, link, _)), (offset, size)) in names.iter().zip(&sections).zip(&places) {
            headers.extend(words(&[*name, *kind]));
            headers.extend(form.addresses(&[*flags, 0, *offset, *size]));
            headers.extend(words(&[*link, 0]));
            headers.extend(form.addresses(&[4, 0]));
        }
        if self.note.is_none() {
            self.append_dynamic(&mut file, &places);
        }
        let table = match table {
            Some(table) => {
                file.patch(table as usize, &headers);
                table
            }
            None => file.append(&headers),
        };
        file.patch(0, &self.header(table, sections.len() as u16 + 1));
        if let Some(note) = &self.note {
            let checksum = checksum(&file.bytes) ^ note.untruth;
            file.patch(places[3].0 as usize + note::DESCRIPTION, &checksum.to_le_bytes());
        }
        file.bytes
    }

    /// A module without a note has two more segments, one with the tables and one with the dynamic section.
    fn segment_count(&self) -> usize {
        self.segments.len() + if self.note.is_none() { 2 } else { 0 }
    }

    /// What a linker other than `mkmod`'s writes: the tables are in the image, where the dynamic section finds them.
    fn append_dynamic(&self, file: &mut File, places: &[(u32, u32)]) {
        let form = self.form;
        let [symbols, names, relocations] = [places[0], places[1], places[2]];
        let end = self.segments.last().map_or(0, |segment| segment.address + segment.memory_size);
        let start = end.next_multiple_of(8);
        let address = |place: (u32, u32)| start + place.0 - symbols.0;
        let (table, table_size) = if form == Form::Bits32 { (DT_REL, DT_RELSZ) } else { (DT_RELA, DT_RELASZ) };
        let entries = [
            (DT_SYMTAB, address(symbols)),
            (DT_STRTAB, address(names)),
            (DT_STRSZ, names.1),
            (table, address(relocations)),
            (table_size, relocations.1),
        ];
        let entries = entries.iter().chain(&self.dynamic).chain(&[(DT_NULL, 0)]);
        let dynamic: Vec<u8> = entries.flat_map(|(tag, value)| form.addresses(&[*tag, *value])).collect();
        let offset = file.append(&dynamic);
        let end = offset + dynamic.len() as u32;
        let segment = |kind, offset: u32| {
            let size = end - offset;
            let header = Segment { kind, address: start + offset - symbols.0, memory_size: size, ..Segment::tables() };
            header.header_of(form, offset, size)
        };
        let headers = [segment(PT_LOAD, symbols.0), segment(PT_DYNAMIC, offset)].concat();
        file.patch(form.header_size() + form.segment_size() * self.segments.len(), &headers);
    }

    fn header(&self, sections: u32, section_count: u16) -> Vec<u8> {
        let mut header = vec![0x7f, b'E', b'L', b'F', self.class, self.byte_order, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        header.extend(halves(&[self.kind, self.machine]));
        let form = self.form;
        let [own, segment, section] =
            [form.header_size(), form.segment_size(), form.section_size()].map(|it| it as u16);
        header.extend(words(&[1]));
        header.extend(form.addresses(&[self.entry, own.into(), sections]));
        header.extend(words(&[self.flags]));
        header.extend(halves(&[own, segment, self.segment_count() as u16, section, section_count, 2]));
        header
    }
}

impl Symbol {
    pub fn import(name: &'static str) -> Self {
        Self { name, value: 0, binding: 1, kind: 0, section: 0 }
    }

    fn record(&self, form: Form, name: u32) -> Vec<u8> {
        let value_and_size = form.addresses(&[self.value, 0]);
        let mut info = vec![self.binding << 4 | self.kind, 0];
        info.extend(self.section.to_le_bytes());
        match form {
            Form::Bits32 | Form::Bits32Addends => [words(&[name]), value_and_size, info].concat(),
            Form::Bits64 => [words(&[name]), info, value_and_size].concat(),
        }
    }
}

impl Segment {
    /// Takes the word at an address, and leaves zeros.
    fn take_word(&mut self, address: u32, size: usize) -> Option<Vec<u8>> {
        let offset = address.checked_sub(self.address)? as usize;
        let word = self.bytes.get_mut(offset..offset + size)?;
        Some(word.iter_mut().map(std::mem::take).collect())
    }

    fn tables() -> Self {
        Self { kind: PT_LOAD, address: 0, bytes: vec![], memory_size: 0, flags: PF_R, alignment: 8 }
    }

    fn header(&self, form: Form, offset: u32) -> Vec<u8> {
        self.header_of(form, offset, self.bytes.len() as u32)
    }

    fn header_of(&self, form: Form, offset: u32, file_size: u32) -> Vec<u8> {
        let extent = form.addresses(&[offset, self.address, self.address, file_size, self.memory_size]);
        let alignment = form.addresses(&[self.alignment]);
        match form {
            Form::Bits32 | Form::Bits32Addends => {
                [words(&[self.kind]), extent, words(&[self.flags]), alignment].concat()
            }
            Form::Bits64 => [words(&[self.kind, self.flags]), extent, alignment].concat(),
        }
    }
}

impl Relocation {
    /// The relocation, which takes its addend from its place if it carries it.
    fn record(self, form: Form, segments: &mut [Segment]) -> Vec<u8> {
        let info = self.symbol << 8 | self.kind;
        let mut addend = || {
            let word = segments.iter_mut().find_map(|segment| segment.take_word(self.place, form.word()));
            word.unwrap_or(vec![0; form.word()])
        };
        match form {
            Form::Bits32 => words(&[self.place, info]),
            Form::Bits32Addends => [words(&[self.place, info]), addend()].concat(),
            Form::Bits64 => [words(&[self.place, 0, self.kind, self.symbol]), addend()].concat(),
        }
    }
}

impl Form {
    /// The bytes of an address.
    pub fn word(self) -> usize {
        match self {
            Self::Bits32 | Self::Bits32Addends => 4,
            Self::Bits64 => 8,
        }
    }

    /// The size of the ELF header.
    pub fn header_size(self) -> usize {
        40 + 3 * self.word()
    }

    fn segment_size(self) -> usize {
        8 + 6 * self.word()
    }

    /// The size of a section header.
    pub fn section_size(self) -> usize {
        16 + 6 * self.word()
    }

    /// The size of a symbol.
    pub fn symbol_size(self) -> usize {
        8 + 2 * self.word()
    }

    fn relocations(self) -> (&'static str, u32) {
        match self {
            Self::Bits32 => (".rel.dyn", 9),
            Self::Bits32Addends | Self::Bits64 => (".rela.dyn", 4),
        }
    }

    /// Numbers as wide as an address.
    pub fn addresses(self, values: &[u32]) -> Vec<u8> {
        values.iter().flat_map(|&value| u64::from(value).to_le_bytes()[..self.word()].to_vec()).collect()
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
        section.resize(section.len().next_multiple_of(8), 0);
        section
    }
}

/// `ldr.w pc, [pc]`, and the word that it loads.
const THUNK: [u8; 8] = [0xdf, 0xf8, 0x00, 0xf0, 0, 0, 0, 0];

/// `auipc t3, 0; lw t3, 12(t3); jr t3`, and the word that it loads.
const RISCV32_THUNK: [u8; 16] = [0x17, 0x0e, 0, 0, 0x03, 0x2e, 0xce, 0, 0x02, 0x8e, 0, 0, 0, 0, 0, 0];

/// `auipc t3, 0; ld t3, 16(t3); jr t3`, and the word that it loads.
const RISCV_THUNK: [u8; 24] =
    [0x17, 0x0e, 0, 0, 0x03, 0x3e, 0x0e, 0x01, 0x02, 0x8e, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];

struct File {
    bytes: Vec<u8>,
    /// What everything is aligned to.
    word: usize,
}

impl File {
    /// Appends at a multiple of the word and says where.
    fn append(&mut self, bytes: &[u8]) -> u32 {
        self.bytes.resize(self.bytes.len().next_multiple_of(self.word), 0);
        let offset = self.bytes.len() as u32;
        self.bytes.extend(bytes);
        offset
    }

    fn append_place(&mut self, bytes: &[u8]) -> (u32, u32) {
        (self.append(bytes), bytes.len() as u32)
    }

    fn patch(&mut self, at: usize, bytes: &[u8]) {
        self.bytes[at..at + bytes.len()].copy_from_slice(bytes);
    }
}

/// The checksum that the note of a file must have; 0 if it can't be told.
pub fn checksum(file: &[u8]) -> u32 {
    fn of<I: Isa>(file: &[u8]) -> Option<u32> {
        let module = loader::Module::<_, I>::open(file, &mut |_| ()).ok()?;
        module.checksum(&module.tables().claims?).ok()
    }
    of::<CortexM>(file).or_else(|| of::<Riscv32>(file)).or_else(|| of::<Riscv64>(file)).unwrap_or(0)
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
