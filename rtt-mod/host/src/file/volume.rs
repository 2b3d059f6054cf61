//! What a volume and an open file do. Paths are absolute, begin with `/`, and do not end with it; the root is empty.

use crate::bindings::rttm_file_status;

/// The error of the ABI, or a value.
pub type Result<T> = std::result::Result<T, i32>;

/// A volume.
pub trait Volume: Send {
    /// Opens a file with `RTTM_FILE_…`.
    fn open(&mut self, path: &[u8], flags: u32) -> Result<Box<dyn OpenFile>>;
    /// What is at `path`.
    fn status(&self, path: &[u8]) -> Result<rttm_file_status>;
    /// Removes a file.
    fn remove_file(&mut self, path: &[u8]) -> Result<()>;
    /// Renames a file or a directory. It takes the place of a file.
    fn rename(&mut self, from: &[u8], to: &[u8]) -> Result<()>;
    /// Names and kinds in a directory.
    fn names(&self, path: &[u8]) -> Result<Vec<(Vec<u8>, u32)>>;
    /// Makes a directory.
    fn create_directory(&mut self, path: &[u8]) -> Result<()>;
    /// Removes an empty directory.
    fn remove_directory(&mut self, path: &[u8]) -> Result<()>;
}

/// An open file. Whether it may be read and written is known before.
pub trait OpenFile: Send {
    /// Reads from the position on.
    fn read(&mut self, bytes: &mut [u8]) -> Result<usize>;
    /// Writes at the position, or at the end if the file is open for that.
    fn write(&mut self, bytes: &[u8]) -> Result<usize>;
    /// Writes what is in caches.
    fn sync(&mut self) -> Result<()>;
    /// Appends zeros, or truncates.
    fn set_length(&mut self, bytes: u64) -> Result<()>;
    /// Moves the position, relative to `RTTM_SEEK_…`, and returns it.
    fn seek(&mut self, offset: i64, whence: u32) -> Result<u64>;
    /// What the file is.
    fn status(&self) -> Result<rttm_file_status>;
}
