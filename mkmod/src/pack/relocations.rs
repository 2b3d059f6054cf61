//! Relocations: those for the module's own symbols are settled here, the others are left to the loader.

use super::layout::Layout;
use super::{PackError, Shared};
use crate::link::diagnostic;
use crate::link::module::{Import, Relocation, RelocationKind};
use crate::machine::Machine;
use format::{Addend, Isa, ReadError, Symbol, elf};
use std::collections::BTreeSet;

/// A relocation of the shared object.
struct Linked<A> {
    machine: Machine,
    place: u32,
    kind: u32,
    symbol: Option<Named>,
    addend: A,
}

/// What relocations of a type do, on whichever machine.
enum Kind {
    /// The address of the image is added.
    Relative,
    /// The address of the symbol is added.
    Absolute,
    /// The word becomes the address of the symbol.
    GlobalData,
    /// The same, in a procedure linkage table.
    JumpSlot,
}

struct Named {
    name: String,
    symbol: Symbol,
}

/// The imports, and what is left to be relocated in the bytes of the image.
///
/// # Errors
/// When a relocation can't be had in a module.
pub fn settle<I: Isa>(
    shared: &Shared<'_, I>,
    machine: Machine,
    layout: &Layout,
    bytes: &mut [u8],
) -> Result<(Vec<Import>, Vec<Relocation>), PackError> {
    let linked = read(shared, machine)?;
    let imports: BTreeSet<Import> = linked.iter().filter_map(Linked::import).collect();
    let imports: Vec<Import> = imports.into_iter().collect();
    let mut relocations = vec![];
    for relocation in &linked {
        let word = layout.word(relocation.place, machine.word())?;
        let place = word.start as u64;
        let import = relocation.import().and_then(|import| imports.binary_search(&import).ok());
        let kind = match import {
            Some(import) => {
                let kind = relocation.imported(import)?;
                match kind {
                    RelocationKind::Absolute(_) => relocation.carry(&mut bytes[word]),
                    // The loader replaces the word. What stands there, an address in the linkage table, has moved.
                    _ => bytes[word].fill(0),
                }
                kind
            }
            None => {
                let word = &mut bytes[word];
                let before = word.iter().rev().fold(0, |value, &byte| value << 8 | u64::from(byte));
                let address = u64::from(layout.moved_from(relocation.own(before)?, relocation.place)?);
                word.copy_from_slice(&address.to_le_bytes()[..word.len()]);
                RelocationKind::Relative
            }
        };
        relocations.push(Relocation { kind, place });
    }
    Ok((imports, relocations))
}

fn read<I: Isa>(shared: &Shared<'_, I>, machine: Machine) -> Result<Vec<Linked<I::Addend>>, PackError> {
    let mut found = vec![];
    shared.file.each_relocation(&mut |relocation| {
        let kind = relocation.kind;
        // The same number on each machine.
        if kind != elf::R_ARM_NONE {
            let symbol = symbol(shared, relocation.symbol)?;
            found.push(Linked { machine, place: relocation.place, kind, symbol, addend: relocation.addend });
        }
        Ok(())
    })?;
    Ok(found)
}

fn symbol<I: Isa>(shared: &Shared<'_, I>, index: u32) -> Result<Option<Named>, ReadError> {
    let symbol = shared.file.symbols().get(index)?.filter(|_| index != 0);
    let Some(symbol) = symbol else { return Ok(None) };
    let name = shared.file.symbol_name(&symbol)?;
    Ok(Some(Named { name: name.map(|name| name.to_string()).unwrap_or_default(), symbol }))
}

impl<A: Addend> Linked<A> {
    fn import(&self) -> Option<Import> {
        let named = self.symbol.as_ref().filter(|named| named.symbol.is_import())?;
        Some(Import { name: named.name.clone(), binding: named.symbol.binding })
    }

    fn kind(&self) -> Result<Kind, PackError> {
        match (self.machine, self.kind) {
            (machine, kind) if kind == machine.address_relocation() => Ok(Kind::Absolute),
            (Machine::Arm, elf::R_ARM_RELATIVE) => Ok(Kind::Relative),
            (Machine::Arm, elf::R_ARM_GLOB_DAT) => Ok(Kind::GlobalData),
            (Machine::Arm, elf::R_ARM_JUMP_SLOT) => Ok(Kind::JumpSlot),
            (Machine::Riscv32 | Machine::Riscv64, elf::R_RISCV_RELATIVE) => Ok(Kind::Relative),
            (Machine::Riscv32 | Machine::Riscv64, elf::R_RISCV_JUMP_SLOT) => Ok(Kind::JumpSlot),
            _ => Err(self.refused()),
        }
    }

    /// What the loader does for the import at that index.
    fn imported(&self, import: usize) -> Result<RelocationKind, PackError> {
        match self.kind()? {
            Kind::Relative => Err(self.refused()),
            Kind::Absolute => Ok(RelocationKind::Absolute(import)),
            Kind::GlobalData => Ok(RelocationKind::GlobalData(import)),
            Kind::JumpSlot => Ok(RelocationKind::JumpSlot(import)),
        }
    }

    /// Puts the addend where the writer of the module looks for it: at its place.
    fn carry(&self, word: &mut [u8]) {
        let before = word.iter().rev().fold(0, |value, &byte| value << 8 | u64::from(byte));
        word.copy_from_slice(&self.addend.of(before).to_le_bytes()[..word.len()]);
    }

    /// The address in the shared object that the word becomes.
    fn own(&self, word: u64) -> Result<u32, PackError> {
        let value = self.symbol.as_ref().map_or(0, |named| u64::from(named.symbol.value));
        let address = match self.kind()? {
            Kind::Relative => self.addend.of(word),
            Kind::Absolute => self.addend.of(word).wrapping_add(value),
            Kind::GlobalData | Kind::JumpSlot => value,
        };
        // What wraps around is an address of 32 bits; of 64 bits, what is past 4 GiB is in no image.
        let last = match self.machine {
            Machine::Arm | Machine::Riscv32 => address & u64::from(u32::MAX),
            Machine::Riscv64 => address,
        };
        Ok(u32::try_from(last).unwrap_or(u32::MAX))
    }

    fn refused(&self) -> PackError {
        let symbol = self.symbol.as_ref().map(|named| named.name.as_str()).unwrap_or_default();
        let kind = self.machine.relocation_name(self.kind);
        PackError::Wrong(diagnostic::relocation(&kind, symbol, self.place.into()))
    }
}
