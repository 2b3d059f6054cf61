//! Relocations: those for the module's own symbols are settled here, the others are left to the loader.

use super::layout::Layout;
use super::{PackError, Tables};
use crate::link::module::{Relocation, RelocationKind};
use crate::link::usage::arm_name;
use loader::{SectionKind, Symbol};
use object::elf::{self, RelocationType};
use std::collections::BTreeSet;

/// A relocation of the shared object.
struct Linked {
    place: u32,
    kind: RelocationType,
    symbol: Option<Named>,
}

struct Named {
    name: String,
    symbol: Symbol,
}

/// The imports, and what is left to be relocated in the bytes of the image.
///
/// # Errors
/// When a relocation can't be had in a module.
pub fn settle(
    tables: &Tables<'_>,
    layout: &Layout,
    bytes: &mut [u8],
) -> Result<(Vec<String>, Vec<Relocation>), PackError> {
    let linked = read(tables)?;
    let imports: BTreeSet<&str> = linked.iter().filter_map(Linked::import).collect();
    let imports: Vec<String> = imports.into_iter().map(str::to_owned).collect();
    let mut relocations = vec![];
    for relocation in &linked {
        let word = layout.word(relocation.place)?;
        let place = word.start as u64;
        let import = relocation.import().and_then(|name| imports.binary_search_by(|it| it.as_str().cmp(name)).ok());
        let kind = match import {
            Some(import) => relocation.imported(import)?,
            None => {
                let word = &mut bytes[word];
                let addend = word.iter().rev().fold(0, |value, &byte| value << 8 | u32::from(byte));
                let address = layout.moved_from(relocation.own(addend)?, relocation.place)?;
                word.copy_from_slice(&address.to_le_bytes());
                RelocationKind::Relative
            }
        };
        relocations.push(Relocation { kind, place });
    }
    relocations.sort();
    Ok((imports, relocations))
}

fn read(tables: &Tables<'_>) -> Result<Vec<Linked>, PackError> {
    let mut found = vec![];
    for section in tables.sections() {
        let section = section?;
        if section.kind != SectionKind::Rel {
            continue;
        }
        let symbols = tables.sections().get(section.link)?.ok_or(PackError::Damaged)?;
        for relocation in tables.relocations(&section) {
            let relocation = relocation?;
            let kind = RelocationType(relocation.kind);
            if kind == elf::R_ARM_NONE {
                continue;
            }
            let symbol = match tables.symbols(&symbols).get(relocation.symbol)? {
                Some(symbol) if relocation.symbol != 0 => {
                    let name = tables.symbol_name(&symbols, &symbol)?;
                    Some(Named { name: name.map(|name| name.to_string()).unwrap_or_default(), symbol })
                }
                _ => None,
            };
            found.push(Linked { place: relocation.place, kind, symbol });
        }
    }
    Ok(found)
}

impl Linked {
    fn import(&self) -> Option<&str> {
        self.symbol.as_ref().filter(|named| named.symbol.is_import()).map(|named| named.name.as_str())
    }

    /// What the loader does for the import at that index.
    fn imported(&self, import: usize) -> Result<RelocationKind, PackError> {
        match self.kind {
            elf::R_ARM_ABS32 => Ok(RelocationKind::Absolute(import)),
            elf::R_ARM_GLOB_DAT => Ok(RelocationKind::GlobalData(import)),
            elf::R_ARM_JUMP_SLOT => Ok(RelocationKind::JumpSlot(import)),
            _ => Err(self.refused()),
        }
    }

    /// The address in the shared object that the word `addend` becomes.
    fn own(&self, addend: u32) -> Result<u32, PackError> {
        let value = self.symbol.as_ref().map_or(0, |named| named.symbol.value);
        match self.kind {
            elf::R_ARM_RELATIVE => Ok(addend),
            elf::R_ARM_ABS32 => Ok(addend.wrapping_add(value)),
            elf::R_ARM_GLOB_DAT | elf::R_ARM_JUMP_SLOT => Ok(value),
            _ => Err(self.refused()),
        }
    }

    fn refused(&self) -> PackError {
        let symbol = self.symbol.as_ref().map(|named| named.name.clone()).unwrap_or_default();
        PackError::Relocation { kind: arm_name(self.kind), place: self.place, symbol }
    }
}
