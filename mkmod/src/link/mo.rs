//! Writes a `.mo`: a shared object with one segment and the four sections that a loader looks for. An image with gaps has
//! a segment more for each.
//!
//! For ARM it is an ELF32 file whose relocations have their addends at their places, for RISC-V 64 an ELF64 file whose
//! relocations carry them.
//!
//! Nothing but the image is loaded. Headers, symbols, relocations and the note are read from the file.

use super::module::{ExportKind, Image, Module, Relocation, RelocationKind};
use crate::machine::Machine;
use crate::note::Note;

const SECTION_DYNSYM: u16 = 1;
const SECTION_DYNSTR: u16 = 2;

/// Name and padding of the note's owner, behind the three words of its header.
const NOTE_OWNER: &[u8; 8] = b"RTTM\0\0\0\0";

/// A written module.
#[derive(Debug, PartialEq, Eq)]
pub struct Written {
    /// The file.
    pub bytes: Vec<u8>,
    /// What identifies it; also in its note.
    pub build_id: [u8; 8],
}

/// Writes `module` with a note that has `note`'s words, a build id over everything in the file, and its checksum.
///
/// The build id is of what is loaded, not of the debug information: the same program built in two folders is the same.
pub fn write(module: &Module, note: &Note) -> Written {
    let format = Format(module.machine);
    let mut strings = Strings::new();
    let symbols = symbols(module, &mut strings);
    let relocations = relocations(module);
    let description = note.encode();
    let names = [".dynsym", ".dynstr", format.relocations_name(), ".note.rtt-mod"].map(|name| strings.add(name));

    let parts = parts(&module.image);
    let mut file = format.zeros(format.header_size() + parts.len() * format.segment_size());
    let mut segments = format.zeros(0);
    for part in &parts {
        file.align(module.image.alignment as usize);
        let start = file.append(part.bytes);
        segments.segment(part, module.image.alignment, start);
    }
    file.align(format.word());
    let symbols_start = file.append(&symbols.bytes);
    let relocations_start = file.append(&relocations.bytes);
    let note_start = file.append(&note_section(&description));
    let note_size = file.len() - note_start;
    file.align(format.word());
    let sections_start = file.len();
    let strings_start = sections_start + 5 * format.section_size();
    let alignment = format.word() as u32;

    for section in [
        Section::default(),
        Section {
            name: names[0],
            kind: 11,
            offset: symbols_start,
            size: symbols.len(),
            link: SECTION_DYNSTR.into(),
            first_global: 1,
            alignment,
            entry_size: format.symbol_size() as u32,
        },
        Section {
            name: names[1],
            kind: 3,
            offset: strings_start,
            size: strings.text.len() as u32,
            alignment: 1,
            ..Section::default()
        },
        Section {
            name: names[2],
            kind: format.relocations_kind(),
            offset: relocations_start,
            size: relocations.len(),
            link: SECTION_DYNSYM.into(),
            alignment,
            entry_size: format.relocation_size(),
            ..Section::default()
        },
        Section { name: names[3], kind: 7, offset: note_start, size: note_size, alignment: 4, ..Section::default() },
    ] {
        section.write(&mut file);
    }
    file.append(&strings.text);
    let mut file = file.bytes;
    let headers = [header(module, parts.len() as u16, sections_start).bytes, segments.bytes].concat();
    file[..headers.len()].copy_from_slice(&headers);

    let description_start = note_start as usize + 12 + NOTE_OWNER.len();
    seal(file, description_start)
}

/// Enters what depends on all other bytes of the file.
fn seal(mut bytes: Vec<u8>, description: usize) -> Written {
    let build_id = fnv1a(&bytes).to_le_bytes();
    bytes[description + Note::BUILD_ID..][..8].copy_from_slice(&build_id);
    let checksum = crc32fast::hash(&bytes).to_le_bytes();
    bytes[description + Note::CHECKSUM..][..4].copy_from_slice(&checksum);
    Written { bytes, build_id }
}

fn header(module: &Module, segment_count: u16, sections_start: u32) -> Bytes {
    let format = Format(module.machine);
    let mut header = format.zeros(0);
    header.append(b"\x7fELF");
    header.append(&[format.class(), 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    header.half(3); // ET_DYN
    header.half(module.machine.number());
    header.word(1);
    header.address(module.entry);
    header.address(format.header_size() as u64);
    header.address(sections_start.into());
    header.word(module.elf_flags);
    header.half(format.header_size() as u16);
    header.half(format.segment_size() as u16);
    header.half(segment_count);
    header.half(format.section_size() as u16);
    header.half(5);
    header.half(SECTION_DYNSTR);
    header
}

/// What of the image lies between two gaps.
struct Part<'a> {
    address: usize,
    bytes: &'a [u8],
    size: u64,
}

fn parts(image: &Image) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut address = 0;
    for gap in &image.gaps {
        let bytes = &image.bytes[address..gap.start];
        parts.push(Part { address, bytes, size: bytes.len() as u64 });
        address = gap.end;
    }
    parts.push(Part { address, bytes: &image.bytes[address..], size: image.size - address as u64 });
    parts
}

/// Imports have no type: the stock loader lists every global function here as an export, undefined ones too.
fn symbols(module: &Module, strings: &mut Strings) -> Bytes {
    let format = Format(module.machine);
    let mut symbols = format.zeros(format.symbol_size());
    for import in &module.imports {
        symbols.symbol(strings.add(import), 0, 0, 0x10, 0); // STB_GLOBAL, STT_NOTYPE; SHN_UNDEF
    }
    for export in &module.exports {
        let info = match export.kind {
            ExportKind::Function => 0x12, // STB_GLOBAL, STT_FUNC
            ExportKind::Data => 0x11,     // STB_GLOBAL, STT_OBJECT
        };
        // Defined, which is all that matters: there is no section for the image.
        symbols.symbol(strings.add(&export.name), export.address, export.size, info, SECTION_DYNSYM);
    }
    symbols
}

fn relocations(module: &Module) -> Bytes {
    let mut relocations = Format(module.machine).zeros(0);
    for relocation in &module.relocations {
        relocations.relocation(relocation, &module.image);
    }
    relocations
}

fn note_section(description: &[u8]) -> Vec<u8> {
    let words = [5, description.len() as u32, 1].map(u32::to_le_bytes).concat();
    let mut note = [&words, &NOTE_OWNER[..], description].concat();
    note.resize(note.len().next_multiple_of(4), 0);
    note
}

#[derive(Default)]
struct Section {
    name: u32,
    kind: u32,
    offset: u32,
    size: u32,
    link: u32,
    first_global: u32,
    alignment: u32,
    entry_size: u32,
}

impl Section {
    fn write(&self, file: &mut Bytes) {
        let (flags, address) = (0, 0);
        file.word(self.name);
        file.word(self.kind);
        file.address(flags);
        file.address(address);
        file.address(self.offset.into());
        file.address(self.size.into());
        file.word(self.link);
        file.word(self.first_global);
        file.address(self.alignment.into());
        file.address(self.entry_size.into());
    }
}

/// The names of symbols and sections.
struct Strings {
    text: Vec<u8>,
}

impl Strings {
    fn new() -> Self {
        Self { text: vec![0] }
    }

    fn add(&mut self, name: &str) -> u32 {
        let start = self.text.len() as u32;
        self.text.extend(name.as_bytes());
        self.text.push(0);
        start
    }
}

/// What differs between the files of two machines.
#[derive(Clone, Copy)]
struct Format(Machine);

impl Format {
    fn class(self) -> u8 {
        match self.0 {
            Machine::Arm => 1,
            Machine::Riscv64 => 2,
        }
    }

    fn word(self) -> usize {
        self.0.word() as usize
    }

    fn header_size(self) -> usize {
        40 + 3 * self.word()
    }

    fn segment_size(self) -> usize {
        8 + 6 * self.word()
    }

    fn section_size(self) -> u32 {
        16 + 6 * self.0.word()
    }

    fn symbol_size(self) -> usize {
        8 + 2 * self.word()
    }

    fn relocation_size(self) -> u32 {
        match self.0 {
            Machine::Arm => 8,
            Machine::Riscv64 => 24,
        }
    }

    fn relocations_name(self) -> &'static str {
        match self.0 {
            Machine::Arm => ".rel.dyn",
            Machine::Riscv64 => ".rela.dyn",
        }
    }

    fn relocations_kind(self) -> u32 {
        match self.0 {
            Machine::Arm => 9,
            Machine::Riscv64 => 4,
        }
    }

    fn zeros(self, count: usize) -> Bytes {
        Bytes { bytes: vec![0; count], format: self }
    }
}

/// Little-endian output.
struct Bytes {
    bytes: Vec<u8>,
    format: Format,
}

impl Bytes {
    fn len(&self) -> u32 {
        self.bytes.len() as u32
    }

    fn align(&mut self, alignment: usize) {
        self.bytes.resize(self.bytes.len().next_multiple_of(alignment), 0);
    }

    /// Returns where `bytes` are.
    fn append(&mut self, bytes: &[u8]) -> u32 {
        let start = self.len();
        self.bytes.extend(bytes);
        start
    }

    fn segment(&mut self, part: &Part<'_>, alignment: u64, start: u32) {
        let (address, file_size) = (part.address as u64, part.bytes.len() as u64);
        let flags = 7; // read, write, execute
        self.word(1); // PT_LOAD
        if self.format.0 == Machine::Riscv64 {
            self.word(flags);
        }
        for number in [start.into(), address, address, file_size, part.size] {
            self.address(number);
        }
        if self.format.0 == Machine::Arm {
            self.word(flags);
        }
        self.address(alignment);
    }

    fn symbol(&mut self, name: u32, value: u64, size: u64, info: u16, section: u16) {
        self.word(name);
        if self.format.0 == Machine::Arm {
            self.address(value);
            self.address(size);
        }
        self.half(info);
        self.half(section);
        if self.format.0 == Machine::Riscv64 {
            self.address(value);
            self.address(size);
        }
    }

    fn relocation(&mut self, relocation: &Relocation, image: &Image) {
        let symbol = relocation.kind.import().map_or(0, |import| import as u32 + 1);
        self.address(relocation.place);
        match self.format.0 {
            Machine::Arm => self.word(symbol << 8 | arm_type(relocation.kind)),
            Machine::Riscv64 => {
                self.word(riscv64_type(relocation.kind));
                self.word(symbol);
                self.address(image.double_word(relocation.place));
            }
        }
    }

    fn half(&mut self, value: u16) {
        self.bytes.extend(value.to_le_bytes());
    }

    fn word(&mut self, value: u32) {
        self.bytes.extend(value.to_le_bytes());
    }

    /// A number of the file's own width.
    fn address(&mut self, value: u64) {
        self.bytes.extend(&value.to_le_bytes()[..self.format.word()]);
    }
}

fn arm_type(kind: RelocationKind) -> u32 {
    match kind {
        RelocationKind::Relative => 23,
        RelocationKind::Absolute(_) => 2,
        RelocationKind::GlobalData(_) => 21,
        RelocationKind::JumpSlot(_) => 22,
    }
}

/// There is no type for a global offset table of its own.
fn riscv64_type(kind: RelocationKind) -> u32 {
    match kind {
        RelocationKind::Relative => 3,
        RelocationKind::Absolute(_) | RelocationKind::GlobalData(_) => 2,
        RelocationKind::JumpSlot(_) => 5,
    }
}

/// FNV-1a: identifies, and is no protection.
fn fnv1a(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, &byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use object::{Object as _, ObjectSection as _, ObjectSegment as _, ObjectSymbol as _};

    use super::super::module::{Export, Relocation};
    use super::*;

    fn module() -> Module {
        Module {
            machine: Machine::Arm,
            elf_flags: 0x0500_0000,
            image: Image { bytes: vec![0xaa; 21], gaps: Vec::new(), size: 40, alignment: 8 },
            entry: 9,
            exports: vec![Export { kind: ExportKind::Function, name: "module_init".into(), address: 17, size: 4 }],
            imports: vec!["rtt_mod_abi_1".into(), "rttm_print".into()],
            relocations: vec![
                Relocation { kind: RelocationKind::Relative, place: 16 },
                Relocation { kind: RelocationKind::Absolute(1), place: 4 },
            ],
        }
    }

    #[test]
    fn the_file_has_one_segment_that_is_the_image() {
        let written = write(&module(), &Note::default());
        let file = object::File::parse(&*written.bytes).unwrap();
        let segments: Vec<_> = file.segments().collect();
        assert_eq!(segments.len(), 1);
        assert_eq!(segments[0].data().unwrap(), [0xaa; 21]);
        assert_eq!(segments[0].size(), 40);
        assert_eq!(segments[0].file_range().0 % 8, 0);
        assert_eq!(file.entry(), 9);
    }

    #[test]
    fn a_gap_is_between_two_segments() {
        let mut module = module();
        let gap = 16..32;
        module.image = Image { bytes: [[1; 16], [0; 16], [2; 16]].concat(), gaps: vec![gap], size: 60, alignment: 8 };
        let written = write(&module, &Note::default());
        let file = object::File::parse(&*written.bytes).unwrap();
        let segments: Vec<_> =
            file.segments().map(|segment| (segment.address(), segment.size(), segment.data().unwrap())).collect();
        assert_eq!(segments, [(0, 16, &[1; 16][..]), (32, 28, &[2; 16][..])]);
    }

    #[test]
    fn sections_are_found_by_name() {
        let written = write(&module(), &Note::default());
        let file = object::File::parse(&*written.bytes).unwrap();
        let names: Vec<_> = file.sections().map(|s| s.name().unwrap().to_owned()).collect();
        assert_eq!(names, [".dynsym", ".dynstr", ".rel.dyn", ".note.rtt-mod"]);
    }

    #[test]
    fn relocations_name_their_imports() {
        let written = write(&module(), &Note::default());
        let file = object::File::parse(&*written.bytes).unwrap();
        let targets: Vec<_> = file
            .dynamic_relocations()
            .unwrap()
            .map(|(place, relocation)| match relocation.target() {
                object::RelocationTarget::Symbol(index) => (place, index.0),
                _ => (place, 0),
            })
            .collect();
        assert_eq!(targets, [(16, 0), (4, 2)]);
    }

    #[test]
    fn only_exports_are_functions() {
        let written = write(&module(), &Note::default());
        let file = object::File::parse(&*written.bytes).unwrap();
        let functions: Vec<_> = file
            .dynamic_symbols()
            .filter(|symbol| symbol.kind() == object::SymbolKind::Text)
            .map(|symbol| symbol.name().unwrap().to_owned())
            .collect();
        assert_eq!(functions, ["module_init"]);
    }

    #[test]
    fn the_checksum_is_over_the_file_without_it() {
        let mut written = write(&module(), &Note::default());
        let note = written.bytes.windows(4).position(|bytes| bytes == b"RTTM");
        let checksum = note.unwrap() + 8 + Note::CHECKSUM;
        let expected: [u8; 4] = written.bytes[checksum..][..4].try_into().unwrap();
        written.bytes[checksum..][..4].fill(0);
        assert_eq!(crc32fast::hash(&written.bytes), u32::from_le_bytes(expected));
    }

    #[test]
    fn another_program_has_another_build_id() {
        let mut other = module();
        other.image.bytes[3] ^= 1;
        let note = Note::default();
        assert_ne!(write(&module(), &note).build_id, write(&other, &note).build_id);
    }
}
