//! Symbols, which are read when someone asks for them.

use std::ops::Range;

use goblin::container::Ctx;
use goblin::elf::section_header::{SHN_ABS, SHN_LORESERVE, SHN_UNDEF};
use goblin::elf::sym::{
    STB_LOCAL, STB_WEAK, STT_COMMON, STT_FILE, STT_FUNC, STT_GNU_IFUNC, STT_OBJECT, STT_SECTION, STV_HIDDEN, Sym,
    Symtab,
};

use super::strings::{bytes_at, string_at};
use super::{ElfError, Section};

/// A symbol.
#[derive(Clone, Copy, Debug)]
pub struct Symbol<'data> {
    symbol: Sym,
    names: &'data [u8],
}

/// What a symbol names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SymbolKind {
    /// A function.
    Function,
    /// A function that chooses another one at load time.
    IndirectFunction,
    /// A variable or a constant.
    Variable,
    /// A section.
    Section,
    /// The source file of the symbols behind it.
    File,
    /// Something else, or it is not told.
    Other,
}

impl<'data> Symbol<'data> {
    /// Its name.
    ///
    /// # Errors
    /// When it is not in the table of names, or not UTF-8.
    pub fn name(&self) -> Result<&'data str, ElfError> {
        let name = string_at(self.names, self.symbol.st_name);
        name.ok_or(ElfError::SymbolName { value: self.symbol.st_value })
    }

    /// Whether that is its name.
    pub fn is_named(&self, name: &str) -> bool {
        bytes_at(self.names, self.symbol.st_name) == Some(name.as_bytes())
    }

    /// Its address, in the way of a pointer: that of a Thumb function has the Thumb bit.
    pub fn address(&self) -> u64 {
        self.symbol.st_value
    }

    /// The address of its first byte.
    pub fn start(&self) -> u64 {
        self.address() & !u64::from(self.is_function())
    }

    /// Its size in bytes; 0 if it is not told.
    pub fn size(&self) -> u64 {
        self.symbol.st_size
    }

    /// The addresses of its bytes.
    pub fn range(&self) -> Range<u64> {
        self.start()..self.start().saturating_add(self.size())
    }

    /// What it names.
    pub fn kind(&self) -> SymbolKind {
        match self.symbol.st_type() {
            STT_FUNC => SymbolKind::Function,
            STT_GNU_IFUNC => SymbolKind::IndirectFunction,
            STT_OBJECT | STT_COMMON => SymbolKind::Variable,
            STT_SECTION => SymbolKind::Section,
            STT_FILE => SymbolKind::File,
            _ => SymbolKind::Other,
        }
    }

    /// Whether it names a function of either kind.
    pub fn is_function(&self) -> bool {
        matches!(self.kind(), SymbolKind::Function | SymbolKind::IndirectFunction)
    }

    /// The number of the section that it is in, if it is in one.
    pub fn section(&self) -> Option<usize> {
        let section = self.symbol.st_shndx;
        (section != SHN_UNDEF as usize && section < SHN_LORESERVE as usize).then_some(section)
    }

    /// Whether it is defined elsewhere.
    pub fn is_undefined(&self) -> bool {
        self.symbol.st_shndx == SHN_UNDEF as usize
    }

    /// Whether it is a number, and no place in the program.
    pub fn is_absolute(&self) -> bool {
        self.symbol.st_shndx == SHN_ABS as usize
    }

    /// Whether the program does without it where it is not defined.
    pub fn is_weak(&self) -> bool {
        self.symbol.st_bind() == STB_WEAK
    }

    /// Whether other objects of the program see it. A linker makes it local if it is hidden from other programs.
    pub fn is_global(&self) -> bool {
        self.symbol.st_bind() != STB_LOCAL || self.symbol.st_visibility() == STV_HIDDEN
    }
}

/// A table of symbols.
#[derive(Default)]
pub(super) struct SymbolTable<'data> {
    /// The number of its section; 0 if there is none.
    pub section: usize,
    symbols: Symtab<'data>,
    names: &'data [u8],
}

impl<'data> SymbolTable<'data> {
    /// Of the first section of that type.
    pub fn find(kind: u32, sections: &[Section<'data>], context: Ctx) -> Self {
        let Some(section) = sections.iter().find(|section| section.is(kind)) else { return Self::default() };
        let count = section.data.len() / Sym::size(context.container);
        // It only fails where there is nothing to read.
        let symbols = Symtab::parse(section.data, 0, count, context).unwrap_or_default();
        let names = sections.get(section.link).map_or(&[][..], |names| names.data);
        Self { section: section.index, symbols, names }
    }

    pub fn get(&self, index: usize) -> Option<Symbol<'data>> {
        Some(self.symbol(self.symbols.get(index)?))
    }

    /// All but the first, which is none.
    pub fn iter(&self) -> impl Iterator<Item = Symbol<'data>> {
        self.symbols.iter().skip(1).map(|symbol| self.symbol(symbol))
    }

    fn symbol(&self, symbol: Sym) -> Symbol<'data> {
        Symbol { symbol, names: self.names }
    }
}
