//! The module of a program that cargo has built.

use std::ffi::OsStr;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use super::BuildError;
use crate::elf::ElfFile;
use crate::module::Module;
use crate::replace;

/// A module, and its sizes in bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Built {
    /// The `.mo` file.
    pub path: PathBuf,
    /// The size of the file.
    pub file_bytes: u64,
    /// The memory that it takes while it is loaded.
    pub resident_bytes: u64,
    /// The part of that which is its heap.
    pub heap_bytes: u64,
}

impl fmt::Display for Built {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { path, file_bytes, resident_bytes, heap_bytes } = self;
        write!(f, "{}: {file_bytes} bytes in the file, {} resident", path.display(), resident_bytes - heap_bytes)?;
        match heap_bytes {
            0 => Ok(()),
            heap => write!(f, " and {heap} of heap"),
        }
    }
}

/// Finds the module of a program by its build id.
///
/// It is beside the program as a rule. When it was removed, or when cargo has restored the program after another of the
/// same name, it is restored from the copy that the linker leaves beside cargo's own.
///
/// # Errors
/// When there is no such module.
pub fn module(program: &Path) -> Result<Built, BuildError> {
    let missing = || BuildError::NoModule { program: program.into() };
    let build_id = build_id(&read(program)?).ok_or_else(missing)?;
    let folder = program.parent().unwrap_or(Path::new(""));
    let stores = [folder.to_owned(), folder.join("deps")];
    let (path, bytes, resident_bytes, note) = stores
        .iter()
        .flat_map(|store| modules_in(store))
        .find_map(|path| {
            let bytes = fs::read(&path).ok()?;
            let module = Module::parse(&path.to_string_lossy(), &bytes).ok()?;
            let resident_bytes = module.image_bytes();
            let note = module.note?.ok()?;
            (note.build_id == build_id).then_some((path, bytes, resident_bytes, note))
        })
        .ok_or_else(missing)?;
    let shown = folder.join(format!("{}.mo", note.name));
    if path != shown {
        replace::file(&shown, &bytes).map_err(|source| BuildError::Write { path: shown.clone(), source })?;
    }
    let beside = folder.join(note.name);
    if beside != program && !fs::read(&beside).is_ok_and(|bytes| self::build_id(&bytes) == Some(note.build_id)) {
        copy(program, &beside)?;
    }
    Ok(Built { path: shown, file_bytes: bytes.len() as u64, resident_bytes, heap_bytes: note.heap_bytes.into() })
}

fn build_id(elf: &[u8]) -> Option<[u8; 8]> {
    ElfFile::parse(elf).ok()?.build_id()?.try_into().ok()
}

/// The modules in a folder, the shortest names first: the copies have cargo's hash in their names.
fn modules_in(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut modules: Vec<PathBuf> =
        entries.map(|entry| entry.path()).filter(|path| path.extension() == Some(OsStr::new("mo"))).collect();
    modules.sort_by_key(|path| (path.as_os_str().len(), path.clone()));
    modules
}

fn copy(from: &Path, to: &Path) -> Result<(), BuildError> {
    let bytes = read(from)?;
    let permissions =
        fs::metadata(from).map_err(|source| BuildError::Read { path: from.into(), source })?.permissions();
    replace::file_with_permissions(to, &bytes, permissions)
        .map_err(|source| BuildError::Write { path: to.into(), source })
}

fn read(path: &Path) -> Result<Vec<u8>, BuildError> {
    fs::read(path).map_err(|source| BuildError::Read { path: path.into(), source })
}
