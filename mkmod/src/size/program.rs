//! The ELF file that a module was made from: its sections, symbols and references.

use std::collections::HashSet;
use std::ops::Range;

use object::elf;
use object::{
    Object as _, ObjectSection as _, ObjectSymbol as _, RelocationFlags, RelocationTarget, SectionFlags, SymbolKind,
};

use super::Place;
use crate::link::usage::Usage;
use crate::machine::Machine;

/// The part of the ELF file that is loaded.
pub struct Program {
    /// The loaded sections, in the order of their addresses.
    pub sections: Vec<Section>,
    /// Functions and variables.
    pub symbols: Vec<Symbol>,
    /// The relocations that the linker has applied, if it has kept them (`--emit-relocs`).
    pub references: Vec<Reference>,
}

/// A section of the image.
pub struct Section {
    /// Its name.
    pub name: String,
    /// Its addresses.
    pub range: Range<u64>,
    /// The kind of its memory.
    pub place: Place,
    /// Its contents; empty for zeros.
    pub bytes: Vec<u8>,
}

/// A function or a variable.
pub struct Symbol {
    /// Its name as in the ELF file.
    pub name: String,
    /// Its addresses. An empty range: it ends at the next symbol.
    pub range: Range<u64>,
    /// The source file or the codegen unit that it comes from.
    pub unit: Option<String>,
}

/// A reference from one address to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reference {
    /// The address of the reference.
    pub from: u64,
    /// The address that it refers to.
    pub to: u64,
    /// Whether it is a call or a jump.
    pub is_branch: bool,
}

impl Program {
    /// Reads the image, which starts at address 0 and has `resident` bytes.
    pub fn read(file: &object::File<'_>, resident: u64) -> object::read::Result<Self> {
        let mut program = Self { sections: vec![], symbols: vec![], references: vec![] };
        let mut indices = HashSet::new();
        for section in file.sections().filter(|section| is_in_image(section, resident)) {
            indices.insert(section.index());
            program.references.extend(references(file, &section)?);
            program.sections.push(Section {
                name: section.name()?.to_owned(),
                range: section.address()..section.address() + section.size(),
                place: place(&section)?,
                bytes: section.data()?.to_owned(),
            });
        }
        program.sections.sort_by_key(|section| section.range.start);
        let mut unit = None;
        for symbol in file.symbols() {
            let name = symbol.name()?;
            if symbol.kind() == SymbolKind::File {
                unit = Some(name.to_owned());
            }
            if symbol.section_index().is_some_and(|index| indices.contains(&index)) && is_function_or_variable(&symbol)
            {
                let start = start(&symbol);
                let range = start..start + symbol.size();
                program.symbols.push(Symbol { name: name.to_owned(), range, unit: unit.clone() });
            }
        }
        Ok(program)
    }
}

fn is_in_image(section: &object::Section<'_, '_>, resident: u64) -> bool {
    let is_loaded = matches!(section.flags(), SectionFlags::Elf { sh_flags, .. }
        if sh_flags.contains(elf::SHF_ALLOC) && !sh_flags.contains(elf::SHF_TLS));
    is_loaded && section.size() > 0 && section.address() + section.size() <= resident
}

fn place(section: &object::Section<'_, '_>) -> object::read::Result<Place> {
    let SectionFlags::Elf { sh_flags: flags, .. } = section.flags() else { return Ok(Place::Data) };
    let name = section.name()?;
    // Constants that contain addresses are writable only for the loader.
    let is_constant = name == ".got" || name.starts_with(".data.rel.ro");
    Ok(match section.kind() {
        object::SectionKind::UninitializedData => Place::Bss,
        _ if flags.contains(elf::SHF_EXECINSTR) => Place::Text,
        _ if flags.contains(elf::SHF_WRITE) && !is_constant => Place::Data,
        _ => Place::Rodata,
    })
}

/// Excludes section symbols and the mapping symbols of the Arm ABI (`$t`).
fn is_function_or_variable(symbol: &object::Symbol<'_, '_>) -> bool {
    let is_named = symbol.name().is_ok_and(|name| !name.is_empty() && !name.starts_with('$'));
    is_named && !matches!(symbol.kind(), SymbolKind::Section | SymbolKind::File)
}

/// The address without the bit that marks Thumb code.
fn start(symbol: &object::Symbol<'_, '_>) -> u64 {
    symbol.address() & !u64::from(symbol.kind() == SymbolKind::Text)
}

fn references(file: &object::File<'_>, section: &object::Section<'_, '_>) -> object::read::Result<Vec<Reference>> {
    let mut found = vec![];
    let Some(machine) = Machine::of(file) else { return Ok(found) };
    for (from, relocation) in section.relocations() {
        let (RelocationTarget::Symbol(index), RelocationFlags::Elf { r_type }) =
            (relocation.target(), relocation.flags())
        else {
            continue;
        };
        let symbol = file.symbol_by_index(index)?;
        let usage = Usage::of(machine, r_type);
        let to = match symbol.kind() {
            _ if symbol.is_undefined() => None,
            // A distance to a section does not say to which place in it.
            SymbolKind::Section if usage == Usage::Address => word(section, from, machine),
            SymbolKind::Section => None,
            _ => Some(start(&symbol)),
        };
        let is_branch = usage == Usage::Branch;
        found.extend(to.map(|to| Reference { from, to, is_branch }));
    }
    Ok(found)
}

/// Reads the word at `place`, which contains an address.
fn word(section: &object::Section<'_, '_>, place: u64, machine: Machine) -> Option<u64> {
    let offset = usize::try_from(place.checked_sub(section.address())?).ok()?;
    let word = section.data().ok()?.get(offset..)?.get(..machine.word() as usize)?;
    Some(word.iter().rev().fold(0, |address, &byte| address << 8 | u64::from(byte)))
}
