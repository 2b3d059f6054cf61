//! Relocations, which are read when someone asks for them.

use goblin::container::Ctx;
use goblin::elf::reloc::{Reloc, RelocSection};

use super::symbol::SymbolTable;
use super::{ElfError, Section, Symbol};

/// A relocation. Its addend is not told: what it has come to stands at its place.
#[derive(Clone, Copy, Debug)]
pub struct Relocation<'data> {
    /// Its address; in an object, its distance from the beginning of the section.
    pub place: u64,
    /// Its type, a number of the machine's ABI.
    pub kind: u32,
    /// What it refers to.
    pub symbol: Option<Symbol<'data>>,
}

impl<'data> Relocation<'data> {
    fn new(found: Reloc, symbols: &SymbolTable<'data>) -> Result<Self, ElfError> {
        let (place, symbol) = (found.r_offset, found.r_sym);
        let symbol = match symbol {
            0 => None,
            _ => Some(symbols.get(symbol).ok_or(ElfError::RelocationSymbol { place, symbol })?),
        };
        Ok(Self { place, kind: found.r_type, symbol })
    }
}

/// The relocations in a section, if it has some.
pub(super) fn relocations<'data>(
    section: &Section<'data>,
    symbols: &SymbolTable<'data>,
    context: Ctx,
) -> impl Iterator<Item = Result<Relocation<'data>, ElfError>> {
    let table = section.has_addends().and_then(|has_addends| {
        // It only fails where there is nothing to read.
        RelocSection::parse(section.data, 0, section.data.len(), has_addends, context).ok()
    });
    let found = table.into_iter().flat_map(|table| table.iter());
    found.map(|found| Relocation::new(found, symbols))
}
