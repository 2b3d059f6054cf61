//! The ELF file that a module was made from: its sections, symbols and references.

use std::collections::HashSet;
use std::ops::Range;

use super::Place;
use crate::elf::{self, ElfError, ElfFile, SymbolKind};
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
    pub fn read(file: &ElfFile<'_>, resident: u64) -> Result<Self, ElfError> {
        let mut program = Self { sections: vec![], symbols: vec![], references: vec![] };
        let mut indices = HashSet::new();
        for section in file.sections().filter(|section| is_in_image(section, resident)) {
            indices.insert(section.index);
            program.references.extend(references(file, section)?);
            program.sections.push(Section {
                name: section.name.to_owned(),
                range: section.range(),
                place: place(section),
                bytes: section.data.to_owned(),
            });
        }
        program.sections.sort_by_key(|section| section.range.start);
        let mut unit = None;
        for symbol in file.symbols() {
            let name = symbol.name()?;
            if symbol.kind() == SymbolKind::File {
                unit = Some(name.to_owned());
            }
            if symbol.section().is_some_and(|index| indices.contains(&index)) && is_function_or_variable(&symbol) {
                program.symbols.push(Symbol { name: name.to_owned(), range: symbol.range(), unit: unit.clone() });
            }
        }
        Ok(program)
    }
}

fn is_in_image(section: &elf::Section<'_>, resident: u64) -> bool {
    section.is_loaded() && section.range().end <= resident
}

fn place(section: &elf::Section<'_>) -> Place {
    match section {
        _ if section.is_zeroed() => Place::Bss,
        _ if section.is_code() => Place::Text,
        _ if section.is_constant() => Place::Rodata,
        _ => Place::Data,
    }
}

/// Excludes section symbols and the mapping symbols of the Arm ABI (`$t`).
fn is_function_or_variable(symbol: &elf::Symbol<'_>) -> bool {
    let is_named = symbol.name().is_ok_and(|name| !name.is_empty() && !name.starts_with('$'));
    is_named && !matches!(symbol.kind(), SymbolKind::Section | SymbolKind::File)
}

fn references(file: &ElfFile<'_>, section: &elf::Section<'_>) -> Result<Vec<Reference>, ElfError> {
    let mut found = vec![];
    let Some(machine) = Machine::of(file) else { return Ok(found) };
    for relocation in file.relocations(section) {
        let elf::Relocation { place: from, kind, symbol: Some(symbol) } = relocation? else { continue };
        let usage = Usage::of(machine, kind);
        let to = match symbol.kind() {
            _ if symbol.is_undefined() => None,
            // A distance to a section does not say to which place in it.
            SymbolKind::Section if usage == Usage::Address => section.word(from, machine.word()),
            SymbolKind::Section => None,
            _ => Some(symbol.start()),
        };
        let is_branch = usage == Usage::Branch;
        found.extend(to.map(|to| Reference { from, to, is_branch }));
    }
    Ok(found)
}
