//! What a kernel's debug information says of its `rtconfig.h`.

mod support;

use gimli::constants as dw;
use gimli::write::{AttributeValue, DwarfUnit, EndianVec, Sections};
use gimli::{Encoding, Format, LittleEndian};
use mkmod::symbols::Kernel;
use support::kernel::{self, Table};

const ARM: u16 = 40;

/// A kernel with `char name[8]` in `struct rt_object`, and `ALIGN(4) rt_uint8_t STACK[256]`.
fn kernel_with(stack: &str) -> Kernel {
    let mut dwarf = DwarfUnit::new(Encoding { format: Format::Dwarf32, version: 5, address_size: 4 });
    let root = dwarf.unit.root();
    let name = |name: &str| AttributeValue::String(name.into());
    let array = dwarf.unit.add(root, dw::DW_TAG_array_type);
    let range = dwarf.unit.add(array, dw::DW_TAG_subrange_type);
    dwarf.unit.get_mut(range).set(dw::DW_AT_upper_bound, AttributeValue::Data1(7));
    let object = dwarf.unit.add(root, dw::DW_TAG_structure_type);
    dwarf.unit.get_mut(object).set(dw::DW_AT_name, name("rt_object"));
    let member = dwarf.unit.add(object, dw::DW_TAG_member);
    dwarf.unit.get_mut(member).set(dw::DW_AT_name, name("name"));
    dwarf.unit.get_mut(member).set(dw::DW_AT_type, AttributeValue::UnitRef(array));
    let variable = dwarf.unit.add(root, dw::DW_TAG_variable);
    dwarf.unit.get_mut(variable).set(dw::DW_AT_name, name(stack));
    dwarf.unit.get_mut(variable).set(dw::DW_AT_alignment, AttributeValue::Udata(4));
    let mut written = Sections::new(EndianVec::new(LittleEndian));
    dwarf.write(&mut written).unwrap();
    let mut sections = vec![];
    let collect = |id: gimli::SectionId, data: &EndianVec<LittleEndian>| -> Result<(), ()> {
        sections.push((id.name(), data.slice().to_vec()));
        Ok(())
    };
    written.for_each(collect).unwrap();
    sections.retain(|(_, bytes)| !bytes.is_empty());
    let elf = kernel::with_sections(&[("rt_kprintf", 0x1235)], Table::Symbols, ARM, &sections);
    Kernel::parse("rtthread.elf", &elf).unwrap()
}

#[test]
fn the_length_of_names_is_that_of_an_object() {
    assert_eq!(kernel_with("rt_thread_stack").name_max, Some(8));
}

#[test]
fn the_alignment_of_memory_is_that_of_the_kernels_stacks() {
    assert_eq!(kernel_with("rt_thread_stack").align_size, Some(4), "4.0.3");
    assert_eq!(kernel_with("idle_thread_stack").align_size, Some(4), "5.x");
    assert_eq!(kernel_with("uart_buffer").align_size, None, "of a driver");
}
