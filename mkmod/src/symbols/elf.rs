//! A kernel as its ELF file: the table that `RTM_EXPORT` fills.

use super::loader::{self, Loader};
use super::{Architecture, Kernel, KernelError, Processor, dwarf, prototypes};
use crate::elf::{ARM_ATTRIBUTES, ElfError, ElfFile, Section};
use crate::machine::Machine;
use std::collections::BTreeMap;
use std::ops::Range;

/// Reads the ELF file.
pub fn parse(name: &str, bytes: &[u8]) -> Result<Kernel, KernelError> {
    let damaged = |source| KernelError::Damaged { name: name.into(), source };
    let file = ElfFile::parse(bytes).map_err(damaged)?;
    let other = || KernelError::Machine { name: name.into(), machine: file.machine_name() };
    let machine = Machine::of(&file).ok_or_else(other)?;
    let table = table(&file).ok_or_else(|| KernelError::NoTable { name: name.into() })?;
    let exports = exports(name, &file, machine, table)?;
    let configuration = dwarf::configuration(&file);
    Ok(Kernel {
        name: name.into(),
        prototypes: prototypes::of_exports(&file, &exports),
        loader: loader(&file, &exports),
        exports,
        processor: processor(&file, machine).map_err(damaged)?,
        name_max: configuration.name_max,
        align_size: configuration.align_size,
        priority_max: priority_max(&file, machine),
    })
}

/// The addresses of the table: a section of its own, or between two symbols of the linker script.
fn table(file: &ElfFile<'_>) -> Option<Range<u64>> {
    let symbol = |names: [&str; 2]| names.iter().find_map(|name| file.symbol_by_name(name)).map(|it| it.address());
    let start = symbol(["__rtmsymtab_start", "RTMSymTab$$Base"]);
    let end = symbol(["__rtmsymtab_end", "RTMSymTab$$Limit"]);
    let between = start.zip(end).map(|(start, end)| start..end);
    between.or_else(|| file.section_by_name("RTMSymTab").map(Section::range)).filter(|range| range.start < range.end)
}

/// Reads pairs of address and pointer to the name.
fn exports(
    name: &str,
    file: &ElfFile<'_>,
    machine: Machine,
    table: Range<u64>,
) -> Result<BTreeMap<String, u64>, KernelError> {
    let pointer_size = machine.word() as usize;
    let bytes = bytes_from(file, table.start).ok_or_else(|| KernelError::NoTable { name: name.into() })?;
    let size = usize::try_from(table.end - table.start).unwrap_or(usize::MAX);
    let mut exports = BTreeMap::new();
    for (index, entry) in bytes[..size.min(bytes.len())].chunks_exact(2 * pointer_size).enumerate() {
        let (address, pointer) = (word(&entry[..pointer_size]), word(&entry[pointer_size..]));
        let symbol = string_at(file, pointer);
        let no_name = || KernelError::NoName { name: name.into(), index };
        exports.insert(symbol.ok_or_else(no_name)?, address);
    }
    Ok(exports)
}

fn word(bytes: &[u8]) -> u64 {
    bytes.iter().rev().fold(0, |word, byte| word << 8 | u64::from(*byte))
}

fn string_at(file: &ElfFile<'_>, address: u64) -> Option<String> {
    let bytes = bytes_from(file, address)?;
    let end = bytes.iter().position(|&byte| byte == 0)?;
    String::from_utf8(bytes[..end].to_vec()).ok().filter(|name| !name.is_empty())
}

/// The rest of the section that is loaded at `address`, from there on.
fn bytes_from<'data>(file: &ElfFile<'data>, address: u64) -> Option<&'data [u8]> {
    file.sections().find_map(|section| {
        let is_loaded = section.address != 0 || section.is_code();
        let offset = usize::try_from(address.checked_sub(section.address)?).ok()?;
        section.data.get(offset..).filter(|bytes| is_loaded && !bytes.is_empty())
    })
}

fn processor(file: &ElfFile<'_>, machine: Machine) -> Result<Option<Processor>, ElfError> {
    match machine {
        Machine::Arm => {
            let section = file.section_by_name(ARM_ATTRIBUTES);
            section.map(|section| Processor::of_attributes(section.data)).transpose()
        }
        Machine::Riscv32 => Ok(Some(Processor::of_riscv_flags(Architecture::Rv32, file.flags()))),
        Machine::Riscv64 => Ok(Some(Processor::of_riscv_flags(Architecture::Rv64, file.flags()))),
    }
}

/// A kernel that was stripped has no symbols, so that only its exports are left to decide.
fn loader(file: &ElfFile<'_>, exports: &BTreeMap<String, u64>) -> Loader {
    if file.symbols().next().is_none() {
        return Loader::of_exports(exports);
    }
    let entry = file.symbol_by_name(loader::ENTRY);
    let has_ours = entry.is_some_and(|entry| entry.is_global() && !entry.is_undefined());
    if has_ours { Loader::Glue } else { Loader::Dlmodule }
}

/// The scheduler has a list head of two pointers for each priority.
fn priority_max(file: &ElfFile<'_>, machine: Machine) -> Option<u32> {
    let size = file.symbol_by_name("rt_thread_priority_table")?.size();
    u32::try_from(size / u64::from(2 * machine.word())).ok().filter(|&count| count > 0)
}
