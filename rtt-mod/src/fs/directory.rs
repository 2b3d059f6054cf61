//! Directories: reading, creating, removing.
#![forbid(unsafe_code)]

use alloc::string::String;
use core::iter::FusedIterator;

use super::{FileType, Metadata, metadata, remove_file};
use crate::{
    Error, Result,
    path::{Path, PathBuf},
    sys::{directory, file::Kind},
};

/// The longest name of a file system, in bytes.
const NAME_BYTES: usize = 255;

/// Returns an iterator over the entries of a directory, in the order of the file system: `opendir`.
///
/// # Errors
///
/// [`Error::NotFound`] when the path does not exist, [`Error::NotADirectory`] when it is a file, and
/// [`Error::TooManyOpenFiles`] when the kernel's table of open files is full.
///
/// ```no_run
/// for entry in rtt_mod::fs::read_dir("/")? {
///     rtt_mod::println!("{}", entry?.file_name());
/// }
/// # Ok::<(), rtt_mod::Error>(())
/// ```
pub fn read_dir<P: AsRef<Path>>(path: P) -> Result<ReadDir> {
    let path = path.as_ref().as_str();
    Ok(ReadDir { directory: directory::Directory::open(path)?, path: text(path)?, is_over: false })
}

/// An iterator over the entries of a directory. [`read_dir`] returns it. It ends after an error, except after
/// [`Error::InvalidData`], which stands for a name that is not UTF-8.
///
/// ```no_run
/// let count = rtt_mod::fs::read_dir("/")?.count();
/// # Ok::<(), rtt_mod::Error>(())
/// ```
#[derive(Debug)]
pub struct ReadDir {
    directory: directory::Directory,
    path: String,
    is_over: bool,
}

impl ReadDir {
    fn read(&mut self) -> Result<Option<DirEntry>> {
        let mut name = [0; NAME_BYTES];
        let Some((length, kind)) = self.directory.next(&mut name)? else { return Ok(None) };
        let name = name.get(..length).and_then(|name| core::str::from_utf8(name).ok()).ok_or(Error::InvalidData)?;
        let mut path = String::new();
        path.try_reserve_exact(self.path.len() + 1 + name.len()).map_err(|_| Error::OutOfMemory)?;
        path.push_str(&self.path);
        if !path.ends_with('/') {
            path.push('/');
        }
        path.push_str(name);
        Ok(Some(DirEntry { name_begin: path.len() - name.len(), path, kind }))
    }
}

impl Iterator for ReadDir {
    type Item = Result<DirEntry>;

    fn next(&mut self) -> Option<Result<DirEntry>> {
        if self.is_over {
            return None;
        }
        let entry = self.read().transpose();
        self.is_over = !matches!(entry, Some(Ok(_) | Err(Error::InvalidData)));
        entry
    }
}

impl FusedIterator for ReadDir {}

/// An entry of a directory, as [`ReadDir`] returns it.
///
/// ```no_run
/// for entry in rtt_mod::fs::read_dir("/")? {
///     let entry = entry?;
///     rtt_mod::println!("{:>8} {}", entry.metadata()?.len(), entry.file_name());
/// }
/// # Ok::<(), rtt_mod::Error>(())
/// ```
#[derive(Debug)]
pub struct DirEntry {
    path: String,
    name_begin: usize,
    kind: Kind,
}

impl DirEntry {
    /// Returns the path of the entry: the path given to [`read_dir`] and the name.
    ///
    /// ```no_run
    /// # let entry = rtt_mod::fs::read_dir("/")?.next().unwrap()?;
    /// let text = rtt_mod::fs::read_to_string(entry.path())?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    #[inline]
    pub fn path(&self) -> PathBuf {
        PathBuf::from(&self.path)
    }

    /// Returns the name of the entry, without the directory.
    ///
    /// ```no_run
    /// # let entry = rtt_mod::fs::read_dir("/")?.next().unwrap()?;
    /// let is_module = entry.file_name().ends_with(".mo");
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn file_name(&self) -> &str {
        self.path.get(self.name_begin..).unwrap_or_default()
    }

    /// Returns the type of the entry.
    ///
    /// # Errors
    ///
    /// None, since the directory contains the type. It is a `Result` as in `std`.
    ///
    /// ```no_run
    /// # let entry = rtt_mod::fs::read_dir("/")?.next().unwrap()?;
    /// let is_folder = entry.file_type()?.is_dir();
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn file_type(&self) -> Result<FileType> {
        Ok(FileType(self.kind))
    }

    /// Returns the metadata of the entry.
    ///
    /// # Errors
    ///
    /// Those of [`metadata`].
    ///
    /// ```no_run
    /// # let entry = rtt_mod::fs::read_dir("/")?.next().unwrap()?;
    /// let bytes = entry.metadata()?.len();
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn metadata(&self) -> Result<Metadata> {
        metadata(&self.path)
    }
}

/// Creates a directory: `mkdir`.
///
/// # Errors
///
/// [`Error::AlreadyExists`] when the path exists; [`Error::NotFound`] when the parent directory does not exist;
/// [`Error::StorageFull`] when the volume is full.
///
/// ```no_run
/// rtt_mod::fs::create_dir("/logs")?;
/// # Ok::<(), rtt_mod::Error>(())
/// ```
pub fn create_dir<P: AsRef<Path>>(path: P) -> Result<()> {
    directory::create(path.as_ref().as_str())
}

/// Creates a directory, and those of its parents that do not exist.
///
/// # Errors
///
/// [`Error::AlreadyExists`] when the path exists and is not a directory; [`Error::StorageFull`] when the volume is
/// full.
///
/// ```no_run
/// rtt_mod::fs::create_dir_all("/logs/2026/11")?;
/// # Ok::<(), rtt_mod::Error>(())
/// ```
pub fn create_dir_all<P: AsRef<Path>>(path: P) -> Result<()> {
    let path = path.as_ref().as_str().trim_end_matches('/');
    let ends = path.match_indices('/').map(|(at, _)| at).chain([path.len()]);
    ends.filter(|&end| end > 0).filter_map(|end| path.get(..end)).try_for_each(create_unless_there)
}

fn create_unless_there(path: &str) -> Result<()> {
    match directory::create(path) {
        Err(Error::AlreadyExists) if metadata(path)?.is_dir() => Ok(()),
        result => result,
    }
}

/// Removes an empty directory: `rmdir`.
///
/// # Errors
///
/// [`Error::NotFound`], [`Error::NotADirectory`], [`Error::DirectoryNotEmpty`]; [`Error::Busy`] while a [`ReadDir`] of
/// it exists, and for the root of a volume.
///
/// ```no_run
/// rtt_mod::fs::remove_dir("/logs")?;
/// # Ok::<(), rtt_mod::Error>(())
/// ```
pub fn remove_dir<P: AsRef<Path>>(path: P) -> Result<()> {
    directory::remove(path.as_ref().as_str())
}

/// Removes a directory with all its contents.
///
/// # Errors
///
/// Those of [`read_dir`], [`remove_file`] and [`remove_dir`], for any entry. Other entries may have been removed
/// already.
///
/// ```no_run
/// rtt_mod::fs::remove_dir_all("/logs")?;
/// # Ok::<(), rtt_mod::Error>(())
/// ```
pub fn remove_dir_all<P: AsRef<Path>>(path: P) -> Result<()> {
    let top = path.as_ref().as_str();
    // The current directory. Only one is open at a time, whatever the depth.
    let mut at = text(top)?;
    loop {
        let first = read_dir(&at)?.next().transpose()?;
        match first {
            Some(entry) if entry.kind == Kind::Directory => at = entry.path,
            Some(entry) => remove_file(entry.path)?,
            None => {
                remove_dir(&at)?;
                match at.rfind('/').and_then(|end| at.get(..end.max(top.len()))) {
                    Some(parent) if at.len() > top.len() => at = text(parent)?,
                    _ => return Ok(()),
                }
            }
        }
    }
}

/// An owned copy of a text.
fn text(borrowed: &str) -> Result<String> {
    let mut text = String::new();
    text.try_reserve_exact(borrowed.len()).map_err(|_| Error::OutOfMemory)?;
    text.push_str(borrowed);
    Ok(text)
}

#[cfg(test)]
mod tests {
    extern crate std;

    use std::{borrow::ToOwned, vec::Vec};

    use super::*;
    use crate::fs;

    fn names(path: &str) -> Vec<String> {
        let mut names: Vec<_> = read_dir(path).unwrap().map(|entry| entry.unwrap().file_name().to_owned()).collect();
        names.sort();
        names
    }

    #[test]
    fn a_directory_has_what_was_put_into_it() {
        create_dir("/d").unwrap();
        create_dir("/d/sub").unwrap();
        fs::write("/d/file", "text").unwrap();
        assert_eq!(names("/d"), ["file", "sub"]);
        for entry in read_dir("/d").unwrap().map(Result::unwrap) {
            let is_sub = entry.file_name() == "sub";
            assert_eq!(entry.file_type().unwrap().is_dir(), is_sub);
            assert_eq!(entry.metadata().unwrap().len(), if is_sub { 0 } else { 4 });
            assert_eq!(entry.path(), Path::new("/d").join(entry.file_name()));
        }
    }

    #[test]
    fn directories_are_made_as_deep_as_it_takes() {
        assert_eq!(create_dir("/a/b"), Err(Error::NotFound));
        assert_eq!(create_dir_all("/a/b/c/"), Ok(()));
        assert_eq!(create_dir_all("/a/b/c"), Ok(()));
        assert_eq!(create_dir("/a"), Err(Error::AlreadyExists));
        fs::write("/a/file", "").unwrap();
        assert_eq!(create_dir_all("/a/file"), Err(Error::AlreadyExists));
        assert_eq!(create_dir_all("/"), Ok(()));
    }

    #[test]
    fn a_directory_is_removed_with_what_is_in_it() {
        create_dir_all("/a/b/c").unwrap();
        create_dir_all("/a/d").unwrap();
        fs::write("/a/b/c/file", "").unwrap();
        fs::write("/a/file", "").unwrap();
        assert_eq!(remove_dir("/a"), Err(Error::DirectoryNotEmpty));
        assert_eq!(remove_dir_all("/a/"), Ok(()));
        assert!(!fs::exists("/a"));
        assert_eq!(names("/"), [""; 0]);
    }

    #[test]
    fn a_name_that_is_not_utf_8_does_not_end_the_directory() {
        rtt_mod_host::put_file(b"/caf\xe9", b"");
        fs::write("/z", "").unwrap();
        let entries: Vec<_> = read_dir("/").unwrap().map(|entry| entry.map(|entry| entry.path())).collect();
        assert_eq!(entries, [Err(Error::InvalidData), Ok(PathBuf::from("/z"))]);
    }
}
