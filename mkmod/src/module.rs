//! A module's file, taken apart for reports.

use crate::machine::Machine;
use crate::symbols::{Processor, Profile};
use loader::{Addend, CortexM, Home, Isa, Riscv64, Section, SectionKind, Segment, SymbolKind};
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
    /// What the loader changes.
    pub relocations: Vec<Relocation>,
    /// What it says of itself. `None`: it has no note.
    pub note: Option<Result<Note, loader::note::Error>>,
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

/// The note, with its texts, and whether it is true.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// What it says is the checksum of the file.
    pub checksum: u32,
    /// What the checksum of the file is.
    pub true_checksum: u32,
    /// Major version of the module ABI, 0 if the module does not use it.
    pub abi_major: u16,
    /// Minor version of the module ABI.
    pub abi_minor: u16,
    /// Stack of the main thread.
    pub stack_bytes: u32,
    /// The heap arena in the image, 0 for none.
    pub heap_bytes: u32,
    /// Priority of the main thread; `None`: that of the thread that loads it.
    pub priority: Option<u8>,
    /// Whether it is started at boot.
    pub autostart: bool,
    /// Whether it is a library.
    pub library: bool,
    /// Whether it is installed where the shell finds it by its bare name.
    pub command: bool,
    /// Whether it stays once it is loaded.
    pub resident: bool,
    /// The build id of the unstripped ELF.
    pub build_id: [u8; 8],
    /// The name of the program.
    pub name: String,
    /// Its version.
    pub version: String,
    /// One line about it.
    pub description: String,
    /// The Rust target that it was compiled for.
    pub target: String,
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
        cause: loader::Error,
    },
    /// The file is an ELF file for another machine.
    #[error("{name} is no module: made for {machine}, not for 32-bit ARM or RISC-V 64")]
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
        source: loader::ReadError,
    },
}

/// The section from which mkmod-ld makes the note.
const DRAFT_NOTE: &str = crate::note::Note::DRAFT;

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
            Machine::Riscv64 => Reader::<Riscv64>::new(name, bytes)?.read(Machine::Riscv64),
        };
        let module = module.map_err(|source| ModuleError::Damaged { name: name.into(), source })?;
        if module.sections.iter().any(|(section, _)| section == DRAFT_NOTE) {
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
fn no_module(name: &str, bytes: &[u8], cause: loader::Error) -> ModuleError {
    use object::Object as _;
    let is_other = matches!(cause, loader::Error::Machine { .. } | loader::Error::Class(_));
    match object::File::parse(bytes) {
        Ok(file) if is_other && Machine::of(&file).is_none() => {
            let machine = match file.architecture() {
                object::Architecture::X86_64 => "x86-64".into(),
                object::Architecture::I386 => "x86".into(),
                other => format!("{other:?}"),
            };
            ModuleError::Machine { name: name.into(), machine }
        }
        _ => ModuleError::NoModule { name: name.into(), cause },
    }
}

struct Reader<'b, I> {
    file: loader::Module<&'b [u8], I>,
}

impl<'b, I: Isa> Reader<'b, I> {
    fn new(name: &str, bytes: &'b [u8]) -> Result<Self, ModuleError> {
        let file = loader::Module::read(bytes).map_err(|cause| no_module(name, bytes, cause))?;
        Ok(Self { file })
    }

    fn read(&self, machine: Machine) -> Result<Module, loader::ReadError> {
        let header = self.file.header();
        let sections = self.sections()?;
        let note = self.note()?;
        let processor = match machine {
            Machine::Arm => self.processor(&sections).or_else(|| of_note(note.as_ref())),
            Machine::Riscv64 => Some(Processor::of_riscv64_flags(header.flags)),
        };
        Ok(Module {
            machine,
            file_bytes: self.file.source().len() as u64,
            entry: header.entry.map(NonZero::get),
            flags: header.flags,
            segments: self.file.segments().collect::<Result<_, _>>()?,
            sections,
            imports: self.imports()?,
            exports: self.exports()?,
            relocations: self.relocations()?.into_iter().map(|(_, relocation)| narrow(relocation)).collect(),
            note,
            processor,
        })
    }

    fn sections(&self) -> Result<Vec<(String, Section)>, loader::ReadError> {
        let named = self.file.sections().map(|section| {
            let section = section?;
            let name = self.file.section_name(&section)?;
            Ok((name.map(|name| name.to_string()).unwrap_or_default(), section))
        });
        named.collect()
    }

    /// Each relocation, with the index of the section of symbols that it refers to.
    #[expect(clippy::type_complexity, reason = "a pair is no type of its own")]
    fn relocations(&self) -> Result<Vec<(u32, loader::Relocation<I::Addend>)>, loader::ReadError> {
        let mut found = vec![];
        for section in self.file.sections() {
            let section = section?;
            if section.kind == I::Addend::SECTIONS {
                for relocation in self.file.relocations(&section) {
                    found.push((section.link, relocation?));
                }
            }
        }
        Ok(found)
    }

    fn imports(&self) -> Result<Vec<Import>, loader::ReadError> {
        let relocations = self.relocations()?;
        let mut found: BTreeMap<String, Import> = BTreeMap::new();
        for (link, section) in (0..).zip(self.file.sections()) {
            let section = section?;
            if !matches!(section.kind, SectionKind::DynamicSymbols | SectionKind::Symbols) {
                continue;
            }
            for (index, symbol) in (0..).zip(self.file.symbols(&section)) {
                let symbol = symbol?;
                let Some(name) = self.file.symbol_name(&section, &symbol)?.filter(|_| symbol.is_import()) else {
                    continue;
                };
                let name = name.to_string();
                let users = relocations.iter().filter(|(table, it)| *table == link && it.symbol == index);
                let places = users.map(|(_, relocation)| relocation.place);
                let import = found.entry(name.clone()).or_insert_with(|| Import {
                    name,
                    weak: symbol.binding == loader::Binding::Weak,
                    is_function: symbol.kind == SymbolKind::Function,
                    places: vec![],
                });
                import.places.extend(places);
            }
        }
        Ok(found.into_values().collect())
    }

    fn exports(&self) -> Result<Vec<Export>, loader::ReadError> {
        let Some(section) = self.file.dynamic_symbols()? else { return Ok(vec![]) };
        let mut exports = vec![];
        for symbol in self.file.symbols(&section) {
            let symbol = symbol?;
            if symbol.is_export()
                && symbol.home == Home::Image
                && let Some(name) = self.file.symbol_name(&section, &symbol)?
            {
                exports.push(Export { name: name.to_string(), address: symbol.value });
            }
        }
        exports.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(exports)
    }

    fn note(&self) -> Result<Option<Result<Note, loader::note::Error>>, loader::ReadError> {
        let place = match self.file.note_place() {
            Ok(None) => return Ok(None),
            Ok(Some(place)) => place,
            Err(error) => return Ok(Some(Err(error))),
        };
        let true_checksum = self.file.checksum(place)?;
        let start = usize::try_from(place.offset).unwrap_or(usize::MAX);
        let end = start.saturating_add(usize::try_from(place.size).unwrap_or(usize::MAX));
        let description = self.file.source().get(start..end);
        let note = description.ok_or(loader::note::Error::Incomplete).and_then(loader::note::Note::parse);
        Ok(Some(note.map(|note| Note::from_loader(&note, true_checksum))))
    }

    fn processor(&self, sections: &[(String, Section)]) -> Option<Processor> {
        let (_, section) = sections.iter().find(|(name, _)| name == ".ARM.attributes")?;
        let start = usize::try_from(section.offset).ok()?;
        let bytes = self.file.source().get(start..)?.get(..usize::try_from(section.size).ok()?)?;
        Processor::of_attributes(bytes).ok()
    }
}

fn of_note(note: Option<&Result<Note, loader::note::Error>>) -> Option<Processor> {
    Processor::of_target(&note?.as_ref().ok()?.target)
}

fn narrow<A>(relocation: loader::Relocation<A>) -> Relocation {
    Relocation { place: relocation.place, kind: relocation.kind }
}

impl Note {
    fn from_loader(note: &loader::note::Note<'_>, true_checksum: u32) -> Self {
        Self {
            checksum: note.checksum,
            true_checksum,
            abi_major: note.abi_major,
            abi_minor: note.abi_minor,
            stack_bytes: note.stack_bytes,
            heap_bytes: note.heap_bytes,
            priority: note.priority,
            autostart: note.autostart,
            library: note.library,
            command: note.command,
            resident: note.resident,
            build_id: note.build_id,
            name: note.name.into(),
            version: note.version.into(),
            description: note.description.into(),
            target: note.target.into(),
        }
    }
}
