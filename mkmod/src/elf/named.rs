//! Reads ELF files that the user names.

use std::path::{Path, PathBuf};
use std::{fs, io};

use super::ElfError;

/// Why a file that the user names can't be used.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// It can't be read.
    #[error("can't read {}: {source}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// It is no ELF file, or a damaged one.
    #[error("can't use {}: {source}", path.display())]
    Elf {
        /// The file.
        path: PathBuf,
        /// Why.
        source: ElfError,
    },
}

/// What `read` makes of the bytes of the file at `path`.
///
/// # Errors
/// When the file can't be read, or `read` fails.
pub fn read_file<T>(path: &Path, read: impl FnOnce(&[u8]) -> Result<T, ElfError>) -> Result<T, FileError> {
    let bytes = fs::read(path).map_err(|source| FileError::Read { path: path.to_owned(), source })?;
    read(&bytes).map_err(|source| FileError::Elf { path: path.to_owned(), source })
}
