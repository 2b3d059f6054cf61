//! The unstripped ELF of hello: two thunks, `main` and `module_init`, with debug information.

use gimli::write::{Address, AttributeValue, DwarfUnit, EndianVec, LineProgram, LineString, Sections};
use gimli::{Encoding, Format, LineEncoding, LittleEndian, constants};
use object::write::{Object, SectionId, StandardSection, Symbol, SymbolSection};
use object::{Architecture, BinaryFormat, Endianness, SectionKind, SymbolFlags, SymbolKind, SymbolScope, elf};

/// What [`super::module::Module::hello`]'s note says.
pub const BUILD_ID: [u8; 8] = [1, 2, 3, 4, 5, 6, 7, 8];

/// The ELF file. Its code is hello's; `second_import` is the name of the import that `main` calls.
pub fn elf(second_import: &str, build_id: [u8; 8], main: &str) -> Vec<u8> {
    with_prototypes(second_import, build_id, main, b"")
}

/// The same, with the records of `#[rtt_mod::import]`.
pub fn with_prototypes(second_import: &str, build_id: [u8; 8], main: &str, records: &[u8]) -> Vec<u8> {
    let hello = super::module::Module::hello();
    let mut object = Object::new(BinaryFormat::Elf, Architecture::Arm, Endianness::Little);
    let text = object.section_id(StandardSection::Text);
    object.append_section_data(text, &hello.segments[0].bytes, 8);
    for (name, start, size) in [("rtt_mod_abi_1", 1, 8), (second_import, 9, 8), (main, 17, 8), ("module_init", 25, 8)] {
        symbol(&mut object, text, name, start, size, SymbolKind::Text);
    }
    for (marker, start) in [("$t", 0), ("$d", 4), ("$t", 8), ("$d", 12), ("$t", 16), ("$d", 32)] {
        symbol(&mut object, text, marker, start, 0, SymbolKind::Unknown);
    }
    let mut note = [4_u32, 8, 3].map(u32::to_le_bytes).concat();
    note.extend(b"GNU\0");
    note.extend(build_id);
    let section = object.add_section(vec![], b".note.gnu.build-id".to_vec(), SectionKind::Note);
    object.append_section_data(section, &note, 4);
    if !records.is_empty() {
        let section = object.add_section(vec![], b".rtt_mod.prototypes".to_vec(), SectionKind::Other);
        object.append_section_data(section, records, 1);
    }
    debug_information(&mut object);
    object.write().unwrap()
}

/// The same, with a function in ARM code.
pub fn with_arm_code() -> Vec<u8> {
    let mut object = Object::new(BinaryFormat::Elf, Architecture::Arm, Endianness::Little);
    let text = object.section_id(StandardSection::Text);
    object.append_section_data(text, &[0; 8], 8);
    symbol(&mut object, text, "fast_copy", 0, 8, SymbolKind::Text);
    symbol(&mut object, text, "$a", 0, 0, SymbolKind::Unknown);
    object.write().unwrap()
}

fn symbol(object: &mut Object<'_>, section: SectionId, name: &str, value: u64, size: u64, kind: SymbolKind) {
    let flags = match kind {
        SymbolKind::Text => SymbolFlags::None,
        _ => SymbolFlags::Elf {
            st_info: elf::SymbolInfo::new(elf::STB_LOCAL, elf::STT_NOTYPE),
            st_other: elf::SymbolOther(0),
        },
    };
    object.add_symbol(Symbol {
        name: name.into(),
        value,
        size,
        kind,
        scope: SymbolScope::Compilation,
        weak: false,
        section: SymbolSection::Section(section),
        flags,
    });
}

/// `main` is line 7 of `/home/me/blink/src/main.rs`.
fn debug_information(object: &mut Object<'_>) {
    let encoding = Encoding { format: Format::Dwarf32, version: 4, address_size: 4 };
    let folder = || LineString::String(b"/home/me/blink".to_vec());
    let file = || LineString::String(b"src/main.rs".to_vec());
    let mut dwarf = DwarfUnit::new(encoding);
    let mut lines = LineProgram::new(encoding, LineEncoding::default(), folder(), None, file(), None);
    let source = lines.add_file(file(), lines.default_directory(), None);
    lines.begin_sequence(Some(Address::Constant(16)));
    lines.row().file = source;
    lines.row().line = 7;
    lines.generate_row();
    lines.end_sequence(8);
    dwarf.unit.line_program = lines;
    let root = dwarf.unit.root();
    let code = |entry: &mut gimli::write::DebuggingInformationEntry| {
        entry.set(constants::DW_AT_low_pc, AttributeValue::Address(Address::Constant(16)));
        entry.set(constants::DW_AT_high_pc, AttributeValue::Udata(8));
    };
    code(dwarf.unit.get_mut(root));
    let function = dwarf.unit.add(root, constants::DW_TAG_subprogram);
    let function = dwarf.unit.get_mut(function);
    code(function);
    function.set(constants::DW_AT_linkage_name, AttributeValue::String(b"_ZN5blink3led17h0123456789abcdefE".to_vec()));
    let language = AttributeValue::Language(constants::DW_LANG_Rust);
    dwarf.unit.get_mut(root).set(constants::DW_AT_language, language);
    dwarf.unit.get_mut(root).set(constants::DW_AT_comp_dir, AttributeValue::String(b"/home/me/blink".to_vec()));
    dwarf.unit.get_mut(root).set(constants::DW_AT_name, AttributeValue::String(b"src/main.rs".to_vec()));
    let mut sections = Sections::new(EndianVec::new(LittleEndian));
    dwarf.write(&mut sections).unwrap();
    let write = sections.for_each(|id, data| -> Result<(), ()> {
        if !data.slice().is_empty() {
            let section = object.add_section(vec![], id.name().into(), SectionKind::Debug);
            object.append_section_data(section, data.slice(), 1);
        }
        Ok(())
    });
    write.unwrap();
}
