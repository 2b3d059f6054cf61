//! The part of the firmware that belongs to a program which cargo has built: `NAME.o`, and `NAME.c` that makes a command
//! of it.

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use object::build::ByteString;
use object::build::elf::{Builder, Section, SectionData, SectionId};
use object::elf;

use super::BuildError;
use crate::link::partial;
use crate::note::Note;

/// What is seen of the object: the program's two entries, under names of its own.
const ENTRIES: [(&str, &str); 2] = [("main", "main"), ("module_init", "init")];

/// Sections whose names begin so are not for the firmware.
const DROPPED: [&str; 4] = [".rtt_mod.", ".llvm", ".ARM.exidx", ".ARM.extab"];

/// An object for the firmware's linker, and a source for its compiler.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// `NAME.o`
    pub object: PathBuf,
    /// `NAME.c`
    pub source: PathBuf,
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}\n{}", self.object.display(), self.source.display())
    }
}

impl Part {
    /// Makes both of the object that the linker has left in place of a program.
    ///
    /// # Errors
    /// When it has no `main`, or no description by `#[rtt_mod::main]`.
    pub fn make(program: &Path) -> Result<Self, BuildError> {
        let linked = fs::read(program).map_err(|source| BuildError::Read { path: program.into(), source })?;
        let refused = |reason: String| BuildError::NoCommand { program: program.into(), reason };
        let (bytes, note, sizes) = rewrite(&linked).map_err(|error| refused(error.to_string()))?;
        let path = |extension: &str| program.with_file_name(&note.name).with_extension(extension);
        let part = Self { object: path("o"), source: path("c") };
        write(&part.object, &bytes)?;
        write(&part.source, source(&note, sizes).as_bytes())?;
        Ok(part)
    }
}

/// Bytes of variables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Sizes {
    variables: u64,
    zeros: u64,
}

type Error = Box<dyn std::error::Error + Send + Sync>;

/// Hides all symbols but the entries, and separates the variables from their first values, which the firmware keeps.
fn rewrite(linked: &[u8]) -> Result<(Vec<u8>, Note, Sizes), Error> {
    let mut object = Builder::read(linked)?;
    let note = note(&object)?;
    if note.flags & (Note::LIBRARY | Note::RESIDENT) != 0 {
        return Err("it is a library or a resident module, which has no `main` to be a command".into());
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

/// What `#[rtt_mod::main]` has left.
fn note(object: &Builder<'_>) -> Result<Note, Error> {
    let draft = object.sections.iter().find(|section| &*section.name == Note::DRAFT.as_bytes());
    match &draft.ok_or("it has no `#[rtt_mod::main]`")?.data {
        SectionData::Data(bytes) => Note::parse(bytes).ok_or_else(|| "its note is malformed".into()),
        _ => Err("its note is malformed".into()),
    }
}

/// Takes out what is for mkmod and for the compiler, and the tables for unwinding, which does not happen.
fn drop_sections(object: &mut Builder<'_>) {
    let is_dropped = |section: &&Section<'_>| DROPPED.iter().any(|name| section.name.starts_with(name.as_bytes()));
    let dropped: Vec<_> = object.sections.iter().filter(is_dropped).map(Section::id).collect();
    for section in object.sections.iter_mut() {
        let relocates_one = section.sh_info_section.is_some_and(|id| dropped.contains(&id));
        section.delete = dropped.contains(&section.id()) || relocates_one;
    }
}

/// What is defined here, others may define too: the firmware's C library, other programs in Rust.
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

/// The section of the variables that begin as zero.
fn zeros(object: &mut Builder<'_>, prefix: &str) -> SectionId {
    let found = object.sections.iter().find(|section| &*section.name == partial::ZEROS.as_bytes()).map(Section::id);
    let section = match found {
        Some(id) => object.sections.get_mut(id),
        None => uninitialized(object, 0, 1),
    };
    section.name = ByteString::from(format!(".bss.{prefix}").into_bytes());
    section.id()
}

/// The section with the first values, now constant, and that of the variables, now without: code refers to the second.
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

/// As cargo makes the name of a crate of that of a package.
fn identifier(name: &str) -> String {
    name.replace(|c: char| !c.is_ascii_alphanumeric(), "_")
}

/// MSH's macro makes a string of its argument, which so is of words that mean nothing to the preprocessor.
fn words(text: &str) -> String {
    let means_nothing = |c: char| c.is_ascii_alphanumeric() || "-./:_".contains(c);
    text.split(|c| !means_nothing(c)).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), BuildError> {
    fs::write(path, bytes).map_err(|source| BuildError::Write { path: path.into(), source })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_source_is_what_the_preprocessor_takes() {
        let note = Note { name: "two-words".into(), description: "Says \"hi\", (once)".into(), ..Note::default() };
        let source = source(&note, Sizes { variables: 4, zeros: 8 });
        assert!(source.ends_with("RTTM_STATIC(two_words, Says hi once, 4, 8)\n"), "{source}");
    }
}
