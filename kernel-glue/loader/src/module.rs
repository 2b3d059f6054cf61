//! A module's tables, found and bounded.

use crate::{
    Error, Header, Isa, Name, ReadError, Relocation, Section, SectionKind, Segment, Source, Symbol,
    table::{Record, Table},
};
use core::marker::PhantomData;

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
    pub symbols: Section,
    pub names: Section,
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
    pub fn segments(&self) -> Table<'_, S, Segment> {
        Table::new(&self.source, self.header.segments_offset, self.header.segment_count.into())
    }

    /// The sections, in the order of the file. The first is of no use.
    pub fn sections(&self) -> Table<'_, S, Section> {
        Table::new(&self.source, self.header.sections_offset, self.header.section_count.into())
    }

    /// The name of a section, or `None` if it has none.
    ///
    /// # Errors
    /// When the file can't be read there.
    pub fn section_name(&self, section: &Section) -> Result<Option<Name>, ReadError> {
        match self.sections().get(self.header.names_section.into())? {
            Some(names) => self.name(&names, section.name),
            None => Ok(None),
        }
    }

    /// The section of symbols that the kernel sees.
    ///
    /// # Errors
    /// When the file can't be read there.
    pub fn dynamic_symbols(&self) -> Result<Option<Section>, ReadError> {
        self.sections().find_map(is_kind(SectionKind::DynamicSymbols)).transpose()
    }

    /// The symbols in a section of symbols.
    pub fn symbols(&self, section: &Section) -> Table<'_, S, Symbol> {
        self.records(section, Symbol::SIZE)
    }

    /// The relocations in a section of relocations.
    pub fn relocations(&self, section: &Section) -> Table<'_, S, Relocation> {
        self.records(section, Relocation::SIZE)
    }

    /// The name of a symbol in the section `symbols`, or `None` if the file has no such name.
    ///
    /// # Errors
    /// When the file can't be read there.
    pub fn symbol_name(&self, symbols: &Section, symbol: &Symbol) -> Result<Option<Name>, ReadError> {
        match self.sections().get(symbols.link)? {
            Some(names) => self.name(&names, symbol.name),
            None => Ok(None),
        }
    }

    /// The symbols that a section of relocations refers to, or `None` if it refers to something else.
    pub(crate) fn symbol_table(&self, relocations: &Section) -> Result<Option<SymbolTable>, ReadError> {
        let Some(symbols) = self.sections().get(relocations.link)? else {
            return Ok(None);
        };
        if !matches!(symbols.kind, SectionKind::DynamicSymbols | SectionKind::Symbols) {
            return Ok(None);
        }
        let names = self.sections().get(symbols.link)?;
        let names = names.filter(|names| names.kind == SectionKind::Names);
        Ok(names.map(|names| SymbolTable { symbols, names }))
    }

    /// The name at `offset` in the section `names`, or `None` if it does not end there.
    pub(crate) fn name(&self, names: &Section, offset: u32) -> Result<Option<Name>, ReadError> {
        if names.kind != SectionKind::Names || offset >= names.size {
            return Ok(None);
        }
        match (names.offset.checked_add(offset), names.offset.checked_add(names.size)) {
            (Some(start), Some(end)) => Name::read(&self.source, start, end),
            _ => Ok(None),
        }
    }

    fn records<T: Record>(&self, section: &Section, size: u16) -> Table<'_, S, T> {
        let count = section.size.checked_div(size.into()).unwrap_or_default();
        Table::new(&self.source, section.offset, count)
    }
}

/// Picks the sections of one kind, and errors.
pub(crate) fn is_kind(
    kind: SectionKind,
) -> impl FnMut(Result<Section, ReadError>) -> Option<Result<Section, ReadError>> {
    move |section| match section {
        Ok(section) if section.kind != kind => None,
        section => Some(section),
    }
}
