//! Files, with errors that name them.

use std::path::Path;

use super::error::LinkError;

/// Reads a whole file.
///
/// # Errors
///
/// When the system says so.
pub fn read(path: &Path) -> Result<Vec<u8>, LinkError> {
    std::fs::read(path).map_err(|source| LinkError::Read { path: path.into(), source })
}

/// Writes a whole file.
///
/// # Errors
///
/// When the system says so.
pub fn write(path: &Path, contents: &[u8]) -> Result<(), LinkError> {
    crate::replace::file(path, contents).map_err(|source| LinkError::Write { path: path.into(), source })
}
