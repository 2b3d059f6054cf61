//! An ELF file, taken apart.

use std::borrow::Cow;

use goblin::container::{Container, Ctx};
use goblin::elf::header::{ELFMAG, EM_386, EM_ARM, EM_RISCV, EM_X86_64, Header, machine_to_str};
use goblin::elf::note::{NT_GNU_BUILD_ID, NoteDataIterator};
use goblin::elf::program_header::PT_LOAD;
use goblin::elf::section_header::{SHN_XINDEX, SHT_DYNSYM, SHT_SYMTAB};
use goblin::elf::{Elf, ProgramHeader, SectionHeader};

use super::compressed::uncompressed;
use super::relocation::relocations;
use super::section::contents;
use super::symbol::SymbolTable;
use super::{ElfError, Relocation, Section, Segment, Symbol};

/// An ELF file.
pub struct ElfFile<'data> {
    header: Header,
    context: Ctx,
    segments: Vec<Segment<'data>>,
    /// By their numbers. The first is none.
    sections: Vec<Section<'data>>,
    symbols: SymbolTable<'data>,
    dynamic_symbols: SymbolTable<'data>,
}

impl<'data> ElfFile<'data> {
    /// Takes a file apart.
    ///
    /// # Errors
    /// When it is no ELF file, or a table or a section is not in it.
    pub fn parse(bytes: &'data [u8]) -> Result<Self, ElfError> {
        if !bytes.starts_with(ELFMAG) {
            return Err(ElfError::NotElf);
        }
        let (header, context) = header(bytes).map_err(|_| ElfError::Header)?;
        let sections = sections(bytes, &header, context)?;
        Ok(Self {
            segments: segments(bytes, &header, context)?,
            symbols: SymbolTable::find(SHT_SYMTAB, &sections, context),
            dynamic_symbols: SymbolTable::find(SHT_DYNSYM, &sections, context),
            header,
            context,
            sections,
        })
    }

    /// `e_machine`.
    pub fn machine(&self) -> u16 {
        self.header.e_machine
    }

    /// What messages call the machine.
    pub fn machine_name(&self) -> String {
        let name = match (self.machine(), self.is_64()) {
            (EM_386, _) => "x86",
            (EM_X86_64, _) => "x86-64",
            (EM_ARM, _) => "ARM",
            (EM_RISCV, false) => "RISC-V 32",
            (EM_RISCV, true) => "RISC-V 64",
            (other, _) => machine_to_str(other),
        };
        if self.is_little_endian() { name.to_owned() } else { format!("big-endian {name}") }
    }

    /// `e_flags`.
    pub fn flags(&self) -> u32 {
        self.header.e_flags
    }

    /// Whether its addresses have 64 bits.
    pub fn is_64(&self) -> bool {
        self.context.container == Container::Big
    }

    /// Whether it is little-endian.
    pub fn is_little_endian(&self) -> bool {
        self.context.is_little_endian()
    }

    /// What is loaded.
    pub fn segments(&self) -> &[Segment<'data>] {
        &self.segments
    }

    /// Its sections.
    pub fn sections(&self) -> impl Iterator<Item = &Section<'data>> {
        self.sections.iter().skip(1)
    }

    /// The section with a number.
    pub fn section(&self, index: usize) -> Option<&Section<'data>> {
        self.sections.get(index)
    }

    /// The first section of that name.
    pub fn section_by_name(&self, name: &str) -> Option<&Section<'data>> {
        self.sections().find(|section| section.name == name)
    }

    /// Its symbols.
    pub fn symbols(&self) -> impl Iterator<Item = Symbol<'data>> {
        self.symbols.iter()
    }

    /// The first symbol of that name.
    pub fn symbol_by_name(&self, name: &str) -> Option<Symbol<'data>> {
        self.symbols().find(|symbol| symbol.is_named(name))
    }

    /// The relocations that the linker is to make in a section, or has made (`--emit-relocs`).
    pub fn relocations(&self, section: &Section<'_>) -> impl Iterator<Item = Result<Relocation<'data>, ElfError>> {
        let index = section.index;
        self.relocations_by(&self.symbols, move |table| table.info == index)
    }

    /// The relocations that the loader is to make.
    pub fn dynamic_relocations(&self) -> impl Iterator<Item = Result<Relocation<'data>, ElfError>> {
        self.relocations_by(&self.dynamic_symbols, |_| true)
    }

    /// What is in a section of debug information. Empty if it is missing or can't be decompressed.
    pub fn debug_section(&self, name: &str) -> Cow<'data, [u8]> {
        let section = self.section_by_name(name);
        section.and_then(|section| uncompressed(section, self.context)).unwrap_or_default()
    }

    /// The build id, which can have any length.
    pub fn build_id(&self) -> Option<&'data [u8]> {
        let sections = self.sections().filter(|section| section.has_notes());
        let mut notes = sections.flat_map(|section| NoteDataIterator {
            data: section.data,
            size: section.data.len(),
            offset: 0,
            ctx: (usize::try_from(section.alignment).unwrap_or_default(), self.context),
        });
        let is_build_id = |note: &goblin::elf::note::Note<'_>| note.name == "GNU" && note.n_type == NT_GNU_BUILD_ID;
        notes.by_ref().flatten().find(is_build_id).map(|note| note.desc)
    }

    fn relocations_by<'file>(
        &'file self,
        symbols: &'file SymbolTable<'data>,
        is_wanted: impl Fn(&Section<'_>) -> bool + 'file,
    ) -> impl Iterator<Item = Result<Relocation<'data>, ElfError>> + 'file {
        let tables = self.sections().filter(move |table| table.link == symbols.section && is_wanted(table));
        tables.flat_map(move |table| relocations(table, symbols, self.context))
    }
}

fn header(bytes: &[u8]) -> goblin::error::Result<(Header, Ctx)> {
    let header = Elf::parse_header(bytes)?;
    let context = Ctx::new(header.container()?, header.endianness()?);
    Ok((header, context))
}

fn segments<'data>(bytes: &'data [u8], header: &Header, context: Ctx) -> Result<Vec<Segment<'data>>, ElfError> {
    let start = usize::try_from(header.e_phoff).unwrap_or(usize::MAX);
    let headers = ProgramHeader::parse(bytes, start, header.e_phnum.into(), context);
    let headers = headers.map_err(|_| ElfError::ProgramHeaders)?;
    headers.iter().filter(|header| header.p_type == PT_LOAD).map(|header| Segment::new(header, bytes)).collect()
}

fn sections<'data>(bytes: &'data [u8], header: &Header, context: Ctx) -> Result<Vec<Section<'data>>, ElfError> {
    let start = usize::try_from(header.e_shoff).unwrap_or(usize::MAX);
    let headers = SectionHeader::parse(bytes, start, header.e_shnum.into(), context);
    let headers = headers.map_err(|_| ElfError::SectionHeaders)?;
    let of_names = match (u32::from(header.e_shstrndx), headers.first()) {
        // The number is too large for the header of the file.
        (SHN_XINDEX, Some(first)) => first.sh_link as usize,
        (index, _) => index as usize,
    };
    let names = headers.get(of_names).and_then(|names| contents(names, bytes)).unwrap_or_default();
    let sections = headers.iter().enumerate();
    sections.map(|(index, header)| Section::new(index, header, names, bytes)).collect()
}
