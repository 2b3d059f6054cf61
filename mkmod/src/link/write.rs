//! Writes a `.mo`: a shared object with one segment and the sections that a loader looks for. An image with gaps has one
//! segment more for each.
//!
//! Nothing but the image is loaded. Headers, symbols, relocations and the note are read from the file. It lies in the order
//! in which a loader reads it: headers and note, image, relocations in the order of their places, symbols in the order in
//! which these name them, names. Each part ends where the next one begins.

use super::load_order;
use super::module::{Export, ExportKind, Image, Module, Relocation, RelocationKind};
use crate::machine::Machine;
use crate::module::Note;
use format::elf::{
    PF_R, PF_W, PF_X, PT_LOAD, R_ARM_GLOB_DAT, R_ARM_JUMP_SLOT, R_ARM_RELATIVE, R_RISCV_JUMP_SLOT, R_RISCV_RELATIVE,
};
use format::{
    Addend as _, Binding, Class, CortexA, Header, Isa, Layout, Riscv32, Riscv64, Section, SectionKind, Segment, Symbol,
    SymbolKind, SymbolPlace, class, note,
};
use std::num::NonZero;

/// The indexes of the sections that others refer to.
const DYNSYM: u16 = 1;
const DYNSTR: u16 = 2;

/// How many sections there are, with the empty one in front.
const SECTIONS: u16 = 5;

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
    match module.machine {
        // What differs between the cores does not show in a file.
        Machine::Arm => write_for::<CortexA>(module, note),
        Machine::Riscv32 => write_for::<Riscv32>(module, note),
        Machine::Riscv64 => write_for::<Riscv64>(module, note),
    }
}

fn write_for<I: Isa>(module: &Module, note: &Note) -> Written {
    let module = &load_order::ordered(module);
    let mut names = Names(vec![0]);
    let symbols = symbols::<I>(module, &mut names);
    let relocations = relocations::<I>(module);
    let titles = [".dynsym", ".dynstr", relocations_name::<I>(), note::SECTION].map(|name| names.add(name));

    // Each part of the file has whole words.
    let word = I::Class::WORD as usize;
    names.0.resize(names.0.len().next_multiple_of(word), 0);

    let parts = parts(&module.image);
    let segments_offset = u32::from(class::size::<I::Class, Header>());
    let sections_offset = segments_offset + parts.len() as u32 * u32::from(class::size::<I::Class, Segment>());
    let sections_size = u32::from(SECTIONS) * u32::from(class::size::<I::Class, Section>());
    let mut file = File(vec![0; (sections_offset + sections_size) as usize]);
    let workspace = load_order::workspace(
        module,
        parts.len(),
        [relocations.len(), symbols.len(), names.0.len()].map(|size| size as u32),
    );
    let note = file.append_note(&Note { workspace, ..note.clone() }, word);
    let segments: Vec<Segment> = parts.iter().map(|part| file.append_part(part, &module.image, word)).collect();
    let relocations = file.append(&relocations);
    let symbols = file.append(&symbols);
    let names = file.append(&names.0);

    let header = Header {
        entry: u32::try_from(module.entry).ok().and_then(NonZero::new),
        flags: module.elf_flags,
        segments_offset,
        segment_count: segments.len() as u16,
        sections_offset,
        section_count: SECTIONS,
        names_section: DYNSTR,
    };
    let mut headers = header.bytes::<I>().as_ref().to_vec();
    headers.extend(records::<I::Class, _>(&segments));
    headers.extend(records::<I::Class, _>(&sections::<I>(titles, [symbols, names, relocations, note])));
    file.0[..headers.len()].copy_from_slice(&headers);
    seal::<I>(file.0, note.offset as usize + note::DESCRIPTION)
}

/// Enters what depends on all other bytes of the file.
fn seal<I: Isa>(mut bytes: Vec<u8>, description: usize) -> Written {
    let build_id = fnv1a(&bytes).to_le_bytes();
    bytes[description + note::BUILD_ID..][..8].copy_from_slice(&build_id);
    let checksum = checksum::<I>(&bytes).unwrap_or_default().to_le_bytes();
    bytes[description + note::CHECKSUM..][..4].copy_from_slice(&checksum);
    Written { bytes, build_id }
}

/// What the loader will compute of it. `None` only if it would not find the note: the tests load what is written here.
fn checksum<I: Isa>(bytes: &[u8]) -> Option<u32> {
    let module = loader::Module::<_, I>::open(bytes, &mut |_| ()).ok()?;
    module.checksum(&module.tables().claims?).ok()
}

/// The part of the image between two gaps.
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

fn symbols<I: Isa>(module: &Module, names: &mut Names) -> Vec<u8> {
    let imports = module.imports.iter().map(|import| (import, names.add(&import.name)));
    let imports: Vec<Symbol> = imports.map(|(import, name)| import_symbol(name, import.binding)).collect();
    let exports = module.exports.iter().map(|export| export_symbol(names.add(&export.name), export));
    let symbols: Vec<Symbol> = [Symbol::default()].into_iter().chain(imports).chain(exports).collect();
    records::<I::Class, _>(&symbols)
}

/// Imports have no type: the stock loader lists every global function here as an export, undefined ones too.
fn import_symbol(name: u32, binding: Binding) -> Symbol {
    Symbol { name, binding, ..Symbol::default() }
}

fn export_symbol(name: u32, export: &Export) -> Symbol {
    let kind = match export.kind {
        ExportKind::Function => SymbolKind::FUNCTION,
        ExportKind::Data => SymbolKind::DATA,
    };
    // That it is defined is all that matters: there is no section for the image.
    let place = SymbolPlace(DYNSYM);
    let (value, size) = (export.address as u32, export.size as u32);
    Symbol { name, value, size, binding: Binding::GLOBAL, kind, place }
}

fn relocations<I: Isa>(module: &Module) -> Vec<u8> {
    let relocations: Vec<_> =
        module.relocations.iter().map(|relocation| relocation_record::<I>(relocation, &module.image)).collect();
    records::<I::Class, _>(&relocations)
}

fn relocation_record<I: Isa>(relocation: &Relocation, image: &Image) -> format::Relocation<I::Addend> {
    format::Relocation {
        place: relocation.place as u32,
        kind: relocation_type::<I>(relocation.kind),
        symbol: relocation.kind.import().map_or(0, |import| import as u32 + 1),
        addend: I::Addend::from_word(image.double_word(relocation.place)),
    }
}

/// RISC-V has no type for a global offset table of its own.
fn relocation_type<I: Isa>(kind: RelocationKind) -> u32 {
    match (Machine::of_isa::<I>(), kind) {
        (Machine::Arm, RelocationKind::Relative) => R_ARM_RELATIVE,
        (Machine::Arm, RelocationKind::GlobalData(_)) => R_ARM_GLOB_DAT,
        (Machine::Arm, RelocationKind::JumpSlot(_)) => R_ARM_JUMP_SLOT,
        (_, RelocationKind::Relative) => R_RISCV_RELATIVE,
        (_, RelocationKind::JumpSlot(_)) => R_RISCV_JUMP_SLOT,
        (machine, RelocationKind::Absolute(_) | RelocationKind::GlobalData(_)) => machine.address_relocation(),
    }
}

fn relocations_name<I: Isa>() -> &'static str {
    if I::Addend::SECTIONS == SectionKind::REL { ".rel.dyn" } else { ".rela.dyn" }
}

/// The sections with these names, and of symbols, names, relocations and note these places.
fn sections<I: Isa>(titles: [u32; 4], places: [Place; 4]) -> [Section; SECTIONS as usize] {
    let alignment = I::Class::WORD;
    let [symbols, names, relocations, note] = places;
    let section = |index: usize, kind: SectionKind, place: Place| Section {
        name: titles[index],
        kind,
        offset: place.offset,
        size: place.size,
        ..Section::default()
    };
    [
        Section::default(),
        Section {
            link: DYNSTR.into(),
            info: 1,
            alignment,
            record_size: class::size::<I::Class, Symbol>().into(),
            ..section(0, SectionKind::DYNAMIC_SYMBOLS, symbols)
        },
        Section { alignment: 1, ..section(1, SectionKind::NAMES, names) },
        Section {
            link: DYNSYM.into(),
            alignment,
            record_size: class::size::<I::Class, format::Relocation<I::Addend>>().into(),
            ..section(2, I::Addend::SECTIONS, relocations)
        },
        Section { alignment: 4, ..section(3, SectionKind::NOTE, note) },
    ]
}

fn records<C: Layout<T>, T>(records: &[T]) -> Vec<u8> {
    records.iter().flat_map(|record| class::record::<C, T>(record).as_ref().to_vec()).collect()
}

/// The names of symbols and sections.
struct Names(Vec<u8>);

impl Names {
    fn add(&mut self, name: &str) -> u32 {
        let start = self.0.len() as u32;
        self.0.extend(name.bytes().chain([0]));
        start
    }
}

/// Where something is in the file.
#[derive(Clone, Copy)]
struct Place {
    offset: u32,
    size: u32,
}

/// The file, as far as it is written.
struct File(Vec<u8>);

impl File {
    fn end(&self) -> u32 {
        self.0.len() as u32
    }

    fn append(&mut self, bytes: &[u8]) -> Place {
        let place = Place { offset: self.end(), size: bytes.len() as u32 };
        self.0.extend(bytes);
        place
    }

    /// The build id and the checksum are entered last.
    fn append_note(&mut self, note: &Note, word: usize) -> Place {
        let mut section = Vec::new();
        Note { checksum: 0, build_id: [0; 8], ..note.clone() }.write_section(&mut section);
        section.resize(section.len() + (self.0.len() + section.len()).wrapping_neg() % word, 0);
        self.append(&section)
    }

    fn append_part(&mut self, part: &Part<'_>, image: &Image, word: usize) -> Segment {
        let mut bytes = part.bytes.to_vec();
        bytes.resize(bytes.len().next_multiple_of(word), 0);
        let place = self.append(&bytes);
        let has_code = (part.address as u64) < image.code_end;
        Segment {
            kind: PT_LOAD,
            file_offset: place.offset,
            file_size: place.size,
            address: part.address as u32,
            physical_address: image.code_end as u32,
            memory_size: place.size.max(part.size as u32),
            flags: PF_R | PF_W | if has_code { PF_X } else { 0 },
            alignment: image.alignment as u32,
        }
    }
}

/// FNV-1a: identifies, and is no protection.
fn fnv1a(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, &byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use object::{Object as _, ObjectSection as _, ObjectSegment as _, ObjectSymbol as _};

    use super::super::module::{Export, Import, Relocation};
    use super::*;

    fn module() -> Module {
        Module {
            machine: Machine::Arm,
            elf_flags: 0x0500_0000,
            image: Image { bytes: vec![0xaa; 21], gaps: Vec::new(), code_end: 18, size: 40, alignment: 8 },
            entry: 9,
            exports: vec![Export { kind: ExportKind::Function, name: "module_init".into(), address: 17, size: 4 }],
            imports: ["rtt_mod_abi_1", "rttm_print"].map(Import::global).into(),
            relocations: vec![
                Relocation { kind: RelocationKind::Relative, place: 16 },
                Relocation { kind: RelocationKind::Absolute(1), place: 4 },
                Relocation { kind: RelocationKind::Absolute(0), place: 20 },
            ],
        }
    }

    #[test]
    fn the_file_has_one_segment_that_is_the_image() {
        let written = write(&module(), &Note::default());
        let file = object::File::parse(&*written.bytes).unwrap();
        let segments: Vec<_> = file.segments().collect();
        assert_eq!(segments.len(), 1);
        assert_eq!(segments[0].data().unwrap(), [&[0xaa; 21][..], &[0; 3]].concat());
        assert_eq!(segments[0].size(), 40);
        assert_eq!(segments[0].file_range().0 % 8, 0);
        assert_eq!(file.entry(), 9);
    }

    #[test]
    fn a_gap_is_between_two_segments() {
        let mut module = module();
        let gap = 16..32;
        module.image = Image {
            bytes: [[1; 16], [0; 16], [2; 16]].concat(),
            gaps: vec![gap],
            code_end: 10,
            size: 60,
            alignment: 8,
        };
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
        assert_eq!(targets, [(4, 1), (16, 0), (20, 2)]);
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
    fn the_loader_takes_what_is_written() {
        for gap in [None, Some(16..32)] {
            let image =
                Image { bytes: vec![0; 61], gaps: gap.into_iter().collect(), code_end: 8, size: 4000, alignment: 8 };
            let module = Module { image, entry: 0, exports: Vec::new(), ..module() };
            let written = write(&module, &Note::default());
            let file = loader::Module::<_, CortexA>::open(&*written.bytes, &mut |it| panic!("{it}")).unwrap();
            let verified = file.verify(&mut |it| panic!("{it}")).unwrap();
            let mut image = vec![1; verified.image_size() as usize];
            verified.place(&mut image, 0x2000_0000, &|_| Some(9), &mut |it| panic!("{it}")).unwrap();
            assert_eq!(image[4..8], 9_u32.to_le_bytes());
        }
    }

    #[test]
    fn constants_and_variables_are_no_code() {
        let code_size = |module: &Module| {
            let written = write(module, &Note::default());
            let file = loader::Module::<_, CortexA>::open(&*written.bytes, &mut |it| panic!("{it}")).unwrap();
            file.verify(&mut |it| panic!("{it}")).unwrap().code_size()
        };
        let mut module = Module { entry: 0, exports: Vec::new(), ..module() };
        assert_eq!(code_size(&module), 18);
        module.image.code_end = 0;
        assert_eq!(code_size(&module), 0, "it has none");
        module.image.bytes = vec![1; 48];
        let gap = 16..32;
        module.image.gaps = vec![gap];
        module.image.size = 60;
        for (code_end, expected) in [(10, 10), (16, 16), (40, 40), (48, 48)] {
            module.image.code_end = code_end;
            assert_eq!(code_size(&module), expected, "two segments");
        }
    }

    #[test]
    fn another_program_has_another_build_id() {
        let mut other = module();
        other.image.bytes[3] ^= 1;
        let note = Note::default();
        assert_ne!(write(&module(), &note).build_id, write(&other, &note).build_id);
    }
}
