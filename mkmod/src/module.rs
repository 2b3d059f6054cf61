//! A module's file, taken apart for reports.

use crate::elf::{ARM_ATTRIBUTES, ElfFile};
use crate::machine::Machine;
use crate::symbols::{Architecture, Processor, Profile};
use format::{
    Binding, CortexM, Isa, Name, ReadError, Riscv32, Riscv64, Section, Segment, SymbolKind, header, note, symbol,
};
use loader::Code;
use std::collections::BTreeMap;
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::{fs, str};

/// A module, as far as its tables can be read. Whether they are right is [`crate::check`]'s to say.
#[derive(Clone, Debug)]
pub struct Module {
    /// What it is made for.
    pub machine: Machine,
    /// The size of its file in bytes.
    pub file_bytes: u64,
    /// Its entry, `main`; `None`: a library.
    pub entry: Option<u32>,
    /// `e_flags`.
    pub flags: u32,
    /// What is loaded.
    pub segments: Vec<Segment>,
    /// Its sections, each with its name.
    pub sections: Vec<(String, Section)>,
    /// What the kernel has to have.
    pub imports: Vec<Import>,
    /// The functions that the kernel and `dlsym` see.
    pub exports: Vec<Export>,
    /// Whether it has functions to be called before `main` or after it.
    pub has_constructors: bool,
    /// What the loader changes.
    pub relocations: Vec<Relocation>,
    /// What it says of itself. `None`: it has no note.
    pub note: Option<Result<Note, note::Error>>,
    /// The checksum that its note should have. `None`: it has no note.
    pub checksum: Option<u32>,
    /// What it is compiled for, as far as its own `.ARM.attributes`, its note or its header says so.
    pub processor: Option<Processor>,
}

/// A symbol that the kernel has to have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Import {
    /// Its name.
    pub name: String,
    /// Whether the module claims to do without it.
    pub weak: bool,
    /// Whether it is typed as a function, which stock dlmodule takes for an export.
    pub is_function: bool,
    /// Where its address goes to, before relocation. Empty: it is not used.
    pub places: Vec<u32>,
}

/// A function that the kernel and `dlsym` see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Export {
    /// Its name.
    pub name: String,
    /// Its function pointer before relocation.
    pub address: u32,
}

/// A word that the loader changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Relocation {
    /// Its address before relocation.
    pub place: u32,
    /// Its type, a number of the machine's ABI.
    pub kind: u32,
}

/// What a module says of itself.
pub type Note = format::note::Note<String>;

/// Reads the draft that `#[rtt_mod::main]` leaves in the program. `None` if it is malformed.
pub fn parse_draft(draft: &[u8]) -> Option<Note> {
    let draft = draft.ends_with(b"\0").then_some(draft)?;
    Some(format::note::Note::parse(draft).ok()?.map(str::to_owned))
}

/// Why a file is no module.
#[derive(Debug, thiserror::Error)]
pub enum ModuleError {
    /// The file can't be read.
    #[error("can't read {}: {source}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// The file has nothing in it.
    #[error("{name} is no module: the file is empty")]
    Empty {
        /// The file.
        name: String,
    },
    /// The file is no module at all.
    #[error("{name} is no module: {cause}")]
    NoModule {
        /// The file.
        name: String,
        /// Why.
        cause: header::Error,
    },
    /// The file is an ELF file for another machine.
    #[error("{name} is no module: made for {machine}, not for 32-bit ARM or RISC-V")]
    Machine {
        /// The file.
        name: String,
        /// What it is made for.
        machine: String,
    },
    /// The file is what a module was made from.
    #[error("{name} is the program for the debugger, whose imports are not filled in; the module is {name}.mo")]
    Unstripped {
        /// The file.
        name: String,
    },
    /// The file's tables can't be read.
    #[error("{name} is damaged: {source}; build it again, or copy it again")]
    Damaged {
        /// The file.
        name: String,
        /// Why.
        source: ReadError,
    },
}

/// Reads the bytes of a file.
///
/// # Errors
/// When the file can't be read.
pub fn read(path: &Path) -> Result<Vec<u8>, ModuleError> {
    fs::read(path).map_err(|source| ModuleError::Read { path: path.into(), source })
}

impl Module {
    /// Takes the bytes of a module apart. `name` is what messages call it.
    ///
    /// # Errors
    /// When it is no module at all, or so damaged that its tables can't be read.
    pub fn parse(name: &str, bytes: &[u8]) -> Result<Self, ModuleError> {
        if bytes.is_empty() {
            return Err(ModuleError::Empty { name: name.into() });
        }
        let module = match Machine::of_header(bytes) {
            // Which kind of core does not matter for reading.
            Machine::Arm => Reader::<CortexM>::new(name, bytes)?.read(Machine::Arm),
            Machine::Riscv32 => Reader::<Riscv32>::new(name, bytes)?.read(Machine::Riscv32),
            Machine::Riscv64 => Reader::<Riscv64>::new(name, bytes)?.read(Machine::Riscv64),
        };
        let module = module.map_err(|source| ModuleError::Damaged { name: name.into(), source })?;
        if module.sections.iter().any(|(section, _)| section == note::DRAFT) {
            return Err(ModuleError::Unstripped { name: name.into() });
        }
        Ok(module)
    }

    /// The memory that the image takes: from the first segment to the end of the last.
    pub fn image_bytes(&self) -> u64 {
        let loaded = || self.segments.iter().filter(|segment| segment.is_loaded());
        let start = loaded().map(|segment| u64::from(segment.address)).min();
        let end = loaded().map(|segment| segment.memory().end()).max();
        end.zip(start).map_or(0, |(end, start)| end.saturating_sub(start))
    }

    /// The alignment that its contents need. Stock dlmodule ignores it.
    ///
    /// GNU ld's segments have the alignment of a page, which nothing in them needs: where there are sections, these say.
    pub fn alignment(&self) -> u32 {
        let sections = self.sections.iter().filter(|(_, section)| section.is_loaded());
        let segments = self.segments.iter().filter(|segment| segment.is_loaded());
        let of_segments = segments.map(|segment| segment.alignment).max();
        sections.map(|(_, section)| section.alignment).max().or(of_segments).unwrap_or(1).max(1)
    }

    /// The complete note, if there is one.
    pub fn complete_note(&self) -> Option<&Note> {
        self.note.as_ref()?.as_ref().ok()
    }

    /// The instruction state that its code may have, if the kernel does not say.
    pub fn profile(&self) -> Option<Profile> {
        self.processor.map(|processor| processor.profile)
    }
}

/// An ELF file for another machine is best told by the machine's name.
fn no_module(name: &str, bytes: &[u8], code: Code) -> ModuleError {
    let Code::NoModule(cause) = code else {
        return ModuleError::NoModule { name: name.into(), cause: header::Error::NotElf };
    };
    let is_other = matches!(cause, header::Error::Machine { .. } | header::Error::Class(_));
    match ElfFile::parse(bytes) {
        Ok(file) if is_other && Machine::of(&file).is_none() => {
            ModuleError::Machine { name: name.into(), machine: file.machine_name() }
        }
        _ => ModuleError::NoModule { name: name.into(), cause },
    }
}

struct Reader<'b, I> {
    /// Its tables are empty where they are damaged: [`crate::check`] tells why.
    file: loader::Module<&'b [u8], I>,
}

impl<'b, I: Isa> Reader<'b, I> {
    fn new(name: &str, bytes: &'b [u8]) -> Result<Self, ModuleError> {
        let mut file = loader::Module::read(bytes).map_err(|diagnostic| no_module(name, bytes, diagnostic.code))?;
        let _ = file.find_tables(&mut |_| ());
        Ok(Self { file })
    }

    fn read(&self, machine: Machine) -> Result<Module, ReadError> {
        let header = self.file.header();
        let sections = self.sections()?;
        let note = self.note().or_else(|| self.old_note(&sections));
        let processor = match machine {
            Machine::Arm => self.processor(&sections).or_else(|| Processor::of_target(&self.target()?)),
            Machine::Riscv32 => Some(Processor::of_riscv_flags(Architecture::Rv32, header.flags)),
            Machine::Riscv64 => Some(Processor::of_riscv_flags(Architecture::Rv64, header.flags)),
        };
        let relocations = self.relocations()?;
        Ok(Module {
            machine,
            file_bytes: self.file.source().len() as u64,
            entry: header.entry.map(NonZero::get),
            flags: header.flags,
            segments: self.file.segments().collect::<Result<_, _>>()?,
            sections,
            imports: self.imports(&relocations)?,
            exports: self.exports()?,
            has_constructors: self.has_constructors()?,
            relocations: relocations.into_iter().map(|(_, relocation)| relocation).collect(),
            note,
            checksum: self.file.tables().claims.map(|claims| self.file.checksum(&claims)).transpose()?,
            processor,
        })
    }

    fn sections(&self) -> Result<Vec<(String, Section)>, ReadError> {
        let named = self.file.sections().map(|section| {
            let section = section?;
            let name = self.file.section_name(&section)?;
            Ok((name.map(|name| name.to_string()).unwrap_or_default(), section))
        });
        named.collect()
    }

    /// Each relocation, with the index of its symbol.
    fn relocations(&self) -> Result<Vec<(u32, Relocation)>, ReadError> {
        let mut found = vec![];
        self.file.each_relocation(&mut |relocation| {
            found.push((relocation.symbol, Relocation { place: relocation.place, kind: relocation.kind }));
            Ok(())
        })?;
        Ok(found)
    }

    fn imports(&self, relocations: &[(u32, Relocation)]) -> Result<Vec<Import>, ReadError> {
        let mut places: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        // Symbol 0 stands for none.
        for (symbol, relocation) in relocations.iter().filter(|(symbol, _)| *symbol != 0) {
            places.entry(*symbol).or_default().push(relocation.place);
        }
        let mut found: BTreeMap<String, Import> = BTreeMap::new();
        for (index, symbol) in (0..).zip(self.file.symbols()) {
            let symbol = symbol?;
            let Some(name) = self.file.symbol_name(&symbol)?.filter(|_| symbol.is_import()) else {
                continue;
            };
            let name = name.to_string();
            let import = found.entry(name.clone()).or_insert_with(|| Import {
                name,
                weak: symbol.binding == Binding::WEAK,
                is_function: symbol.kind == SymbolKind::FUNCTION,
                places: vec![],
            });
            import.places.extend(places.remove(&index).unwrap_or_default());
        }
        Ok(found.into_values().collect())
    }

    fn exports(&self) -> Result<Vec<Export>, ReadError> {
        let mut exports = vec![];
        self.file.each_symbol(&mut |symbol, name| {
            if symbol.is_export() && symbol.is_defined() {
                exports.push(Export { name: name.to_string(), address: symbol.value });
            }
        })?;
        exports.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(exports)
    }

    fn has_constructors(&self) -> Result<bool, ReadError> {
        let tables = self.file.tables();
        let mut has = tables.constructors.size != 0 || tables.destructors.size != 0;
        self.file.each_symbol(&mut |symbol, name| {
            let is_known =
                [symbol::CONSTRUCTORS, symbol::DESTRUCTORS].iter().any(|it| it.as_bytes() == name.as_bytes());
            has |= is_known && symbol.is_defined();
        })?;
        Ok(has)
    }

    fn note(&self) -> Option<Result<Note, note::Error>> {
        let claims = self.file.tables().claims?;
        let start = usize::try_from(claims.place.offset).unwrap_or(usize::MAX);
        let end = start.saturating_add(usize::try_from(claims.place.size).unwrap_or(usize::MAX));
        let description = self.file.source().get(start..end).ok_or(note::Error::Incomplete);
        let note = description.and_then(format::note::Note::parse);
        Some(note.map(|note| note.map(str::to_owned)))
    }

    /// The note of an earlier version of the file format, which says the same, but which no loader takes.
    fn old_note(&self, sections: &[(String, Section)]) -> Option<Result<Note, note::Error>> {
        let (_, section) = sections.iter().find(|(name, _)| name == note::SECTION)?;
        let start = usize::try_from(section.offset).ok()?.checked_add(note::DESCRIPTION)?;
        let end = usize::try_from(section.offset).ok()?.checked_add(usize::try_from(section.size).ok()?)?;
        let note = format::note::Note::parse(self.file.source().get(start..end)?);
        Some(note.map(|note| note.map(str::to_owned)))
    }

    /// What the note says that it was compiled for, even if the other texts in the note are damaged.
    fn target(&self) -> Option<String> {
        let source = self.file.source();
        let (start, end) = self.file.tables().claims?.place.target(source).ok()??;
        let mut name = Name::default();
        name.read(source, start, end).ok()?.then(|| name.to_string())
    }

    fn processor(&self, sections: &[(String, Section)]) -> Option<Processor> {
        let (_, section) = sections.iter().find(|(name, _)| name == ARM_ATTRIBUTES)?;
        let start = usize::try_from(section.offset).ok()?;
        let bytes = self.file.source().get(start..)?.get(..usize::try_from(section.size).ok()?)?;
        Processor::of_attributes(bytes).ok()
    }
}
