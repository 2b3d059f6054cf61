//! What only the kernel's debug information tells.

use gimli::{AttributeValue, DebuggingInformationEntry, Dwarf, DwarfSections, EndianSlice, LittleEndian, Unit};
use object::{File, Object, ObjectSection};
use std::borrow::Cow;

type Reader<'d> = EndianSlice<'d, LittleEndian>;

/// `RT_NAME_MAX`: how many characters `struct rt_object` has for its name.
pub fn name_max(file: &File<'_>) -> Option<u32> {
    let sections = sections(file)?;
    let dwarf = sections.borrow(|section| EndianSlice::new(section, LittleEndian));
    let mut units = dwarf.units();
    while let Ok(Some(header)) = units.next() {
        let unit = dwarf.unit(header).ok()?;
        if let Some(length) = name_length(&dwarf, &unit) {
            return Some(length);
        }
    }
    None
}

/// The sections of the debug information; what is not there is empty.
pub fn sections<'e>(file: &File<'e>) -> Option<DwarfSections<Cow<'e, [u8]>>> {
    let load = |id: gimli::SectionId| -> Result<Cow<'e, [u8]>, gimli::Error> {
        let section = file.section_by_name(id.name());
        Ok(section.and_then(|section| section.uncompressed_data().ok()).unwrap_or_default())
    };
    DwarfSections::load(load).ok()
}

/// The length of `rt_object.name`, if the unit knows that struct.
fn name_length(dwarf: &Dwarf<Reader<'_>>, unit: &Unit<Reader<'_>>) -> Option<u32> {
    let mut tree = unit.entries_tree(None).ok()?;
    let mut children = tree.root().ok()?.children();
    while let Ok(Some(child)) = children.next() {
        let entry = child.entry();
        if entry.tag() == gimli::DW_TAG_structure_type && is_named(dwarf, unit, entry, b"rt_object") {
            let mut members = child.children();
            while let Ok(Some(member)) = members.next() {
                if is_named(dwarf, unit, member.entry(), b"name") {
                    return array_length(unit, member.entry());
                }
            }
        }
    }
    None
}

fn is_named(
    dwarf: &Dwarf<Reader<'_>>,
    unit: &Unit<Reader<'_>>,
    entry: &DebuggingInformationEntry<Reader<'_>>,
    name: &[u8],
) -> bool {
    let found = entry.attr_value(gimli::DW_AT_name);
    found.and_then(|value| dwarf.attr_string(unit, value).ok()).is_some_and(|found| found.slice() == name)
}

fn array_length(unit: &Unit<Reader<'_>>, member: &DebuggingInformationEntry<Reader<'_>>) -> Option<u32> {
    let Some(AttributeValue::UnitRef(array)) = member.attr_value(gimli::DW_AT_type) else { return None };
    let mut tree = unit.entries_tree(Some(array)).ok()?;
    let mut ranges = tree.root().ok()?.children();
    while let Ok(Some(range)) = ranges.next() {
        if let Some(bound) = range.entry().attr_value(gimli::DW_AT_upper_bound) {
            return u32::try_from(bound.udata_value()?).ok()?.checked_add(1);
        }
    }
    None
}
