//! A built-in program: the object `NAME.o` and the source `NAME.c`, which are linked into the firmware as a command.

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use object::build::ByteString;
use object::build::elf::{Builder, Section, SectionData, SectionId};
use object::elf;

use super::BuildError;
use crate::link::partial;
use crate::note::Note;
use crate::replace;

/// The two entries of the program, which get names of their own. All other symbols become local.
const ENTRIES: [(&str, &str); 2] = [("main", "main"), ("module_init", "init")];

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
    /// When the program has no `main`, or does not use `#[rtt_mod::main]`.
    pub fn make(program: &Path) -> Result<Self, BuildError> {
        let linked = fs::read(program).map_err(|source| BuildError::Read { path: program.into(), source })?;
        let refused = |reason: String| BuildError::NotBuiltIn { program: program.into(), reason };
        let (bytes, note, sizes) = rewrite(&linked).map_err(|error| refused(error.to_string()))?;
        let path = |extension: &str| program.with_file_name(&note.name).with_extension(extension);
        let files = Self { object: path("o"), source: path("c") };
        write(&files.object, &bytes)?;
        write(&files.source, source(&note, sizes).as_bytes())?;
        Ok(files)
    }
}

/// The sizes of the variables in bytes: those with first values, and those that begin as zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Sizes {
    variables: u64,
    zeros: u64,
}

type Error = Box<dyn std::error::Error + Send + Sync>;

/// Makes all symbols but the entries local, and separates the variables from their first values, which stay in ROM.
fn rewrite(linked: &[u8]) -> Result<(Vec<u8>, Note, Sizes), Error> {
    let mut object = Builder::read(linked)?;
    let note = note(&object)?;
    if note.flags & (Note::LIBRARY | Note::RESIDENT) != 0 {
        return Err("it is a library or a resident module and has no `main`; build it without `--static`".into());
    }
    let prefix = format!("rttm_static_{}", identifier(&note.name));
    drop_sections(&mut object);
    hide_symbols(&mut object, &prefix)?;
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
    Ok((bytes, note, sizes))
}

/// The note that `#[rtt_mod::main]` has written.
fn note(object: &Builder<'_>) -> Result<Note, Error> {
    let draft = object.sections.iter().find(|section| &*section.name == Note::DRAFT.as_bytes());
    match &draft.ok_or("it has no `#[rtt_mod::main]`")?.data {
        SectionData::Data(bytes) => Note::parse(bytes).ok_or_else(|| "its note is malformed".into()),
        _ => Err("its note is malformed".into()),
    }
}

/// Removes the sections for mkmod and for the compiler, and the tables for unwinding, which modules do not use.
fn drop_sections(object: &mut Builder<'_>) {
    let is_dropped = |section: &&Section<'_>| DROPPED.iter().any(|name| section.name.starts_with(name.as_bytes()));
    let dropped: Vec<_> = object.sections.iter().filter(is_dropped).map(Section::id).collect();
    for section in object.sections.iter_mut() {
        let relocates_one = section.sh_info_section.is_some_and(|id| dropped.contains(&id));
        section.delete = dropped.contains(&section.id()) || relocates_one;
    }
}

/// The firmware's C library or another program in Rust may define the same symbols, so those of this program become local.
fn hide_symbols(object: &mut Builder<'_>, prefix: &str) -> Result<(), Error> {
    let mut entries = 0;
    for symbol in object.symbols.iter_mut().filter(|symbol| symbol.st_bind() != elf::STB_LOCAL) {
        if symbol.section.is_none() && symbol.st_shndx == elf::SHN_UNDEF {
            continue;
        }
        match ENTRIES.iter().find(|(name, _)| &*symbol.name == name.as_bytes()) {
            Some((_, name)) => {
                symbol.name = ByteString::from(format!("{prefix}_{name}").into_bytes());
                entries += 1;
            }
            None => symbol.set_st_info(elf::STB_LOCAL, symbol.st_type()),
        }
    }
    if entries == ENTRIES.len() { Ok(()) } else { Err("it has no `main`".into()) }
}

/// Finds or adds the section of the variables that begin as zero.
fn zeros(object: &mut Builder<'_>, prefix: &str) -> SectionId {
    let found = object.sections.iter().find(|section| &*section.name == partial::ZEROS.as_bytes()).map(Section::id);
    let section = match found {
        Some(id) => object.sections.get_mut(id),
        None => uninitialized(object, 0, 1),
    };
    section.name = ByteString::from(format!(".bss.{prefix}").into_bytes());
    section.id()
}

/// Makes the section of first values constant, and adds one for the variables, to which the code refers.
fn separate_values(object: &mut Builder<'_>, prefix: &str) -> (SectionId, SectionId) {
    let found = object.sections.iter().find(|section| &*section.name == partial::VARIABLES.as_bytes()).map(Section::id);
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

fn source(note: &Note, sizes: Sizes) -> String {
    let Note { name, description, .. } = note;
    format!(
        "/* Made by `mkmod build --static`. Compile it with the firmware, and link {name}.o. */\n\
         #include <rttm_static.h>\n\n\
         RTTM_STATIC({}, {}, {}, {})\n",
        identifier(name),
        words(if description.is_empty() { name } else { description }),
        sizes.variables,
        sizes.zeros
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

    #[test]
    fn the_preprocessor_accepts_the_source() {
        let note = Note { name: "two-words".into(), description: "Says \"hi\", (once)".into(), ..Note::default() };
        let source = source(&note, Sizes { variables: 4, zeros: 8 });
        assert!(source.ends_with("RTTM_STATIC(two_words, Says hi once, 4, 8)\n"), "{source}");
    }
}
