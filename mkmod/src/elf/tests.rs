//! Files of `object`'s and of our own writers, whole and damaged.

use std::io::Write as _;

use flate2::write::ZlibEncoder;
use object::write::{self, SectionId, Symbol, SymbolSection};
use object::{
    Architecture, BinaryFormat, Endianness, RelocationFlags, SectionFlags, SymbolFlags, SymbolScope, elf as standard,
};
use proptest::prelude::*;

use super::*;
use crate::link::module::{Export, ExportKind, Image, Import, Module, Relocation as OfModule, RelocationKind};
use crate::machine::Machine;
use crate::module::Note;

const TEXT: [u8; 8] = [0x70, 0x47, 0xc0, 0x46, 0x70, 0x47, 0xc0, 0x46];
const BUILD_ID: [u8; 8] = *b"a build!";
const DEBUG: &[u8] = b"a text that is a text that is a text that is a text";
const ATTRIBUTES: &[u8] = b"A\x13\0\0\0aeabi\0\x01\x09\0\0\0\x06\x0a\x07M";

/// An object with a function, a table that refers to it and to an import, zeros, a note and debug information.
fn object(architecture: Architecture) -> Vec<u8> {
    let mut object = write::Object::new(BinaryFormat::Elf, architecture, Endianness::Little);
    object.add_file_symbol(b"main.c".to_vec());
    let text = section(&mut object, ".text", object::SectionKind::Text, &TEXT);
    let data = section(&mut object, ".data", object::SectionKind::Data, &[0; 16]);
    let zeros = object.add_section(vec![], b".bss".to_vec(), object::SectionKind::UninitializedData);
    object.append_section_bss(zeros, 64, 8);
    section(&mut object, ".note.gnu.build-id", object::SectionKind::Note, &note());
    section(&mut object, ARM_ATTRIBUTES, object::SectionKind::Other, ATTRIBUTES);
    let debug = section(&mut object, ".debug_info", object::SectionKind::Debug, &compressed(architecture));
    object.section_mut(debug).flags =
        SectionFlags::Elf { sh_type: standard::SHT_PROGBITS, sh_flags: standard::SHF_COMPRESSED };
    let main = symbol("main", SymbolSection::Section(text), 5, 4, object::SymbolKind::Text);
    let main = object.add_symbol(main);
    object.add_symbol(symbol("table", SymbolSection::Section(data), 0, 16, object::SymbolKind::Data));
    let import = object.add_symbol(symbol("rt_kprintf", SymbolSection::Undefined, 0, 0, object::SymbolKind::Unknown));
    let r_type = match architecture {
        Architecture::Arm => standard::R_ARM_ABS32,
        _ => standard::R_RISCV_64,
    };
    for (offset, symbol) in [(0, main), (8, import)] {
        let flags = RelocationFlags::Elf { r_type };
        object.add_relocation(data, write::Relocation { offset, symbol, addend: 0, flags }).unwrap();
    }
    object.write().unwrap()
}

fn section(object: &mut write::Object<'_>, name: &str, kind: object::SectionKind, bytes: &[u8]) -> SectionId {
    let section = object.add_section(vec![], name.into(), kind);
    object.append_section_data(section, bytes, 4);
    section
}

fn symbol(name: &str, section: SymbolSection, value: u64, size: u64, kind: object::SymbolKind) -> Symbol {
    let (name, scope) = (name.into(), SymbolScope::Dynamic);
    Symbol { name, value, size, kind, scope, weak: false, section, flags: SymbolFlags::None }
}

fn note() -> Vec<u8> {
    let numbers = [4, BUILD_ID.len() as u32, 3];
    [&numbers.map(u32::to_le_bytes).concat()[..], b"GNU\0", &BUILD_ID].concat()
}

fn compressed(architecture: Architecture) -> Vec<u8> {
    let (size, zlib) = (DEBUG.len() as u32, standard::ELFCOMPRESS_ZLIB.0);
    let header: &[u32] = match architecture {
        Architecture::Arm => &[zlib, size, 1],
        _ => &[zlib, 0, size, 0, 1, 0],
    };
    let mut encoder = ZlibEncoder::new(vec![], flate2::Compression::default());
    encoder.write_all(DEBUG).unwrap();
    let mut bytes: Vec<u8> = header.iter().flat_map(|word| word.to_le_bytes()).collect();
    bytes.extend(encoder.finish().unwrap());
    bytes
}

/// A module: it has segments, and symbols and relocations for the loader.
fn module() -> Vec<u8> {
    let module = Module {
        machine: Machine::Arm,
        elf_flags: flags::EF_ARM_EABI_VER5,
        image: Image { bytes: vec![0xaa; 20], gaps: vec![], code_end: 20, size: 40, alignment: 8 },
        entry: 9,
        exports: vec![Export { kind: ExportKind::Function, name: "module_init".into(), address: 17, size: 4 }],
        imports: ["rtt_mod_abi_1", "rttm_print"].map(Import::global).into(),
        relocations: vec![
            OfModule { kind: RelocationKind::Relative, place: 16 },
            OfModule { kind: RelocationKind::Absolute(1), place: 4 },
        ],
    };
    crate::link::write::write(&module, &Note::default()).bytes
}

/// An archive of one object, with a name that is too long for the header of the member.
fn archive() -> Vec<u8> {
    let member = |name: &str, bytes: &[u8]| {
        let header = format!("{name:<16}{:<12}{:<6}{:<6}{:<8}{:<10}`\n", 0, 0, 0, 644, bytes.len());
        let padding: &[u8] = if bytes.len().is_multiple_of(2) { b"" } else { b"\n" };
        [header.as_bytes(), bytes, padding].concat()
    };
    let names = member("//", b"a_name_of_more_than_sixteen.o/\n");
    [&b"!<arch>\n"[..], &names, &member("short.o/", b"no object"), &member("/0", &object(Architecture::Arm))].concat()
}

/// Reads all that there is.
fn read(bytes: &[u8]) -> Result<usize, ElfError> {
    let file = ElfFile::parse(bytes)?;
    let mut found = file.segments().len() + file.machine_name().len() + file.build_id().map_or(0, <[u8]>::len);
    for section in file.sections() {
        let is_whole = section.data.len() as u64 == section.size;
        assert!(is_whole || section.data.is_empty(), "{}", section.name);
        found += file.relocations(section).count() + file.debug_section(section.name).len();
        found += usize::from(section.word(section.range().end, 4).is_none());
    }
    found += file.dynamic_relocations().flatten().count();
    for symbol in file.symbols() {
        let section = symbol.section().and_then(|index| file.section(index));
        found += symbol.name().map_or(0, str::len) + section.map_or(0, |section| section.name.len());
        assert!(symbol.range().start <= symbol.range().end);
    }
    Ok(found + usize::from(file.symbol_by_name("main").is_some()))
}

#[test]
fn what_object_writes_is_read() {
    for (architecture, name, word) in [(Architecture::Arm, "ARM", 4), (Architecture::Riscv64, "RISC-V 64", 8)] {
        let bytes = object(architecture);
        let file = ElfFile::parse(&bytes).unwrap();
        assert_eq!((file.machine_name().as_str(), file.is_64()), (name, word == 8));
        assert_eq!(file.build_id(), Some(&BUILD_ID[..]));
        assert_eq!(&*file.debug_section(".debug_info"), DEBUG);
        assert_eq!(file.debug_section(".debug_line").len(), 0);
        assert!(file.segments().is_empty());

        let text = file.section_by_name(".text").unwrap();
        assert!(text.is_allocated() && text.is_code() && !text.is_writable() && !text.is_zeroed());
        assert_eq!((text.data, &bytes[text.offset..][..8]), (&TEXT[..], &TEXT[..]));
        assert_eq!(text.word(4, 4), Some(0x46c0_4770));
        assert_eq!((text.word(6, 4), text.word(u64::MAX, 4)), (None, None));
        let zeros = file.section_by_name(".bss").unwrap();
        assert!(zeros.is_writable() && zeros.is_zeroed());
        assert_eq!((zeros.size, zeros.alignment, zeros.data), (64, 8, &[][..]));
    }
}

#[test]
fn symbols_are_functions_variables_and_imports() {
    let bytes = object(Architecture::Arm);
    let file = ElfFile::parse(&bytes).unwrap();
    let main = file.symbol_by_name("main").unwrap();
    assert_eq!((main.kind(), main.address(), main.range()), (SymbolKind::Function, 5, 4..8));
    assert_eq!(main.section().and_then(|index| file.section(index)).unwrap().name, ".text");
    assert!(main.is_global() && !main.is_undefined() && !main.is_absolute());
    let table = file.symbol_by_name("table").unwrap();
    assert_eq!((table.kind(), table.range()), (SymbolKind::Variable, 0..16));
    let import = file.symbol_by_name("rt_kprintf").unwrap();
    assert_eq!((import.is_undefined(), import.section()), (true, None));
    let source = file.symbols().find(|symbol| symbol.kind() == SymbolKind::File).unwrap();
    assert_eq!((source.name(), source.is_global()), (Ok("main.c"), false));
    assert!(file.symbol_by_name("mai").is_none(), "the beginning of a name");
}

#[test]
fn relocations_are_those_of_their_section() {
    for architecture in [Architecture::Arm, Architecture::Riscv64] {
        let bytes = object(architecture);
        let file = ElfFile::parse(&bytes).unwrap();
        let of = |name| file.relocations(file.section_by_name(name).unwrap());
        let data: Vec<_> = of(".data").map(|relocation| relocation.unwrap()).collect();
        let named: Vec<_> = data.iter().map(|it| (it.place, it.kind, it.symbol.unwrap().name().unwrap())).collect();
        // R_ARM_ABS32 and R_RISCV_64 have the same number.
        assert_eq!(named, [(0, 2, "main"), (8, 2, "rt_kprintf")]);
        assert_eq!(of(".text").count(), 0);
    }
}

#[test]
fn a_module_has_a_segment_and_relocations_for_the_loader() {
    let bytes = module();
    let file = ElfFile::parse(&bytes).unwrap();
    assert_eq!(file.segments(), [Segment { address: 0, size: 40, data: &[0xaa; 20] }]);
    let relocations = file.dynamic_relocations().map(|relocation| relocation.unwrap());
    let named: Vec<_> = relocations.map(|it| (it.place, it.symbol.map(|symbol| symbol.name().unwrap()))).collect();
    assert_eq!(named, [(4, Some("rttm_print")), (16, None)]);
    assert_eq!(file.symbols().count(), 0);
}

#[test]
fn an_archive_has_members() {
    let (bytes, object) = (archive(), object(Architecture::Arm));
    let archive = Archive::parse(&bytes).unwrap();
    let members: Vec<_> = archive.members().map(|member| member.unwrap()).collect();
    assert_eq!(members, [("short.o", &b"no object"[..]), ("a_name_of_more_than_sixteen.o", &object)]);
    assert_eq!(Archive::parse(b"!<thin>\n//").unwrap().members().count(), 0);
    assert!(matches!(Archive::parse(b"no archive"), Err(ElfError::Archive { .. })));
    let cut = Archive::parse(&bytes[..bytes.len() - 100]).unwrap();
    assert_eq!(cut.members().last(), Some(Err(ElfError::Member { name: "a_name_of_more_than_sixteen.o".into() })));
}

#[test]
fn damage_is_named() {
    let whole = object(Architecture::Arm);
    let of = |bytes: &[u8]| ElfFile::parse(bytes).err();
    assert_eq!(of(b""), Some(ElfError::NotElf));
    assert_eq!(of(b"MZ"), Some(ElfError::NotElf));
    assert_eq!(of(&whole[..40]), Some(ElfError::Header));
    assert_eq!(of(&whole[..whole.len() - 1]), Some(ElfError::SectionHeaders));
    let with = |at: usize, value: u32| {
        let mut bytes = whole.clone();
        bytes[at..at + 4].copy_from_slice(&value.to_le_bytes());
        of(&bytes)
    };
    let table = u32::from_le_bytes(*whole[32..].first_chunk().unwrap()) as usize;
    let second = table + 2 * 40;
    assert_eq!(with(second, 0xffff), Some(ElfError::SectionName { index: 2 }));
    assert_eq!(with(second + 16, 0x00ff_ffff), Some(ElfError::Section { index: 2 }));
    assert_eq!(with(28, 0xffff_0000), None, "there are no segments");
    let segment = u32::from_le_bytes(*module()[28..].first_chunk().unwrap()) as usize;
    let mut bytes = module();
    bytes[segment + 4..][..4].fill(0xff);
    assert_eq!(of(&bytes), Some(ElfError::Segment { address: 0 }));
}

/// Some bytes in other places than those that they were in, and perhaps an end that is missing.
fn mutant(mut bytes: Vec<u8>, changes: &[(prop::sample::Index, u8)], end: Option<prop::sample::Index>) -> Vec<u8> {
    for (at, value) in changes {
        let at = at.index(bytes.len());
        bytes[at] = *value;
    }
    bytes.truncate(end.map_or(bytes.len(), |end| end.index(bytes.len())));
    bytes
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn a_damaged_file_is_read_or_refused(
        which in 0..3usize,
        changes in prop::collection::vec(any::<(prop::sample::Index, u8)>(), 1..12),
        end in prop::option::weighted(0.2, any::<prop::sample::Index>()),
    ) {
        let whole = [object(Architecture::Arm), object(Architecture::Riscv64), module()][which].clone();
        let _ = read(&mutant(whole, &changes, end));
    }

    #[test]
    fn damaged_tables_are_read_or_refused(
        which in 0..3usize,
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
    ) {
        let whole = [object(Architecture::Arm), object(Architecture::Riscv64), module()][which].clone();
        let place = if whole[4] == 1 { 32 } else { 40 };
        let table = u32::from_le_bytes(*whole[place..].first_chunk().unwrap()) as usize;
        let (before, headers) = whole.split_at(table);
        let _ = read(&[before, &mutant(headers.to_vec(), &changes, None)].concat());
    }

    #[test]
    fn any_bytes_behind_the_magic_number_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..256)) {
        let _ = read(&[b"\x7fELF", &bytes[..]].concat());
        let _ = read(&bytes);
    }

    #[test]
    fn a_damaged_archive_is_read_or_refused(
        changes in prop::collection::vec(any::<(prop::sample::Index, u8)>(), 1..12),
        end in prop::option::weighted(0.2, any::<prop::sample::Index>()),
    ) {
        let bytes = mutant(archive(), &changes, end);
        let members = Archive::parse(&bytes).map(|archive| archive.members().flatten().count());
        prop_assert!(members.is_ok_and(|count| count <= 3) || Archive::parse(&bytes).is_err());
    }
}
