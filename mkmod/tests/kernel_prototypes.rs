//! What a kernel's debug information says of the functions that it exports.

mod support;

use gimli::constants::{self as dw, DwAt, DwLang, DwTag};
use gimli::write::{
    Address, AttributeValue, DwarfUnit, EndianVec, FileId, LineProgram, LineString, Sections, UnitEntryId,
};
use gimli::{Encoding, Format, LineEncoding, LittleEndian};
use mkmod::symbols::Kernel;
use support::kernel::{self, Table};

const ARM: u16 = 40;

/// A unit of debug information, for `language`.
struct Unit {
    dwarf: DwarfUnit,
    header: FileId,
}

impl Unit {
    fn new(version: u16, language: DwLang) -> Self {
        let encoding = Encoding { format: Format::Dwarf32, version, address_size: 4 };
        let text = |text: &str| LineString::String(text.as_bytes().to_vec());
        let mut dwarf = DwarfUnit::new(encoding);
        let source = text("src/kservice.c");
        let mut lines =
            LineProgram::new(encoding, LineEncoding::default(), text("/home/me/rt-thread"), None, source, None);
        let folder = lines.add_directory(text("/home/me/rt-thread/components/drivers/include/drivers"));
        let header = lines.add_file(text("pin.h"), folder, None);
        lines.begin_sequence(Some(Address::Constant(0x1234)));
        lines.end_sequence(2);
        dwarf.unit.line_program = lines;
        let mut unit = Self { dwarf, header };
        unit.set(unit.dwarf.unit.root(), dw::DW_AT_language, AttributeValue::Language(language));
        unit
    }

    fn set(&mut self, entry: UnitEntryId, attribute: DwAt, value: AttributeValue) {
        self.dwarf.unit.get_mut(entry).set(attribute, value);
    }

    fn add(&mut self, parent: UnitEntryId, tag: DwTag, of: Option<UnitEntryId>) -> UnitEntryId {
        let entry = self.dwarf.unit.add(parent, tag);
        if let Some(of) = of {
            self.set(entry, dw::DW_AT_type, AttributeValue::UnitRef(of));
        }
        entry
    }

    /// A type without a size of its own.
    fn named(&mut self, tag: DwTag, of: Option<UnitEntryId>) -> UnitEntryId {
        self.add(self.dwarf.unit.root(), tag, of)
    }

    /// A type of `bytes` bytes.
    fn sized(&mut self, tag: DwTag, bytes: u16) -> UnitEntryId {
        let entry = self.named(tag, None);
        self.set(entry, dw::DW_AT_byte_size, AttributeValue::Data2(bytes));
        entry
    }

    /// A function that other units know, as C's prototypes tell it: line 63 of pin.h.
    fn function(&mut self, name: &str, result: Option<UnitEntryId>, arguments: &[UnitEntryId]) -> UnitEntryId {
        let function = self.named(dw::DW_TAG_subprogram, result);
        self.set(function, dw::DW_AT_name, AttributeValue::String(name.into()));
        self.set(function, dw::DW_AT_external, AttributeValue::Flag(true));
        self.set(function, dw::DW_AT_prototyped, AttributeValue::Flag(true));
        self.set(function, dw::DW_AT_decl_file, AttributeValue::FileIndex(Some(self.header)));
        self.set(function, dw::DW_AT_decl_line, AttributeValue::Udata(63));
        for argument in arguments {
            self.add(function, dw::DW_TAG_formal_parameter, Some(*argument));
        }
        function
    }

    fn declaration(&mut self, name: &str, result: Option<UnitEntryId>, arguments: &[UnitEntryId]) -> UnitEntryId {
        let function = self.function(name, result, arguments);
        self.set(function, dw::DW_AT_declaration, AttributeValue::Flag(true));
        function
    }

    fn code_at(&mut self, function: UnitEntryId, address: u64) {
        self.set(function, dw::DW_AT_low_pc, AttributeValue::Address(Address::Constant(address)));
    }

    /// An entry that completes `origin`.
    fn completes(&mut self, parent: UnitEntryId, tag: DwTag, attribute: DwAt, origin: UnitEntryId) -> UnitEntryId {
        let entry = self.add(parent, tag, None);
        self.set(entry, attribute, AttributeValue::UnitRef(origin));
        entry
    }

    fn sections(mut self) -> Vec<(&'static str, Vec<u8>)> {
        let mut written = Sections::new(EndianVec::new(LittleEndian));
        self.dwarf.write(&mut written).unwrap();
        let mut sections = vec![];
        let collect = |id: gimli::SectionId, data: &EndianVec<LittleEndian>| -> Result<(), ()> {
            if !data.slice().is_empty() {
                sections.push((id.name(), data.slice().to_vec()));
            }
            Ok(())
        };
        written.for_each(collect).unwrap();
        sections
    }
}

/// The kernel that exports `exports`, the first at 0x1234, each 0x10 behind the one before.
fn kernel_of(unit: Unit, exports: &[&str]) -> Kernel {
    let exports: Vec<(&str, u32)> = exports.iter().copied().zip((0x1235..).step_by(16)).collect();
    let elf = kernel::with_sections(&exports, Table::Symbols, ARM, &unit.sections());
    Kernel::parse("rtthread.elf", &elf).unwrap()
}

fn told(kernel: &Kernel) -> Vec<String> {
    let prototypes = kernel.prototypes.iter();
    prototypes.map(|(name, declaration)| format!("{name} {}", declaration.prototype)).collect()
}

/// Types of all kinds, in either version of DWARF, and the same from the text.
#[test]
fn types_have_sizes() {
    let of_version = |version| {
        let mut unit = Unit::new(version, dw::DW_LANG_C99);
        let byte = unit.sized(dw::DW_TAG_base_type, 1);
        let long = unit.sized(dw::DW_TAG_base_type, 8);
        let base_t = unit.named(dw::DW_TAG_typedef, Some(long));
        let volatile = unit.named(dw::DW_TAG_volatile_type, Some(base_t));
        let constant = unit.named(dw::DW_TAG_const_type, Some(volatile));
        let void = unit.named(dw::DW_TAG_const_type, None);
        let pointer = unit.named(dw::DW_TAG_pointer_type, Some(void));
        let short_enum = unit.sized(dw::DW_TAG_enumeration_type, 1);
        let structure = unit.sized(dw::DW_TAG_structure_type, 12);
        let large = unit.sized(dw::DW_TAG_union_type, 300);
        let array = unit.named(dw::DW_TAG_array_type, Some(byte));
        let function = unit.named(dw::DW_TAG_subroutine_type, Some(long));
        let incomplete = unit.named(dw::DW_TAG_structure_type, None);
        unit.function("rt_long", Some(constant), &[byte, constant, pointer, short_enum]);
        unit.function("rt_struct", Some(structure), &[structure, large, array, function]);
        unit.function("rt_void", Some(void), &[]);
        unit.function("rt_incomplete", None, &[incomplete]);
        let printf = unit.declaration("rt_kprintf", None, &[pointer]);
        unit.add(printf, dw::DW_TAG_unspecified_parameters, None);
        kernel_of(unit, &["rt_incomplete", "rt_kprintf", "rt_long", "rt_struct", "rt_void", "rt_data"])
    };
    let kernel = of_version(5);
    assert_eq!(kernel, of_version(4));
    assert_eq!(kernel, Kernel::parse("kernel.syms", kernel.to_text().as_bytes()).unwrap());
    insta::assert_snapshot!(kernel.to_text());
}

#[test]
fn the_best_source_counts() {
    let mut unit = Unit::new(5, dw::DW_LANG_C11);
    let int = unit.sized(dw::DW_TAG_base_type, 4);
    let long = unit.sized(dw::DW_TAG_base_type, 8);
    // A declaration, and then the definition; a function of another unit's own.
    unit.declaration("defined", None, &[]);
    unit.function("defined", None, &[int]);
    let own = unit.function("defined", None, &[long, long]);
    unit.dwarf.unit.get_mut(own).delete(dw::DW_AT_external);
    // Known by its address alone.
    let aliased = unit.function("another_name", Some(long), &[long]);
    unit.code_at(aliased, 0x1244);
    // Before C had prototypes: a declaration says nothing, a definition does.
    let old = unit.declaration("old_declaration", Some(int), &[]);
    unit.dwarf.unit.get_mut(old).delete(dw::DW_AT_prototyped);
    let old = unit.function("old_definition", Some(int), &[]);
    unit.dwarf.unit.get_mut(old).delete(dw::DW_AT_prototyped);
    let kernel = kernel_of(unit, &["defined", "aliased", "old_declaration", "old_definition"]);
    assert_eq!(told(&kernel), ["aliased 8(8)", "defined 0(4)", "old_definition 4()"]);
}

/// A function that is inlined somewhere has its prototype in another entry than its code; so has one of C++.
#[test]
fn entries_complete_each_other() {
    let mut unit = Unit::new(4, dw::DW_LANG_C_plus_plus_14);
    let root = unit.dwarf.unit.root();
    let int = unit.sized(dw::DW_TAG_base_type, 4);
    let long = unit.sized(dw::DW_TAG_base_type, 8);
    let inlined = unit.declaration("inlined", Some(int), &[]);
    let parameter = unit.add(inlined, dw::DW_TAG_formal_parameter, Some(long));
    let code = unit.completes(root, dw::DW_TAG_subprogram, dw::DW_AT_abstract_origin, inlined);
    unit.completes(code, dw::DW_TAG_formal_parameter, dw::DW_AT_abstract_origin, parameter);
    unit.code_at(code, 0x1234);
    // A copy that the compiler has specialized has lost its argument.
    let copy = unit.completes(root, dw::DW_TAG_subprogram, dw::DW_AT_abstract_origin, inlined);
    unit.set(copy, dw::DW_AT_external, AttributeValue::Flag(true));
    unit.code_at(copy, 0x4000);
    let specified = unit.declaration("specified", Some(long), &[int]);
    let code = unit.completes(root, dw::DW_TAG_subprogram, dw::DW_AT_specification, specified);
    unit.add(code, dw::DW_TAG_formal_parameter, Some(int));
    unit.code_at(code, 0x1244);
    let kernel = kernel_of(unit, &["inlined", "specified"]);
    assert_eq!(told(&kernel), ["inlined 4(8)", "specified 8(4)"]);
    assert_eq!(kernel.prototypes["specified"].source.as_deref(), Some("drivers/pin.h:63"));
}
