//! What only the kernel's debug information tells.

use crate::elf::ElfFile;
use gimli::{
    AttributeValue, DebuggingInformationEntry, Dwarf, DwarfSections, EndianSlice, EntriesTreeNode, LittleEndian, Unit,
};
use std::borrow::Cow;

type Reader<'d> = EndianSlice<'d, LittleEndian>;

/// The stacks of the idle thread and of the timers, by their names from 4.0.3 to 5.x: each is `ALIGN(RT_ALIGN_SIZE)`.
const STACKS: [&[u8]; 4] = [b"rt_thread_stack", b"idle_thread_stack", b"timer_thread_stack", b"_timer_thread_stack"];

/// The macros of `rtconfig.h` that show in types and variables.
#[derive(Clone, Copy, Debug, Default)]
pub struct Configuration {
    /// `RT_NAME_MAX`: how many characters `struct rt_object` has for its name.
    pub name_max: Option<u32>,
    /// `RT_ALIGN_SIZE`: how the kernel's own stacks are aligned.
    pub align_size: Option<u32>,
}

/// Reads what the debug information tells of the kernel's configuration.
pub fn configuration(file: &ElfFile<'_>) -> Configuration {
    let mut found = Configuration::default();
    let Some(sections) = sections(file) else { return found };
    let dwarf = sections.borrow(|section| EndianSlice::new(section, LittleEndian));
    let mut units = dwarf.units();
    while let Ok(Some(header)) = units.next() {
        let Ok(unit) = dwarf.unit(header) else { break };
        found.look_at(&dwarf, &unit);
        if found.is_complete() {
            break;
        }
    }
    found
}

impl Configuration {
    fn is_complete(&self) -> bool {
        self.name_max.is_some() && self.align_size.is_some()
    }

    fn look_at(&mut self, dwarf: &Dwarf<Reader<'_>>, unit: &Unit<Reader<'_>>) -> Option<()> {
        let mut tree = unit.entries_tree(None).ok()?;
        let mut children = tree.root().ok()?.children();
        while let Ok(Some(child)) = children.next() {
            let entry = child.entry();
            if entry.tag() == gimli::DW_TAG_structure_type && is_named(dwarf, unit, entry, b"rt_object") {
                self.name_max = self.name_max.or(name_length(dwarf, unit, child));
            } else if entry.tag() == gimli::DW_TAG_variable && STACKS.iter().any(|it| is_named(dwarf, unit, entry, it))
            {
                self.align_size = self.align_size.or(alignment(entry));
            }
        }
        Some(())
    }
}

/// The sections of the debug information; what is not there is empty.
pub fn sections<'e>(file: &ElfFile<'e>) -> Option<DwarfSections<Cow<'e, [u8]>>> {
    DwarfSections::load(|id| Ok::<_, gimli::Error>(file.debug_section(id.name()))).ok()
}

/// The length of `rt_object.name`.
fn name_length(
    dwarf: &Dwarf<Reader<'_>>,
    unit: &Unit<Reader<'_>>,
    object: EntriesTreeNode<'_, '_, Reader<'_>>,
) -> Option<u32> {
    let mut members = object.children();
    while let Ok(Some(member)) = members.next() {
        if is_named(dwarf, unit, member.entry(), b"name") {
            return array_length(unit, member.entry());
        }
    }
    None
}

/// What `ALIGN(…)` asked for: compilers tell it for nothing else.
fn alignment(variable: &DebuggingInformationEntry<Reader<'_>>) -> Option<u32> {
    let alignment = variable.attr_value(gimli::DW_AT_alignment)?.udata_value()?;
    u32::try_from(alignment).ok().filter(|alignment| alignment.is_power_of_two())
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
