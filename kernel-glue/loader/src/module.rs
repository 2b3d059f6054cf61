//! A module's file, as far as its ELF header is right.

use crate::Tables;
use core::marker::PhantomData;
use format::{
    Code, Diagnostic, Header, Isa, Name, Section, SectionKind, Segment, Source, Span, Table, diagnostic::WholeFile,
    header,
};

/// A module for the instruction set `I`.
///
/// What its tables say is not verified yet: [`Module::verify`] does that.
#[derive(Clone, Copy, Debug)]
pub struct Module<S, I> {
    source: S,
    header: Header,
    /// The first segment, which is looked at again and again: it is the only one of a module of `mkmod`.
    first_segment: Option<Segment>,
    pub(crate) tables: Tables,
    isa: PhantomData<I>,
}

impl<S: Source, I: Isa> Module<S, I> {
    /// Reads the ELF header. [`Module::find_tables`] is next.
    ///
    /// # Errors
    /// When the file is no module for this instruction set at all.
    pub fn read(source: S) -> Result<Self, Diagnostic<WholeFile>> {
        let error = |error| Diagnostic::new(WholeFile, Code::NoModule(error));
        let header = Header::read::<I>(&source).map_err(error)?;
        let mut module = Self { source, header, first_segment: None, tables: Tables::default(), isa: PhantomData };
        let first = module.segments().get(0);
        module.first_segment = first.map_err(|read| error(header::Error::Read(read.into())))?;
        Ok(module)
    }

    /// The ELF header.
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// The tables, which are empty before they were found.
    pub fn tables(&self) -> &Tables {
        &self.tables
    }

    /// The file.
    pub fn source(&self) -> &S {
        &self.source
    }

    /// The segments, in the order of the file.
    pub fn segments(&self) -> Table<'_, S, I::Class, Segment> {
        Table::new(&self.source, self.header.segments_offset, self.header.segment_count.into())
    }

    /// Whether the module was made by `mkmod`: its note has a checksum of the whole file.
    pub fn is_sealed(&self) -> bool {
        self.tables.claims.is_some()
    }

    /// The segment that is looked at most.
    pub(crate) fn first_segment(&self) -> Option<&Segment> {
        self.first_segment.as_ref()
    }

    /// The segment at `index`, or `None` past the last one.
    #[inline(never)] // for the sake of the stack
    pub(crate) fn segment(&self, index: u32) -> Result<Option<Segment>, S::Error> {
        if index == 0 { Ok(self.first_segment) } else { self.segments().get(index) }
    }

    /// The sections, in the order of the file. The first holds nothing.
    pub fn sections(&self) -> Table<'_, S, I::Class, Section> {
        Table::new(&self.source, self.header.sections_offset, self.header.section_count.into())
    }

    /// The name of a section, or `None` if it has none.
    ///
    /// # Errors
    /// When the file can't be read there.
    pub fn section_name(&self, section: &Section) -> Result<Option<Name>, S::Error> {
        let names = self.sections().get(self.header.names_section.into())?;
        match names.filter(|names| names.kind == SectionKind::NAMES) {
            Some(names) => {
                let mut name = Name::default();
                Ok(read_name(&self.source, names.bytes(), section.name, &mut name)?.then_some(name))
            }
            None => Ok(None),
        }
    }

    /// Reads the name at `offset` among those of the symbols. `false`: it does not end there.
    pub(crate) fn read_name(&self, offset: u32, name: &mut Name) -> Result<bool, S::Error> {
        read_name(&self.source, self.tables.names, offset, name)
    }

    /// The records in a part of the file.
    pub(crate) fn records<T>(&self, bytes: Span) -> Table<'_, S, I::Class, T>
    where
        I::Class: format::Layout<T>,
    {
        let size = u32::from(format::class::size::<I::Class, T>());
        Table::new(&self.source, bytes.start, bytes.size.checked_div(size).unwrap_or_default())
    }
}

fn read_name<S: Source>(source: &S, names: Span, offset: u32, name: &mut Name) -> Result<bool, S::Error> {
    match name_in(names, offset) {
        Some((start, end)) => name.read(source, start, end),
        None => Ok(false),
    }
}

/// Where the name at `offset` among `names` begins, and where it ends at the latest.
pub(crate) fn name_in(names: Span, offset: u32) -> Option<(u32, u32)> {
    let (start, end) = (names.start.checked_add(offset)?, names.start.checked_add(names.size)?);
    (start < end).then_some((start, end))
}
