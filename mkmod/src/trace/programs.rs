//! Where the programs are: those that the user names, and those that cargo has built.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use super::program::{Program, build_in};
use crate::elf::{self, FileError};

/// Cargo puts programs no deeper: `target/TRIPLE/PROFILE/examples/NAME`.
const DEPTH: usize = 4;

type Build = [u8; 8];

/// Why there are no names.
#[derive(Debug, thiserror::Error)]
pub enum TraceError {
    /// A file can't be read, or is no ELF file.
    #[error(transparent)]
    File(#[from] FileError),
    /// The program was not made by mkmod.
    #[error("{} has no build id: it is not the program of a module", .0.display())]
    NoBuild(PathBuf),
}

/// The programs that may be on the board.
pub struct Programs {
    known: HashMap<Build, Option<Program>>,
    kernel: Option<Program>,
    /// Source files are shown relative to it, and `target` folders of it and those around it are searched.
    root: PathBuf,
    /// Those that the user was told of.
    missing: Vec<Build>,
}

impl Programs {
    /// The programs in the `target` folders of `root` and of the folders around it.
    pub fn around(root: PathBuf) -> Self {
        Self { known: HashMap::new(), kernel: None, root, missing: vec![] }
    }

    /// Adds the ELF file of a module.
    ///
    /// # Errors
    /// When it can't be read, or is not what mkmod-ld has linked.
    pub fn add(&mut self, path: &Path) -> Result<(), TraceError> {
        let program = self.open(path)?;
        let build = program.build().ok_or_else(|| TraceError::NoBuild(path.to_owned()))?;
        self.known.insert(build, Some(program));
        Ok(())
    }

    /// Adds the ELF file of the kernel.
    ///
    /// # Errors
    /// When it can't be read.
    pub fn add_kernel(&mut self, path: &Path) -> Result<(), TraceError> {
        self.kernel = Some(self.open(path)?);
        Ok(())
    }

    pub(super) fn kernel(&self) -> Option<&Program> {
        self.kernel.as_ref()
    }

    pub(super) fn of_build(&mut self, build: Build) -> Option<&Program> {
        if !self.known.contains_key(&build) {
            let found = find(&self.root, build).and_then(|path| self.open(&path).ok());
            self.known.insert(build, found);
        }
        self.known.get(&build)?.as_ref()
    }

    /// Says once that there is no program of that build.
    pub(super) fn complaint(&mut self, build: Build) -> String {
        let mut text = String::new();
        if !self.missing.contains(&build) {
            self.missing.push(build);
            let digits = u64::from_be_bytes(build);
            // A String takes everything.
            let _ = writeln!(text, "    no program in target has build {digits:016x}: name its ELF file with --elf");
        }
        text
    }

    fn open(&self, path: &Path) -> Result<Program, FileError> {
        elf::read_file(path, |bytes| Program::read(bytes, Some(&self.root)))
    }
}

/// The ELF file of a build in the `target` folders around `root`.
pub fn find(root: &Path, build: Build) -> Option<PathBuf> {
    root.ancestors().find_map(|folder| find_below(&folder.join("target"), build, DEPTH))
}

/// Programs have a module beside them, which has the same name with an extension.
fn find_below(folder: &Path, build: Build, depth: usize) -> Option<PathBuf> {
    let entries = fs::read_dir(folder).ok()?.map_while(Result::ok);
    let (folders, files): (Vec<_>, Vec<_>) = entries.map(|entry| entry.path()).partition(|path| path.is_dir());
    let modules = files.iter().filter(|path| path.extension().is_some_and(|extension| extension == "mo"));
    let has_build = |path: &PathBuf| fs::read(path).is_ok_and(|bytes| build_in(&bytes) == Some(build));
    let found = modules.map(|module| module.with_extension("")).find(has_build);
    found.or_else(|| folders.iter().filter(|_| depth > 0).find_map(|folder| find_below(folder, build, depth - 1)))
}
