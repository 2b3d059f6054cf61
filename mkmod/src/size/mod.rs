//! What the resident bytes of a module are spent on: by crate, by function, and what pulled in the costly parts.
//!
//! A module has no names in it. They come from the program with symbols beside it, `NAME` beside `NAME.mo`; the build id
//! tells that both are of one build. Each byte of the image is counted once, so that every table adds up to what
//! `mkmod info` calls resident:
//!
//! - A constant without a name of its own, such as a string, counts as part of the function that refers to it, if that
//!   is one only. Instances of a generic function are one row.
//! - What is nobody's has a row in parentheses: imports, the heap arena, padding, constants of several crates.

mod anatomy;
mod causes;
mod error;
mod image;
mod path;
mod program;
mod source;
mod text;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Serialize;

use self::anatomy::Anatomy;
pub use self::error::SizeError;
use self::program::Program;
use self::source::Source;
pub use self::text::{TOP, shortened};
use crate::module::{self, Module};

/// What the resident bytes of a module are spent on. As JSON, its fields are those of `mkmod size --json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Report {
    /// The name of the module's file.
    pub file: String,
    /// Memory while the module is loaded: the sum of each table.
    pub resident: u64,
    /// The same by kind.
    pub split: Split,
    /// By crate, the largest first.
    pub crates: Vec<CrateSize>,
    /// By function and variable, the largest first.
    pub functions: Vec<FunctionSize>,
    /// What is costly, and why it is there.
    pub causes: Vec<Cause>,
}

/// Bytes by the kind of memory that they are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Split {
    /// Code.
    pub text: u64,
    /// Constants, also those with addresses in them.
    pub rodata: u64,
    /// Variables that do not start as zero.
    pub data: u64,
    /// Variables that start as zero.
    pub bss: u64,
}

/// What a crate costs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CrateSize {
    /// The crate, or in parentheses what is no crate's.
    pub name: String,
    /// All that is from it.
    pub bytes: u64,
    /// The same by kind.
    pub split: Split,
}

/// What a function or a variable costs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FunctionSize {
    /// Its path.
    pub name: String,
    /// The crate that it is from.
    #[serde(rename = "crate")]
    pub home: String,
    /// It, and the constants that only it refers to.
    pub bytes: u64,
    /// The same by kind.
    pub split: Split,
}

/// Something costly, and why it is there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Cause {
    /// What it is, such as `core::fmt`.
    pub what: String,
    /// What its functions cost.
    pub bytes: u64,
    /// How the program gets there: a chain for each function that uses it, the shortest first.
    pub chains: Vec<Chain>,
    /// What else of this list uses it, where the application does not.
    pub used_by: Vec<String>,
}

/// Functions that each refer to the next, from one that the kernel calls to a costly one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Chain {
    /// The functions.
    pub steps: Vec<Step>,
}

/// A function in a chain, perhaps inlined into the one before.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Step {
    /// Its path.
    pub function: String,
    /// The file and line of the application's from which it goes on.
    pub line: Option<String>,
}

/// What bytes of the image are counted as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Code.
    Text,
    /// Constants.
    Rodata,
    /// Variables that do not start as zero.
    Data,
    /// Variables that start as zero.
    Bss,
}

/// A module, and the program that it was made from.
#[derive(Clone, Copy, Debug)]
pub struct Files<'a> {
    /// What messages call the module.
    pub module_name: &'a str,
    /// The module.
    pub module: &'a [u8],
    /// What messages call the program.
    pub program_name: &'a str,
    /// The unstripped ELF file.
    pub program: &'a [u8],
}

/// Measures a module on disk. `path` is that of the module, or that of its program.
///
/// Source files are told from `root` on.
///
/// # Errors
/// When one of both is missing, can't be read, or is not of the same build.
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
/// When one of both can't be read, or they are not of the same build.
pub fn measure(files: Files<'_>, root: Option<&Path>) -> Result<Report, SizeError> {
    let module = Module::parse(files.module_name, files.module)?;
    let malformed = |source| SizeError::Malformed { program: files.program_name.to_owned(), source };
    let file = object::File::parse(files.program).map_err(malformed)?;
    same_build(files, &module, &file)?;
    let resident = module.image_bytes();
    let program = Program::read(&file, resident).map_err(malformed)?;
    if program.symbols.is_empty() {
        return Err(SizeError::Stripped { program: files.program_name.to_owned() });
    }
    let source = Source::new(&file, root);
    let anatomy = Anatomy::of(&program, &module, &source);
    let functions = functions(&anatomy);
    Ok(Report {
        file: files.module_name.to_owned(),
        resident,
        split: functions.iter().map(|function| function.split).sum(),
        crates: crates(&functions),
        causes: causes::find(&anatomy, &functions, &source),
        functions,
    })
}

fn same_build(files: Files<'_>, module: &Module, program: &object::File<'_>) -> Result<(), SizeError> {
    use object::Object as _;
    let note = module.complete_note().ok_or_else(|| SizeError::NoNote { module: files.module_name.to_owned() })?;
    let build_id = program.build_id().ok().flatten().unwrap_or_default();
    if build_id.first_chunk() == Some(&note.build_id) {
        return Ok(());
    }
    Err(SizeError::OtherBuild {
        program: files.program_name.to_owned(),
        module: files.module_name.to_owned(),
        of_program: hexadecimal(build_id),
        of_module: hexadecimal(&note.build_id),
    })
}

fn functions(anatomy: &Anatomy) -> Vec<FunctionSize> {
    let mut rows: BTreeMap<(String, String), Split> = BTreeMap::new();
    for (part, home) in anatomy.homes() {
        let name = (home.function, home.crate_name);
        rows.entry(name).or_default().add(part.place, part.range.end - part.range.start);
    }
    let rows = rows.into_iter().map(|((name, home), split)| FunctionSize { name, home, bytes: split.sum(), split });
    let mut rows: Vec<_> = rows.collect();
    rows.sort_by_key(|row| u64::MAX - row.bytes);
    rows
}

fn crates(functions: &[FunctionSize]) -> Vec<CrateSize> {
    let mut rows: BTreeMap<&str, Split> = BTreeMap::new();
    for function in functions {
        let row = rows.entry(&function.home).or_default();
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

/// The paths of the module and of its program.
fn pair(path: &Path) -> (PathBuf, PathBuf) {
    if path.extension().is_some_and(|extension| extension == "mo") {
        return (path.to_owned(), path.with_extension(""));
    }
    let mut module = path.as_os_str().to_owned();
    module.push(".mo");
    (module.into(), path.to_owned())
}

fn file_name(path: &Path) -> String {
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
    fn either_path_tells_the_other() {
        let both = (PathBuf::from("out/hello.mo"), PathBuf::from("out/hello"));
        assert_eq!(pair(Path::new("out/hello.mo")), both);
        assert_eq!(pair(Path::new("out/hello")), both);
    }
}
