//! Where the tables are that a load needs.
//!
//! A module has one of two forms. `mkmod` writes five sections in a fixed order, the last of which is the note. Any other
//! linker writes a dynamic section, which a segment points to; the section table of such a file is not looked at.

use crate::{
    Module, Refused,
    report::{Part, Report, Told},
};
use format::{
    Addend, Class, Code, DynamicEntry, Header, Isa, Name, Relocation, Section, SectionKind, Segment, Source, Span,
    Symbol, Table,
    class::size,
    elf::{
        DT_FINI_ARRAY, DT_FINI_ARRAYSZ, DT_HASH, DT_INIT_ARRAY, DT_INIT_ARRAYSZ, DT_JMPREL, DT_NULL, DT_PLTREL,
        DT_PLTRELSZ, DT_PREINIT_ARRAYSZ, DT_REL, DT_RELA, DT_RELASZ, DT_RELSZ, DT_STRSZ, DT_STRTAB, DT_SYMTAB,
        PT_DYNAMIC,
    },
    note::Claims,
};

/// The tables of a module.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tables {
    /// The symbols that a loader needs, in the file.
    pub symbols: Span,
    /// Their names, in the file.
    pub names: Span,
    /// The relocations, in the file: there can be two tables of them, but in a module of `mkmod` there is one.
    pub relocations: [Span; 2],
    /// The addresses of the functions that are to be called before all others, and of those that are to be called last, in the
    /// image before relocation. A module of `mkmod` tells them by symbols: [`format::symbol::CONSTRUCTORS`].
    pub constructors: Span,
    /// See [`constructors`](Self::constructors).
    pub destructors: Span,
    /// The section with the note of a module of `mkmod`, in the file: the last thing before the image.
    pub note: Span,
    /// The beginning of the note, or `None` if the module was not made by `mkmod`.
    pub claims: Option<Claims>,
}

impl Tables {
    /// How many bytes of the file come before the image of a module of `mkmod`.
    pub(crate) fn head(&self) -> u32 {
        self.note.start.saturating_add(self.note.size)
    }
}

/// How many sections a module of `mkmod` has.
const SECTIONS: u16 = 5;

/// The tags of the dynamic section that are looked at are below this.
const TAGS: usize = 34;

/// What is done with each relocation, until it fails.
pub type EachRelocation<'w, A, E> = &'w mut dyn FnMut(&Relocation<A>) -> Result<(), E>;

impl<S: Source, I: Isa> Module<S, I> {
    /// Reads the header and finds the tables.
    ///
    /// # Errors
    /// When something was reported.
    #[inline(never)] // for the sake of the stack
    pub fn open(source: S, report: Report<'_>) -> Result<Self, Refused> {
        let mut told = Told::new(report);
        match Self::read(source) {
            Ok(mut module) => {
                let tables = module.read_tables(&mut told);
                module.tables = told.finish(tables)?;
                Ok(module)
            }
            Err(diagnostic) => {
                told.tell(Part::File, diagnostic.code);
                Err(Refused)
            }
        }
    }

    /// Whether the note still says what it said at first: then the file was not written to meanwhile.
    pub(crate) fn is_unchanged(&self) -> Result<bool, S::Error> {
        let Some(claims) = &self.tables.claims else {
            return Ok(true);
        };
        let mut checksum = [0; 4];
        self.source().read(claims.place.offset, &mut checksum)?;
        Ok(u32::from_le_bytes(checksum) == claims.checksum)
    }

    /// Whether each part of a module of `mkmod` begins where the one before it ends: headers, note, image, relocations, symbols
    /// and names.
    pub(crate) fn is_in_order(&self) -> Result<bool, S::Error> {
        let header = self.header();
        let of = |count: u16, size: u16| u32::from(count).wrapping_mul(size.into());
        let segments = of(header.segment_count, size::<I::Class, Segment>());
        let sections = of(header.section_count, size::<I::Class, Section>());
        let Tables { symbols, names, relocations: [relocations, _], note, .. } = self.tables;
        let mut end = 0;
        let head = [
            Span { start: 0, size: size::<I::Class, Header>().into() },
            Span { start: header.segments_offset, size: segments },
            Span { start: header.sections_offset, size: sections },
            note,
        ];
        let mut is_in_order = follows(&mut end, &head);
        for index in 0.. {
            let Some(segment) = self.segment(index)? else {
                break;
            };
            is_in_order &= segment.is_loaded() && follows(&mut end, &[segment.bytes()]);
        }
        Ok(is_in_order && follows(&mut end, &[relocations, symbols, names]))
    }

    /// Finds the tables, and reports what is wrong with the first one that is wrong. They are empty then.
    ///
    /// # Errors
    /// When something was reported.
    pub fn find_tables(&mut self, report: Report<'_>) -> Result<(), Refused> {
        let mut told = Told::new(report);
        let tables = self.read_tables(&mut told);
        let tables = told.finish(tables);
        self.tables = tables.unwrap_or_default();
        tables.map(drop)
    }

    /// Whether the ELF header still says what it said at first. What else it says has one right value in a module of `mkmod`.
    pub(crate) fn has_same_header(&self) -> bool {
        let Header { entry, flags, .. } = *self.header();
        Header::read::<I>(self.source()).is_ok_and(|header| header.entry == entry && header.flags == flags)
    }

    /// Reports the first fault.
    #[inline(never)] // for the sake of the size
    fn read_tables(&self, told: &mut Told<'_>) -> Result<Tables, S::Error> {
        for index in 0.. {
            let Some(segment) = self.segment(index)? else {
                break;
            };
            if segment.kind == PT_DYNAMIC {
                return self.dynamic_tables(index, segment.bytes(), told);
            }
        }
        self.section_tables(told)
    }

    #[inline(never)] // for the sake of the stack
    fn section_tables(&self, told: &mut Told<'_>) -> Result<Tables, S::Error> {
        let mut tables = Tables::default();
        if self.header().section_count != SECTIONS {
            told.tell(Part::File, Code::NoTables);
            return Ok(tables);
        }
        let mut spans = [Span::default(); 5];
        let wanted = const {
            [
                (SectionKind::NULL, 1),
                (SectionKind::DYNAMIC_SYMBOLS, size::<I::Class, Symbol>()),
                (SectionKind::NAMES, 1),
                (I::Addend::SECTIONS, size::<I::Class, Relocation<I::Addend>>()),
                (SectionKind::NOTE, 1),
            ]
        };
        for (index, (span, &(kind, record))) in (0..).zip(spans.iter_mut().zip(&wanted)) {
            let Some(section) = self.sections().get(index)? else {
                break;
            };
            *span = Span { start: section.offset, size: section.size };
            if let Some(code) = self.section_fault(section.kind == kind, *span, record) {
                told.tell(Part::Section(index), code);
                return Ok(tables);
            }
        }
        let [_, symbols, names, relocations, note] = spans;
        tables = Tables { symbols, names, relocations: [relocations, Span::default()], note, ..Tables::default() };
        match Claims::read(self.source(), note.start, note.size) {
            Ok(claims) => tables.claims = Some(claims),
            Err(error) => told.tell(Part::Section(4), Code::Note(error)),
        }
        Ok(tables)
    }

    fn section_fault(&self, is_right_kind: bool, bytes: Span, record: u16) -> Option<Code> {
        let length = self.source().length();
        if !is_right_kind {
            Some(Code::SectionKind)
        } else if !bytes.is_within(length) {
            Some(Code::PastTheEnd { bytes: bytes.into(), length: length.into() })
        } else if !bytes.size.is_multiple_of(record.into()) {
            Some(Code::PartialRecord)
        } else {
            None
        }
    }

    /// Whether the last of these names does not end.
    fn is_unterminated(&self, names: Span) -> Result<bool, S::Error> {
        let mut last = [1];
        if let Some(at) = last_byte(names) {
            self.source().read(at, &mut last)?;
        }
        Ok(last != [0])
    }

    /// Whether the names have `text` at `offset`.
    pub(crate) fn has_text<const N: usize>(&self, offset: u32, text: [u8; N]) -> Result<bool, S::Error> {
        let names = self.tables.names;
        let room = names.size.checked_sub(offset).and_then(|room| usize::try_from(room).ok());
        if room.is_none_or(|room| room < N) {
            return Ok(false);
        }
        let mut found = [0; N];
        self.source().read(names.start.saturating_add(offset), &mut found)?;
        Ok(found == text)
    }

    #[inline(never)] // for the sake of the stack
    fn dynamic_tables(&self, index: u32, bytes: Span, told: &mut Told<'_>) -> Result<Tables, S::Error> {
        let length = self.source().length();
        if !bytes.is_within(length) {
            told.tell(Part::Segment(index), Code::PastTheEnd { bytes: bytes.into(), length: length.into() });
            return Ok(Tables::default());
        }
        let dynamic = Dynamic::read(self.records(bytes))?;
        Ok(self.read_dynamic(&dynamic)?.unwrap_or_else(|(tag, code)| {
            told.tell(Part::Dynamic(tag), code);
            Tables::default()
        }))
    }

    /// An error is what is wrong, and the tag that tells it.
    fn read_dynamic(&self, dynamic: &Dynamic) -> Result<Result<Tables, (u32, Code)>, S::Error> {
        let (table, table_size, other_size) = match I::Addend::SECTIONS {
            SectionKind::REL => (DT_REL, DT_RELSZ, DT_RELASZ),
            _ => (DT_RELA, DT_RELASZ, DT_RELSZ),
        };
        if dynamic.get(other_size) != 0 || (dynamic.get(DT_PLTRELSZ) != 0 && dynamic.get(DT_PLTREL) != table) {
            return Ok(Err((other_size, other_addends::<I>())));
        }
        if dynamic.get(DT_PREINIT_ARRAYSZ) != 0 {
            return Ok(Err((DT_PREINIT_ARRAYSZ, Code::Constructors)));
        }
        let symbols_size = self.symbols_size(dynamic)?;
        let span = |tag, size| (tag, Span { start: dynamic.get(tag), size });
        let arrays =
            [span(DT_INIT_ARRAY, dynamic.get(DT_INIT_ARRAYSZ)), span(DT_FINI_ARRAY, dynamic.get(DT_FINI_ARRAYSZ))];
        for (tag, Span { start, size }) in arrays {
            let are_words = (start | size).is_multiple_of(I::Class::WORD);
            if size != 0 && (!are_words || self.in_file(start, size)?.is_none()) {
                return Ok(Err((tag, Code::OutsideFile)));
            }
        }
        let mut spans = [
            span(DT_SYMTAB, symbols_size),
            span(DT_STRTAB, dynamic.get(DT_STRSZ)),
            span(table, dynamic.get(table_size)),
            span(DT_JMPREL, dynamic.get(DT_PLTRELSZ)),
        ];
        for (tag, span) in &mut spans {
            match self.in_file(span.start, span.size)? {
                _ if span.size == 0 => {}
                Some(start) => span.start = start,
                None => return Ok(Err((*tag, Code::OutsideFile))),
            }
        }
        let [(_, symbols), (_, names), (_, first), (_, second)] = spans;
        if self.is_unterminated(names)? {
            return Ok(Err((DT_STRTAB, Code::Unterminated)));
        }
        // As a rule there is one, or the second follows the first.
        let relocations = if first.size == 0 {
            [second, first]
        } else if first.end() == second.start.into() {
            [Span { size: first.size.saturating_add(second.size), ..first }, Span::default()]
        } else {
            [first, second]
        };
        let [(_, constructors), (_, destructors)] = arrays;
        Ok(Ok(Tables { symbols, names, relocations, constructors, destructors, ..Tables::default() }))
    }

    /// The hash table knows how many symbols there are. Without one, the symbols end where their names begin.
    fn symbols_size(&self, dynamic: &Dynamic) -> Result<u32, S::Error> {
        let record = size::<I::Class, Symbol>().into();
        let mut count = [0; 4];
        match self.in_file(dynamic.get(DT_HASH), 8)? {
            Some(hash) if dynamic.get(DT_HASH) != 0 => {
                self.source().read(hash.saturating_add(4), &mut count)?;
                Ok(u32::from_le_bytes(count).saturating_mul(record))
            }
            _ => Ok(dynamic.get(DT_STRTAB).saturating_sub(dynamic.get(DT_SYMTAB))),
        }
    }

    /// Where the `size` bytes at an address before relocation are in the file.
    fn in_file(&self, address: u32, size: u32) -> Result<Option<u32>, S::Error> {
        for index in 0.. {
            let Some(segment) = self.segment(index)? else {
                break;
            };
            if segment.is_loaded()
                && segment.bytes().is_within(self.source().length())
                && let Some(start) = address.checked_sub(segment.address)
                && (Span { start, size }).is_within(segment.file_size)
            {
                return Ok(segment.file_offset.checked_add(start));
            }
        }
        Ok(None)
    }

    /// The symbols. The first one is nothing.
    pub fn symbols(&self) -> Table<'_, S, I::Class, Symbol> {
        self.records(self.tables.symbols)
    }

    /// Calls `work` for each symbol that has a name.
    ///
    /// # Errors
    /// When the file can't be read there.
    pub fn each_symbol(&self, work: &mut dyn FnMut(&Symbol, &Name)) -> Result<(), S::Error> {
        let (mut index, mut name) = (0, Name::default());
        while let Some(symbol) = self.next_symbol(&mut index, &mut name)? {
            work(&symbol, &name);
        }
        Ok(())
    }

    /// The first symbol from `index` on that has a name, which is read into `name`. `index` is set behind it.
    ///
    /// # Errors
    /// When the file can't be read there.
    #[inline(never)] // for the sake of the stack
    pub fn next_symbol(&self, index: &mut u32, name: &mut Name) -> Result<Option<Symbol>, S::Error> {
        while let Some(symbol) = self.symbols().get(*index)? {
            *index = index.wrapping_add(1);
            if self.read_name(symbol.name, name)? {
                return Ok(Some(symbol));
            }
        }
        Ok(None)
    }

    /// The name of a symbol, or `None` if it has none.
    ///
    /// # Errors
    /// When the file can't be read there.
    pub fn symbol_name(&self, symbol: &Symbol) -> Result<Option<Name>, S::Error> {
        let mut name = Name::default();
        Ok(self.read_name(symbol.name, &mut name)?.then_some(name))
    }

    /// Calls `work` for each relocation, until it fails.
    ///
    /// # Errors
    /// When `work` fails, or the file can't be read there.
    pub fn each_relocation(&self, work: EachRelocation<'_, I::Addend, S::Error>) -> Result<(), S::Error> {
        for index in 0.. {
            let Some(relocation) = self.relocation(index)? else {
                break;
            };
            work(&relocation)?;
        }
        Ok(())
    }

    /// The relocation at `index` of both tables, or `None` past the last one.
    #[inline(never)] // for the sake of the stack
    pub(crate) fn relocation(&self, index: u32) -> Result<Option<Relocation<I::Addend>>, S::Error> {
        let [first, second] = self.tables.relocations.map(|span| self.records(span));
        match index.checked_sub(Table::count(&first)) {
            Some(index) => second.get(index),
            None => first.get(index),
        }
    }
}

/// Where the last byte of these names is.
pub(crate) fn last_byte(names: Span) -> Option<u32> {
    names.start.checked_add(names.size.checked_sub(1)?)
}

/// Whether each of these parts has whole words, and begins where the one before it ends: the first at `end`, which becomes the
/// end of the last.
#[inline(never)] // for the sake of the size
fn follows(end: &mut u32, parts: &[Span]) -> bool {
    parts.iter().all(|part| {
        let follows = part.start == *end && part.size.is_multiple_of(4);
        *end = end.wrapping_add(part.size);
        follows
    })
}

/// The values of the dynamic section by their tags; 0 where it has none.
struct Dynamic([u32; TAGS]);

impl Dynamic {
    fn read<S: Source, C: Class>(entries: Table<'_, S, C, DynamicEntry>) -> Result<Self, S::Error> {
        let mut values = [0; TAGS];
        for entry in entries {
            let DynamicEntry { tag, value } = entry?;
            if tag == DT_NULL {
                break;
            }
            if let Some(known) = usize::try_from(tag).ok().and_then(|tag| values.get_mut(tag)) {
                *known = value;
            }
        }
        Ok(Self(values))
    }

    fn get(&self, tag: u32) -> u32 {
        usize::try_from(tag).ok().and_then(|tag| self.0.get(tag)).copied().unwrap_or_default()
    }
}

/// What is wrong with relocations that have their addends elsewhere than the machine's.
fn other_addends<I: Isa>() -> Code {
    match I::Addend::OTHER_SECTIONS {
        SectionKind::RELA => Code::WithAddends,
        _ => Code::WithoutAddends,
    }
}
