//! Writes a `.mo`: an ELF32 shared object with one segment and the four sections that a loader looks for. An image with
//! gaps has a segment more for each.
//!
//! Nothing but the image is loaded. Headers, symbols, relocations and the note are read from the file.

use super::module::{ExportKind, Image, Module, RelocationKind};
use crate::note::Note;

const HEADER_SIZE: usize = 52;
const SEGMENT_HEADER_SIZE: usize = 32;
const SECTION_HEADER_SIZE: u16 = 40;
const SYMBOL_SIZE: u32 = 16;
const RELOCATION_SIZE: u32 = 8;

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
    let mut strings = Strings::new();
    let symbols = symbols(module, &mut strings);
    let relocations = relocations(module);
    let description = note.encode();
    let names = [".dynsym", ".dynstr", ".rel.dyn", ".note.rtt-mod"].map(|name| strings.add(name));

    let parts = parts(&module.image);
    let mut file = Bytes(vec![0; HEADER_SIZE + parts.len() * SEGMENT_HEADER_SIZE]);
    let mut segments = Bytes(Vec::new());
    for part in &parts {
        file.align(module.image.alignment as usize);
        let start = file.append(part.bytes);
        segments.append(&segment(part, module.image.alignment, start).0);
    }
    file.align(4);
    let symbols_start = file.append(&symbols.0);
    let relocations_start = file.append(&relocations.0);
    let note_start = file.append(&note_section(&description).0);
    let note_size = file.len() - note_start;
    let sections_start = file.len();
    let strings_start = sections_start + 5 * u32::from(SECTION_HEADER_SIZE);

    for section in [
        Section::default(),
        Section {
            name: names[0],
            kind: 11,
            offset: symbols_start,
            size: symbols.len(),
            link: SECTION_DYNSTR.into(),
            first_global: 1,
            alignment: 4,
            entry_size: SYMBOL_SIZE,
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
            kind: 9,
            offset: relocations_start,
            size: relocations.len(),
            link: SECTION_DYNSYM.into(),
            alignment: 4,
            entry_size: RELOCATION_SIZE,
            ..Section::default()
        },
        Section { name: names[3], kind: 7, offset: note_start, size: note_size, alignment: 4, ..Section::default() },
    ] {
        section.write(&mut file);
    }
    file.append(&strings.text);
    file.0[..HEADER_SIZE].copy_from_slice(&header(module, parts.len() as u16, sections_start).0);
    file.0[HEADER_SIZE..][..segments.0.len()].copy_from_slice(&segments.0);

    let description_start = note_start as usize + 12 + NOTE_OWNER.len();
    seal(file.0, description_start)
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
    let mut header = Bytes(b"\x7fELF\x01\x01\x01\0\0\0\0\0\0\0\0\0".into());
    header.half(3); // ET_DYN
    header.half(40); // EM_ARM
    header.word(1);
    header.word(module.entry as u32);
    header.word(HEADER_SIZE as u32);
    header.word(sections_start);
    header.word(module.elf_flags);
    header.half(HEADER_SIZE as u16);
    header.half(SEGMENT_HEADER_SIZE as u16);
    header.half(segment_count);
    header.half(SECTION_HEADER_SIZE);
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

fn segment(part: &Part<'_>, alignment: u64, start: u32) -> Bytes {
    let mut segment = Bytes(Vec::new());
    segment.word(1); // PT_LOAD
    segment.word(start);
    segment.word(part.address as u32);
    segment.word(part.address as u32);
    segment.word(part.bytes.len() as u32);
    segment.word(part.size as u32);
    segment.word(7); // read, write, execute
    segment.word(alignment as u32);
    segment
}

/// Imports have no type: the stock loader lists every global function here as an export, undefined ones too.
fn symbols(module: &Module, strings: &mut Strings) -> Bytes {
    let mut symbols = Bytes(vec![0; SYMBOL_SIZE as usize]);
    for import in &module.imports {
        symbols.word(strings.add(import));
        symbols.word(0);
        symbols.word(0);
        symbols.half(0x10); // STB_GLOBAL, STT_NOTYPE
        symbols.half(0); // SHN_UNDEF
    }
    for export in &module.exports {
        symbols.word(strings.add(&export.name));
        symbols.word(export.address as u32);
        symbols.word(export.size as u32);
        symbols.half(match export.kind {
            ExportKind::Function => 0x12, // STB_GLOBAL, STT_FUNC
            ExportKind::Data => 0x11,     // STB_GLOBAL, STT_OBJECT
        });
        // Defined, which is all that matters: there is no section for the image.
        symbols.half(SECTION_DYNSYM);
    }
    symbols
}

fn relocations(module: &Module) -> Bytes {
    let mut relocations = Bytes(Vec::new());
    for relocation in &module.relocations {
        let symbol = relocation.kind.import().map_or(0, |import| import + 1);
        let kind = match relocation.kind {
            RelocationKind::Relative => 23,
            RelocationKind::Absolute(_) => 2,
            RelocationKind::GlobalData(_) => 21,
            RelocationKind::JumpSlot(_) => 22,
        };
        relocations.word(relocation.place as u32);
        relocations.word((symbol as u32) << 8 | kind);
    }
    relocations
}

fn note_section(description: &[u8]) -> Bytes {
    let mut note = Bytes(Vec::new());
    note.word(5);
    note.word(description.len() as u32);
    note.word(1);
    note.append(NOTE_OWNER);
    note.append(description);
    note.align(4);
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
        let flags = 0;
        let address = 0;
        for word in [
            self.name,
            self.kind,
            flags,
            address,
            self.offset,
            self.size,
            self.link,
            self.first_global,
            self.alignment,
            self.entry_size,
        ] {
            file.word(word);
        }
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

/// Little-endian output.
struct Bytes(Vec<u8>);

impl Bytes {
    fn len(&self) -> u32 {
        self.0.len() as u32
    }

    fn align(&mut self, alignment: usize) {
        self.0.resize(self.0.len().next_multiple_of(alignment), 0);
    }

    /// Returns where `bytes` are.
    fn append(&mut self, bytes: &[u8]) -> u32 {
        let start = self.len();
        self.0.extend(bytes);
        start
    }

    fn half(&mut self, value: u16) {
        self.0.extend(value.to_le_bytes());
    }

    fn word(&mut self, value: u32) {
        self.0.extend(value.to_le_bytes());
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
