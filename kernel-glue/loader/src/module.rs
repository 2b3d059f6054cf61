//! A module's tables, found and bounded.

use crate::{
    Error, Header, Isa, Name, Relocation, Section, SectionKind, Segment, Source, Symbol, Table,
    class::{Layout, size},
};
use core::{marker::PhantomData, num::NonZero};

/// A module for the instruction set `I`, as far as its ELF header is right.
///
/// What the header's tables say is not verified yet: [`Module::verify`] does that.
#[derive(Clone, Copy, Debug)]
pub struct Module<S, I> {
    source: S,
    header: Header,
    isa: PhantomData<I>,
}

/// A symbol table with the names of its symbols.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SymbolTable {
    offset: u32,
    size: u32,
    pub names: Names,
}

/// Where the names of a section are in the file.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Names {
    offset: u32,
    size: NonZero<u32>,
}

impl<S: Source, I: Isa> Module<S, I> {
    /// Reads the ELF header.
    ///
    /// # Errors
    /// When the file is no module for this instruction set at all.
    pub fn read(source: S) -> Result<Self, Error> {
        let header = Header::read::<I>(&source)?;
        Ok(Self { source, header, isa: PhantomData })
    }

    /// The ELF header.
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// The file.
    pub fn source(&self) -> &S {
        &self.source
    }

    /// The segments, in the order of the file.
    pub fn segments(&self) -> Table<'_, S, I::Class, Segment> {
        Table::new(&self.source, self.header.segments_offset, self.header.segment_count.into())
    }

    /// The sections, in the order of the file. The first is of no use.
    pub fn sections(&self) -> Table<'_, S, I::Class, Section> {
        Table::new(&self.source, self.header.sections_offset, self.header.section_count.into())
    }

    /// The name of a section, or `None` if it has none.
    ///
    /// # Errors
    /// When the file can't be read there.
    pub fn section_name(&self, section: &Section) -> Result<Option<Name>, S::Error> {
        self.name(self.names(self.header.names_section.into())?, section.name)
    }

    /// Whether the file has the section's name.
    pub(crate) fn has_name(&self, section: &Section) -> Result<bool, S::Error> {
        let names = self.names(self.header.names_section.into())?;
        Ok(names.is_some_and(|names| names.has(section.name)))
    }

    /// The section of symbols that the kernel sees.
    ///
    /// # Errors
    /// When the file can't be read there.
    pub fn dynamic_symbols(&self) -> Result<Option<Section>, S::Error> {
        self.sections().find_map(is_kind(SectionKind::DynamicSymbols)).transpose()
    }

    /// Calls `work` for each symbol that the kernel sees, and its name.
    ///
    /// # Errors
    /// When the file can't be read there.
    pub fn each_dynamic_symbol(&self, work: &mut dyn FnMut(&Symbol, &Name)) -> Result<(), S::Error> {
        let mut name = Name::default();
        for (index, section) in (0..).zip(self.sections()) {
            if section?.kind != SectionKind::DynamicSymbols {
                continue;
            }
            let Some(table) = self.symbol_table(index)? else {
                continue;
            };
            for symbol in self.symbols_of(&table) {
                let symbol = symbol?;
                if self.read_name(&table.names, symbol.name, &mut name)? {
                    work(&symbol, &name);
                }
            }
        }
        Ok(())
    }

    /// The symbols in a section of symbols.
    pub fn symbols(&self, section: &Section) -> Table<'_, S, I::Class, Symbol> {
        self.records(section.offset, section.size)
    }

    /// The symbols of `table`.
    pub(crate) fn symbols_of(&self, table: &SymbolTable) -> Table<'_, S, I::Class, Symbol> {
        self.records(table.offset, table.size)
    }

    /// The relocations in a section of relocations.
    pub fn relocations(&self, section: &Section) -> Table<'_, S, I::Class, Relocation<I::Addend>> {
        self.records(section.offset, section.size)
    }

    /// The name of a symbol in the section `symbols`, or `None` if the file has no such name.
    ///
    /// # Errors
    /// When the file can't be read there.
    pub fn symbol_name(&self, symbols: &Section, symbol: &Symbol) -> Result<Option<Name>, S::Error> {
        self.name(self.names(symbols.link)?, symbol.name)
    }

    /// The symbols in the section at `index`, or `None` if it has something else.
    pub(crate) fn symbol_table(&self, index: u32) -> Result<Option<SymbolTable>, S::Error> {
        let Some(symbols) = self.sections().get(index)? else {
            return Ok(None);
        };
        if !matches!(symbols.kind, SectionKind::DynamicSymbols | SectionKind::Symbols) {
            return Ok(None);
        }
        let Section { offset, size, link, .. } = symbols;
        Ok(self.names(link)?.map(|names| SymbolTable { offset, size, names }))
    }

    /// The names in the section at `index`, or `None` if it has something else, or nothing.
    pub(crate) fn names(&self, index: u32) -> Result<Option<Names>, S::Error> {
        let section = self.sections().get(index)?.filter(|section| section.kind == SectionKind::Names);
        Ok(section.and_then(|section| Some(Names { offset: section.offset, size: NonZero::new(section.size)? })))
    }

    fn name(&self, names: Option<Names>, offset: u32) -> Result<Option<Name>, S::Error> {
        let mut name = Name::default();
        Ok(match names {
            Some(names) => self.read_name(&names, offset, &mut name)?.then_some(name),
            None => None,
        })
    }

    /// Reads the name at `offset` among `names`. `false`: it does not end there.
    pub(crate) fn read_name(&self, names: &Names, offset: u32, name: &mut Name) -> Result<bool, S::Error> {
        match names.extent(offset) {
            Some((start, end)) => name.read(&self.source, start, end),
            None => Ok(false),
        }
    }

    fn records<T>(&self, offset: u32, bytes: u32) -> Table<'_, S, I::Class, T>
    where
        I::Class: Layout<T>,
    {
        Table::new(&self.source, offset, bytes.checked_div(size::<I::Class, T>().into()).unwrap_or_default())
    }
}

impl Names {
    /// Whether one of them is at `offset`.
    pub fn has(&self, offset: u32) -> bool {
        offset < self.size.get()
    }

    /// Where the name at `offset` begins in the file, and where the last one ends.
    pub fn extent(&self, offset: u32) -> Option<(u32, u32)> {
        let start = self.offset.checked_add(offset).filter(|_| self.has(offset))?;
        Some((start, self.offset.checked_add(self.size.get())?))
    }
}

/// Picks the sections of one kind, and errors.
pub(crate) fn is_kind<E>(kind: SectionKind) -> impl FnMut(Result<Section, E>) -> Option<Result<Section, E>> {
    move |section| match section {
        Ok(section) if section.kind != kind => None,
        section => Some(section),
    }
}
