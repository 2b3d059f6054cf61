//! Open files, and path operations.

use core::mem::MaybeUninit;

use super::{
    bindings::{self, rttm_file, rttm_file_status},
    handle::Handle,
    length,
    result::check,
};
use crate::Result;

/// An open file.
#[derive(Debug)]
pub struct File(Handle<rttm_file>);

/// How to open a file: `RTTM_FILE_…`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Flags(u32);

impl Flags {
    pub const NONE: Flags = Flags(0);
    pub const READ: Flags = Flags(bindings::RTTM_FILE_READ);
    pub const WRITE: Flags = Flags(bindings::RTTM_FILE_WRITE);
    pub const APPEND: Flags = Flags(bindings::RTTM_FILE_APPEND);
    pub const TRUNCATE: Flags = Flags(bindings::RTTM_FILE_TRUNCATE);
    pub const CREATE: Flags = Flags(bindings::RTTM_FILE_CREATE);
    pub const CREATE_NEW: Flags = Flags(bindings::RTTM_FILE_CREATE_NEW);

    pub const fn with(self, other: Flags) -> Flags {
        Flags(self.0 | other.0)
    }

    pub const fn without(self, other: Flags) -> Flags {
        Flags(self.0 & !other.0)
    }
}

/// The start point of a seek.
#[derive(Clone, Copy)]
#[repr(u32)]
pub enum Whence {
    Start = bindings::RTTM_SEEK_START,
    Current = bindings::RTTM_SEEK_CURRENT,
    End = bindings::RTTM_SEEK_END,
}

impl File {
    pub fn open(path: &str, flags: Flags) -> Result<File> {
        let (text, length) = length::text(path)?;
        // SAFETY: the text has that many bytes; on success the function gives a new handle.
        unsafe { Handle::made(|place| bindings::rttm_file_open(text, length, flags.0, place)) }.map(File)
    }

    pub fn read(&self, bytes: &mut [u8]) -> Result<usize> {
        let (place, capacity) = (bytes.as_mut_ptr().cast(), length::at_most(bytes.len()));
        // SAFETY: the handle is open, and there is room for so many bytes.
        check(unsafe { bindings::rttm_file_read(self.0.as_ptr(), place, capacity) })
            .map(|count| length::within(count, bytes.len()))
    }

    pub fn write(&self, bytes: &[u8]) -> Result<usize> {
        let (place, length) = (bytes.as_ptr().cast(), length::at_most(bytes.len()));
        // SAFETY: the handle is open, and there are so many bytes.
        check(unsafe { bindings::rttm_file_write(self.0.as_ptr(), place, length) })
            .map(|count| length::within(count, bytes.len()))
    }

    pub fn sync(&self) -> Result<()> {
        // SAFETY: the handle is open.
        check(unsafe { bindings::rttm_file_sync(self.0.as_ptr()) }).map(drop)
    }

    pub fn set_length(&self, length: u64) -> Result<()> {
        // SAFETY: the handle is open.
        check(unsafe { bindings::rttm_file_set_length(self.0.as_ptr(), length) }).map(drop)
    }

    pub fn seek(&self, offset: i64, whence: Whence) -> Result<u64> {
        let mut position = 0;
        // SAFETY: the handle is open, and there is a place for the position.
        check(unsafe { bindings::rttm_file_seek(self.0.as_ptr(), offset, whence as u32, &mut position) })?;
        Ok(position)
    }

    pub fn status(&self) -> Result<Status> {
        // SAFETY: the handle is open.
        Status::read(|place| unsafe { bindings::rttm_file_status_open(self.0.as_ptr(), place) })
    }
}

/// The type of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    File,
    Directory,
    Other,
}

impl Kind {
    pub fn of(number: u32) -> Kind {
        match number {
            bindings::RTTM_KIND_FILE => Kind::File,
            bindings::RTTM_KIND_DIRECTORY => Kind::Directory,
            _ => Kind::Other,
        }
    }
}

/// The status of a file.
#[derive(Clone, Debug)]
pub struct Status {
    pub kind: Kind,
    pub length: u64,
    /// Seconds since 1970, or 0 where it is not known.
    pub modified: i64,
    pub read_only: bool,
}

impl Status {
    pub fn of(path: &str) -> Result<Status> {
        let (text, length) = length::text(path)?;
        // SAFETY: the text has that many bytes.
        Status::read(|place| unsafe { bindings::rttm_file_status(text, length, place) })
    }

    /// The status that `read`, a function of the ABI, writes to its argument.
    fn read(read: impl FnOnce(*mut rttm_file_status) -> i32) -> Result<Status> {
        let mut status = MaybeUninit::<rttm_file_status>::zeroed();
        check(read(status.as_mut_ptr()))?;
        // SAFETY: all fields are numbers, for which zeros are valid.
        let status = unsafe { status.assume_init() };
        Ok(Status {
            kind: Kind::of(status.kind),
            length: status.length,
            modified: status.modified,
            read_only: status.read_only != 0,
        })
    }
}

/// Removes a file.
pub fn remove(path: &str) -> Result<()> {
    let (text, length) = length::text(path)?;
    // SAFETY: the text has that many bytes.
    check(unsafe { bindings::rttm_file_remove(text, length) }).map(drop)
}

/// Renames a file or a directory.
pub fn rename(from: &str, to: &str) -> Result<()> {
    let (from, from_length) = length::text(from)?;
    let (to, to_length) = length::text(to)?;
    // SAFETY: the texts have that many bytes.
    check(unsafe { bindings::rttm_file_rename(from, from_length, to, to_length) }).map(drop)
}
