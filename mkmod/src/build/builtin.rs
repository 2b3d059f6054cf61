//! A built-in program: the object `NAME.o` and the source `NAME.c`, which are linked into the firmware as a command.

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use object::build::ByteString;
use object::build::elf::{Builder, Section, SectionData, SectionId};
use object::elf;

use super::BuildError;
use crate::link::relocatable;
use crate::module::{Note, parse_draft};
use crate::replace;

/// The function that runs a program.
const MAIN: &str = "main";

/// The function that the firmware calls first, of a program and of a resident module.
const MODULE_INIT: &str = "module_init";

/// Prefixes of the sections that the firmware does not need.
const DROPPED: [&str; 4] = [".rtt_mod.", ".llvm", ".ARM.exidx", ".ARM.extab"];

/// The files of a built-in program: an object for the firmware's linker, and a source for its compiler.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BuiltIn {
    /// `NAME.o`
    pub object: PathBuf,
    /// `NAME.c`
    pub source: PathBuf,
}

impl fmt::Display for BuiltIn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}\n{}", self.object.display(), self.source.display())
    }
}

impl BuiltIn {
    /// Makes both files from the object that the linker has written in place of the program.
    ///
    /// # Errors
    /// When the program uses neither `#[rtt_mod::main]` nor `#[rtt_mod::init]`.
    pub fn make(program: &Path) -> Result<Self, BuildError> {
        let linked = fs::read(program).map_err(|source| BuildError::Read { path: program.into(), source })?;
        let refused = |reason: String| BuildError::NotBuiltIn { program: program.into(), reason };
        let (bytes, parts) = rewrite(&linked).map_err(|error| refused(error.to_string()))?;
        let path = |extension: &str| program.with_file_name(&parts.note.name).with_extension(extension);
        let files = Self { object: path("o"), source: path("c") };
        write(&files.object, &bytes)?;
        write(&files.source, source(&parts).as_bytes())?;
        Ok(files)
    }
}

/// What the command of the firmware does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// It runs the program's `main`.
    Program,
    /// It loads the module, which stays until it is unloaded.
    Resident,
}

impl Kind {
    /// `None` for a library.
    fn of(note: &Note) -> Option<Self> {
        match (note.library, note.resident) {
            (_, true) => Some(Self::Resident),
            (false, false) => Some(Self::Program),
            (true, false) => None,
        }
    }

    /// The entries, and the ends of the names that they get. All other symbols become local.
    fn entries(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::Program => &[(MAIN, "main"), (MODULE_INIT, "init")],
            Self::Resident => &[(MODULE_INIT, "init")],
        }
    }

    /// The macro of `rttm_builtin.h` that `NAME.c` consists of.
    fn macro_name(self) -> &'static str {
        match self {
            Self::Program => "RTTM_BUILTIN",
            Self::Resident => "RTTM_BUILTIN_RESIDENT",
        }
    }
}

/// The sizes of the variables in bytes: those with first values, and those that begin as zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Sizes {
    variables: u64,
    zeros: u64,
}

/// The number of a level of RT-Thread's initialization.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Level(u8);

/// The last of them, which is `INIT_APP_EXPORT`.
const APP: Level = Level(6);

/// What `NAME.c` tells the firmware's compiler.
#[derive(Debug)]
struct Parts {
    note: Note,
    kind: Kind,
    sizes: Sizes,
    /// When the kernel's initialization loads it. `None`: it does not.
    level: Option<Level>,
}

type Error = Box<dyn std::error::Error + Send + Sync>;

/// Makes all symbols but the entries local, and separates the variables from their first values, which stay in ROM.
fn rewrite(linked: &[u8]) -> Result<(Vec<u8>, Parts), Error> {
    let mut object = Builder::read(linked)?;
    let (note, level) = note(&object)?;
    let Some(kind) = Kind::of(&note) else {
        return Err("it is a library and has neither a `main` nor an `init`; build it without `--static`".into());
    };
    let prefix = format!("rttm_builtin_{}", identifier(&note.name));
    drop_sections(&mut object);
    hide_symbols(&mut object, kind, &prefix)?;
    let zeros = zeros(&mut object, &prefix);
    let (values, variables) = separate_values(&mut object, &prefix);
    let sizes = Sizes { variables: size(object.sections.get(variables)), zeros: size(object.sections.get(zeros)) };
    for (name, section) in [("values", values), ("variables", variables), ("zeros", zeros)] {
        let symbol = object.symbols.add();
        symbol.name = ByteString::from(format!("{prefix}_{name}").into_bytes());
        symbol.section = Some(section);
        symbol.set_st_info(elf::STB_GLOBAL, elf::STT_OBJECT);
    }
    object.delete_orphans();
    let mut bytes = Vec::new();
    object.write(&mut bytes)?;
    Ok((bytes, Parts { note, kind, sizes, level }))
}

/// The note that `#[rtt_mod::main]` or `#[rtt_mod::init]` has written, and the level that it names.
fn note(object: &Builder<'_>) -> Result<(Note, Option<Level>), Error> {
    let draft = object.sections.iter().find(|section| &*section.name == format::note::DRAFT.as_bytes());
    match &draft.ok_or("it has neither `#[rtt_mod::main]` nor `#[rtt_mod::init]`")?.data {
        SectionData::Data(bytes) => {
            let note = parse_draft(bytes).ok_or("its note is malformed")?;
            let level = format::note::init_level(bytes).map(Level).or((note.resident && note.autostart).then_some(APP));
            Ok((note, level))
        }
        _ => Err("its note is malformed".into()),
    }
}

/// Removes the sections for mkmod and for the compiler, and the tables for unwinding, which modules do not use.
fn drop_sections(object: &mut Builder<'_>) {
    let is_dropped = |section: &&Section<'_>| DROPPED.iter().any(|name| section.name.starts_with(name.as_bytes()));
    let dropped: Vec<_> = object.sections.iter().filter(is_dropped).map(Section::id).collect();
    for section in &mut object.sections {
        let relocates_one = section.sh_info_section.is_some_and(|id| dropped.contains(&id));
        section.delete = dropped.contains(&section.id()) || relocates_one;
    }
}

/// The firmware's C library or another program in Rust may define the same symbols, so those of this program become local.
fn hide_symbols(object: &mut Builder<'_>, kind: Kind, prefix: &str) -> Result<(), Error> {
    let mut entries = 0;
    for symbol in object.symbols.iter_mut().filter(|symbol| symbol.st_bind() != elf::STB_LOCAL) {
        if symbol.section.is_none() && symbol.st_shndx == elf::SHN_UNDEF {
            continue;
        }
        match kind.entries().iter().find(|(name, _)| &*symbol.name == name.as_bytes()) {
            Some((_, name)) => {
                symbol.name = ByteString::from(format!("{prefix}_{name}").into_bytes());
                entries += 1;
            }
            None => symbol.set_st_info(elf::STB_LOCAL, symbol.st_type()),
        }
    }
    if entries == kind.entries().len() { Ok(()) } else { Err("it has no `main`".into()) }
}

/// Finds or adds the section of the variables that begin as zero.
fn zeros(object: &mut Builder<'_>, prefix: &str) -> SectionId {
    let found = object.sections.iter().find(|section| &*section.name == relocatable::ZEROS.as_bytes()).map(Section::id);
    let section = match found {
        Some(id) => object.sections.get_mut(id),
        None => uninitialized(object, 0, 1),
    };
    section.name = ByteString::from(format!(".bss.{prefix}").into_bytes());
    section.id()
}

/// Makes the section of first values constant, and adds one for the variables, to which the code refers.
fn separate_values(object: &mut Builder<'_>, prefix: &str) -> (SectionId, SectionId) {
    let found =
        object.sections.iter().find(|section| &*section.name == relocatable::VARIABLES.as_bytes()).map(Section::id);
    let values = found.unwrap_or_else(|| {
        let section = object.sections.add();
        section.sh_type = elf::SHT_PROGBITS;
        section.sh_addralign = 1;
        section.data = SectionData::Data(Vec::new().into());
        section.id()
    });
    let section = object.sections.get_mut(values);
    section.name = ByteString::from(format!(".rodata.{prefix}").into_bytes());
    section.sh_flags = elf::SHF_ALLOC;
    let (bytes, alignment) = (size(section), section.sh_addralign);
    let variables = uninitialized(object, bytes, alignment);
    variables.name = ByteString::from(format!(".bss.{prefix}_variables").into_bytes());
    let variables = variables.id();
    for symbol in object.symbols.iter_mut().filter(|symbol| symbol.section == Some(values)) {
        symbol.section = Some(variables);
    }
    (values, variables)
}

fn uninitialized<'a, 'data>(object: &'a mut Builder<'data>, bytes: u64, alignment: u64) -> &'a mut Section<'data> {
    let section = object.sections.add();
    section.sh_type = elf::SHT_NOBITS;
    section.sh_flags = elf::SHF_ALLOC | elf::SHF_WRITE;
    section.sh_addralign = alignment;
    section.data = SectionData::UninitializedData(bytes);
    section
}

fn size(section: &Section<'_>) -> u64 {
    match &section.data {
        SectionData::Data(bytes) => bytes.len() as u64,
        SectionData::UninitializedData(bytes) => *bytes,
        _ => 0,
    }
}

fn source(parts: &Parts) -> String {
    let Parts { note: Note { name, description, .. }, kind, sizes, level } = parts;
    let identifier = identifier(name);
    let load = level.map(|Level(number)| format!("RTTM_BUILTIN_LOAD_AT({identifier}, \"{number}\");\n"));
    format!(
        "/* Made by `mkmod build --static`. Compile it with the firmware, and link {name}.o. */\n\
         #include <rttm_builtin.h>\n\n\
         {}({identifier}, {}, {}, {})\n{}",
        kind.macro_name(),
        words(if description.is_empty() { name } else { description }),
        sizes.variables,
        sizes.zeros,
        load.unwrap_or_default()
    )
}

/// The name as an identifier of C, in the way that cargo derives the name of a crate from that of a package.
fn identifier(name: &str) -> String {
    name.replace(|c: char| !c.is_ascii_alphanumeric(), "_")
}

/// Leaves only characters that the preprocessor passes on: MSH's macro makes a string of its argument.
fn words(text: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-./:_".contains(c);
    text.split(|c| !is_plain(c)).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), BuildError> {
    replace::file(path, bytes).map_err(|source| BuildError::Write { path: path.into(), source })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(note: Note, kind: Kind) -> Parts {
        Parts { note, kind, sizes: Sizes { variables: 4, zeros: 8 }, level: None }
    }

    #[test]
    fn the_preprocessor_accepts_the_source() {
        let note = Note { name: "two-words".into(), description: "Says \"hi\", (once)".into(), ..Note::default() };
        let source = source(&parts(note, Kind::Program));
        assert!(source.ends_with("\nRTTM_BUILTIN(two_words, Says hi once, 4, 8)\n"), "{source}");
    }

    #[test]
    fn a_resident_module_has_a_macro_of_its_own_and_a_library_has_none() {
        let kind = |library, resident| Kind::of(&Note { library, resident, ..Note::default() });
        assert_eq!(kind(false, false), Some(Kind::Program));
        assert_eq!(kind(true, false), None);
        let resident = kind(true, true).expect("it has an init");
        let note = Note { name: "worker".into(), ..Note::default() };
        let source = source(&parts(note, resident));
        assert!(source.ends_with("\nRTTM_BUILTIN_RESIDENT(worker, worker, 4, 8)\n"), "{source}");
    }

    #[test]
    fn the_kernels_initialization_loads_a_module_with_a_level() {
        let note = Note { name: "worker".into(), ..Note::default() };
        let source = source(&Parts { level: Some(Level(3)), ..parts(note, Kind::Resident) });
        assert!(source.ends_with(", 4, 8)\nRTTM_BUILTIN_LOAD_AT(worker, \"3\");\n"), "{source}");
    }
}
