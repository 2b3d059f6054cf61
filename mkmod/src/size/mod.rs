//! `mkmod size`: the resident bytes of a module by crate and function, and the call paths to the large features of `core`.
//!
//! A module contains no names. They come from the ELF file with symbols, `NAME` beside `NAME.mo`, whose build id must be that
//! of the module. Each byte of the image is counted once, so the sum of each table is the resident size of `mkmod info`:
//!
//! - A constant without a name, such as a string, counts for the function that refers to it, if there is only one. The
//!   instances of a generic function are one row.
//! - Bytes of no crate have rows in parentheses: imports, the heap arena, padding, constants of several crates.

mod attribution;
mod error;
mod features;
mod image;
mod path;
mod program;
mod source;
mod text;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Serialize;

use self::attribution::Attribution;
pub use self::error::SizeError;
pub(crate) use self::path::demangled;
use self::program::Program;
pub(crate) use self::source::{Frame, Source};
pub use self::text::{TOP, shortened};
use crate::elf::ElfFile;
use crate::module::{self, Module};

/// The resident bytes of a module. The fields are those of `mkmod size --json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Report {
    /// The name of the module's file.
    pub file: String,
    /// The memory of the module while it is loaded, in bytes: the sum of each table.
    pub resident: u64,
    /// The bytes by kind.
    pub split: Split,
    /// By crate, the largest first.
    pub crates: Vec<CrateSize>,
    /// By function and variable, the largest first.
    pub functions: Vec<FunctionSize>,
    /// The large features of `core`, the largest first.
    pub features: Vec<Feature>,
}

/// Bytes by kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Split {
    /// Code.
    pub text: u64,
    /// Constants, including those that contain addresses.
    pub rodata: u64,
    /// Variables with first values.
    pub data: u64,
    /// Variables that begin as zero.
    pub bss: u64,
}

/// The bytes of a crate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CrateSize {
    /// The name of the crate. Names in parentheses are not crates.
    pub name: String,
    /// All bytes of the crate.
    pub bytes: u64,
    /// The bytes by kind.
    pub split: Split,
}

/// The bytes of a function or a variable.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FunctionSize {
    /// Its path.
    pub name: String,
    /// Its crate.
    #[serde(rename = "crate")]
    pub crate_name: String,
    /// Its bytes, and those of the constants that only it refers to.
    pub bytes: u64,
    /// The bytes by kind.
    pub split: Split,
}

/// A large feature of `core`, and the call paths to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Feature {
    /// Its name, such as `core::fmt`.
    pub name: String,
    /// The bytes of its functions.
    pub bytes: u64,
    /// A call path for each function that uses it, the shortest first.
    pub paths: Vec<CallPath>,
    /// The other features that use it.
    pub used_by: Vec<String>,
}

/// Functions that each call or refer to the next, from one that the kernel calls to one of a feature.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CallPath {
    /// The functions.
    pub steps: Vec<Step>,
}

/// A function in a call path, perhaps inlined into the one before.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Step {
    /// Its path.
    pub function: String,
    /// The file and line in the application of the next call.
    pub line: Option<String>,
}

/// The kind of memory of a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Code.
    Text,
    /// Constants.
    Rodata,
    /// Variables with first values.
    Data,
    /// Variables that begin as zero.
    Bss,
}

/// A module and the ELF file that it was made from.
#[derive(Clone, Copy, Debug)]
pub struct Files<'a> {
    /// The name of the module in messages.
    pub module_name: &'a str,
    /// The bytes of the module.
    pub module: &'a [u8],
    /// The name of the ELF file in messages.
    pub program_name: &'a str,
    /// The bytes of the ELF file with symbols.
    pub program: &'a [u8],
}

/// Measures the module at `path`, which may also be the path of its ELF file.
///
/// Source files are shown relative to `root`.
///
/// # Errors
/// When one of the two files can't be read, or they are from different builds.
pub fn open(path: &Path, root: Option<&Path>) -> Result<Report, SizeError> {
    let (module_path, program_path) = pair(path);
    let module_name = file_name(&module_path);
    let module = module::read(&module_path)?;
    let program = std::fs::read(&program_path).map_err(|source| SizeError::NoProgram {
        program: program_path.clone(),
        module: module_name.clone(),
        source,
    })?;
    let program_name = file_name(&program_path);
    measure(Files { module_name: &module_name, module: &module, program_name: &program_name, program: &program }, root)
}

/// Measures a module.
///
/// # Errors
/// When one of the two files is malformed, or they are from different builds.
pub fn measure(files: Files<'_>, root: Option<&Path>) -> Result<Report, SizeError> {
    let module = Module::parse(files.module_name, files.module)?;
    let malformed = |source| SizeError::Malformed { program: files.program_name.to_owned(), source };
    let file = ElfFile::parse(files.program).map_err(malformed)?;
    same_build(files.module_name, &module, files.program_name, &file)?;
    let resident = module.image_bytes();
    let program = Program::read(&file, resident).map_err(malformed)?;
    if program.symbols.is_empty() {
        return Err(SizeError::Stripped { program: files.program_name.to_owned() });
    }
    let source = Source::new(&file, root);
    let attribution = Attribution::of(&program, &module, &source);
    let functions = functions(&attribution);
    Ok(Report {
        file: files.module_name.to_owned(),
        resident,
        split: functions.iter().map(|function| function.split).sum(),
        crates: crates(&functions),
        features: features::find(&attribution, &functions, &source),
        functions,
    })
}

/// Refuses a program that is not what the module was made from.
pub(crate) fn same_build(
    module_name: &str,
    module: &Module,
    program_name: &str,
    program: &ElfFile<'_>,
) -> Result<(), SizeError> {
    let note = module.complete_note().ok_or_else(|| SizeError::NoNote { module: module_name.to_owned() })?;
    let build_id = program.build_id().unwrap_or_default();
    if build_id.first_chunk() == Some(&note.build_id) {
        return Ok(());
    }
    Err(SizeError::OtherBuild {
        program: program_name.to_owned(),
        module: module_name.to_owned(),
        of_program: hexadecimal(build_id),
        of_module: hexadecimal(&note.build_id),
    })
}

fn functions(attribution: &Attribution) -> Vec<FunctionSize> {
    let mut rows: BTreeMap<(String, String), Split> = BTreeMap::new();
    for (part, owner) in attribution.owners() {
        let name = (owner.function, owner.crate_name);
        rows.entry(name).or_default().add(part.place, part.range.end - part.range.start);
    }
    let rows = rows.into_iter().map(|((name, crate_name), split)| FunctionSize {
        name,
        crate_name,
        bytes: split.sum(),
        split,
    });
    let mut rows: Vec<_> = rows.collect();
    rows.sort_by_key(|row| u64::MAX - row.bytes);
    rows
}

fn crates(functions: &[FunctionSize]) -> Vec<CrateSize> {
    let mut rows: BTreeMap<&str, Split> = BTreeMap::new();
    for function in functions {
        let row = rows.entry(&function.crate_name).or_default();
        *row = [*row, function.split].into_iter().sum();
    }
    let rows = rows.into_iter().map(|(name, split)| CrateSize { name: name.to_owned(), bytes: split.sum(), split });
    let mut rows: Vec<_> = rows.collect();
    rows.sort_by_key(|row| u64::MAX - row.bytes);
    rows
}

impl Split {
    fn sum(self) -> u64 {
        self.text + self.rodata + self.data + self.bss
    }

    fn add(&mut self, place: Place, bytes: u64) {
        *match place {
            Place::Text => &mut self.text,
            Place::Rodata => &mut self.rodata,
            Place::Data => &mut self.data,
            Place::Bss => &mut self.bss,
        } += bytes;
    }
}

impl std::iter::Sum for Split {
    fn sum<I: Iterator<Item = Self>>(splits: I) -> Self {
        splits.fold(Self::default(), |sum, next| Self {
            text: sum.text + next.text,
            rodata: sum.rodata + next.rodata,
            data: sum.data + next.data,
            bss: sum.bss + next.bss,
        })
    }
}

/// The paths of the module and of its ELF file.
pub(crate) fn pair(path: &Path) -> (PathBuf, PathBuf) {
    if path.extension().is_some_and(|extension| extension == "mo") {
        return (path.to_owned(), path.with_extension(""));
    }
    let mut module = path.as_os_str().to_owned();
    module.push(".mo");
    (module.into(), path.to_owned())
}

pub(crate) fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

fn hexadecimal(bytes: &[u8]) -> String {
    match bytes {
        [] => "missing".to_owned(),
        bytes => bytes.iter().map(|byte| format!("{byte:02x}")).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn either_path_leads_to_the_other() {
        let both = (PathBuf::from("out/hello.mo"), PathBuf::from("out/hello"));
        assert_eq!(pair(Path::new("out/hello.mo")), both);
        assert_eq!(pair(Path::new("out/hello")), both);
    }
}
