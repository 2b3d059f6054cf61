//! Directories.

use super::{
    bindings::{self, rttm_directory},
    file::Kind,
    handle::Handle,
    length,
    result::check,
};
use crate::Result;

/// A directory that is open for reading.
#[derive(Debug)]
pub struct Directory(Handle<rttm_directory>);

impl Directory {
    pub fn open(path: &str) -> Result<Directory> {
        let (text, length) = length::text(path)?;
        // SAFETY: the text has that many bytes; on success the function gives a new handle.
        unsafe { Handle::made(|place| bindings::rttm_directory_open(text, length, place)) }.map(Directory)
    }

    /// Reads the next entry: the length of its name, and its type. `name` gets as much of the name as it has room for.
    pub fn next(&mut self, name: &mut [u8]) -> Result<Option<(usize, Kind)>> {
        let mut kind = 0;
        let (place, capacity) = (name.as_mut_ptr().cast(), length::at_most(name.len()));
        // SAFETY: the handle is open, and there is room for so many bytes and for the kind.
        let length = check(unsafe { bindings::rttm_directory_next(self.0.as_ptr(), place, capacity, &mut kind) })?;
        Ok(if length == 0 { None } else { Some((length as usize, Kind::of(kind))) })
    }
}

/// Creates a directory.
pub fn create(path: &str) -> Result<()> {
    let (text, length) = length::text(path)?;
    // SAFETY: the text has that many bytes.
    check(unsafe { bindings::rttm_directory_create(text, length) }).map(drop)
}

/// Removes an empty directory.
pub fn remove(path: &str) -> Result<()> {
    let (text, length) = length::text(path)?;
    // SAFETY: the text has that many bytes.
    check(unsafe { bindings::rttm_directory_remove(text, length) }).map(drop)
}

/// Returns the length of the working directory's path. `path` gets as much of it as it has room for.
pub fn current(path: &mut [u8]) -> Result<usize> {
    // SAFETY: there is room for so many bytes.
    check(unsafe { bindings::rttm_directory_current(path.as_mut_ptr().cast(), length::at_most(path.len())) })
        .map(|length| length as usize)
}

/// Changes the working directory.
pub fn set_current(path: &str) -> Result<()> {
    let (text, length) = length::text(path)?;
    // SAFETY: the text has that many bytes.
    check(unsafe { bindings::rttm_directory_set_current(text, length) }).map(drop)
}
