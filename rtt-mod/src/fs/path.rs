//! Path operations: status, removing, renaming.
#![forbid(unsafe_code)]

use super::Metadata;
use crate::{
    Error, Result, env,
    path::{Component, Path, PathBuf},
    sys::file::{self, Status},
};

/// Returns the metadata of the file or directory at `path`: `stat`.
///
/// # Errors
///
/// [`Error::NotFound`] when the path does not exist.
///
/// ```no_run
/// let bytes = rtt_mod::fs::metadata("/data.bin")?.len();
/// # Ok::<(), rtt_mod::Error>(())
/// ```
pub fn metadata<P: AsRef<Path>>(path: P) -> Result<Metadata> {
    Status::of(path.as_ref().as_str()).map(Metadata)
}

/// Returns whether `path` exists. It returns `false` as well when that cannot be found out.
///
/// ```no_run
/// if !rtt_mod::fs::exists("/data.bin") {
///     rtt_mod::println!("no data");
/// }
/// ```
pub fn exists<P: AsRef<Path>>(path: P) -> bool {
    metadata(path).is_ok()
}

/// Returns whether `path` exists.
///
/// # Errors
///
/// When that cannot be found out, for example [`Error::Io`] when the device has failed.
///
/// ```no_run
/// assert!(rtt_mod::fs::try_exists("/")?);
/// # Ok::<(), rtt_mod::Error>(())
/// ```
pub fn try_exists<P: AsRef<Path>>(path: P) -> Result<bool> {
    match metadata(path) {
        Ok(_) => Ok(true),
        Err(Error::NotFound) => Ok(false),
        Err(error) => Err(error),
    }
}

/// Removes a file: `unlink`.
///
/// # Errors
///
/// [`Error::NotFound`], [`Error::IsADirectory`], [`Error::Busy`] when it is open, and [`Error::PermissionDenied`] when
/// it is read-only.
///
/// ```no_run
/// rtt_mod::fs::remove_file("/data.bin")?;
/// # Ok::<(), rtt_mod::Error>(())
/// ```
pub fn remove_file<P: AsRef<Path>>(path: P) -> Result<()> {
    file::remove(path.as_ref().as_str())
}

/// Renames a file or a directory, on the same volume: `rename`.
///
/// An existing file at `to` is replaced. FAT cannot do that in one step: in between, only `from` exists.
///
/// # Errors
///
/// [`Error::NotFound`]; [`Error::Busy`] when one of them is open; [`Error::AlreadyExists`] when `to` is a directory;
/// [`Error::NotADirectory`] when only `from` is one; [`Error::InvalidInput`] when `to` is inside of `from`;
/// [`Error::Unsupported`] when they are on different volumes.
///
/// ```no_run
/// rtt_mod::fs::write("/settings.new", "volume = 11\n")?;
/// rtt_mod::fs::rename("/settings.new", "/settings.txt")?;
/// # Ok::<(), rtt_mod::Error>(())
/// ```
pub fn rename<P: AsRef<Path>, Q: AsRef<Path>>(from: P, to: Q) -> Result<()> {
    file::rename(from.as_ref().as_str(), to.as_ref().as_str())
}

/// Returns the absolute path of what is at `path`, without `.` and `..`. RT-Thread has no links that it could follow.
///
/// # Errors
///
/// [`Error::NotFound`] when the path does not exist, and those of [`env::current_dir`].
///
/// ```no_run
/// rtt_mod::println!("{}", rtt_mod::fs::canonicalize("logs/../data.bin")?);
/// # Ok::<(), rtt_mod::Error>(())
/// ```
pub fn canonicalize<P: AsRef<Path>>(path: P) -> Result<PathBuf> {
    let path = path.as_ref();
    let mut absolute = if path.is_absolute() { PathBuf::from("/") } else { env::current_dir()? };
    for component in path.components() {
        match component {
            Component::Normal(name) => absolute.push(name),
            Component::ParentDir => drop(absolute.pop()),
            Component::RootDir | Component::CurDir => {}
        }
    }
    metadata(&absolute).map(|_| absolute)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fs;

    #[test]
    fn a_canonical_path_is_absolute() {
        fs::create_dir_all("/d/e").unwrap();
        fs::write("/d/file", "").unwrap();
        assert_eq!(canonicalize("./d//e/../file").unwrap().as_str(), "/d/file");
        assert_eq!(canonicalize("/../d/.").unwrap().as_str(), "/d");
        assert_eq!(canonicalize("/d/..").unwrap().as_str(), "/");
        assert_eq!(canonicalize("/none"), Err(Error::NotFound));
    }

    #[test]
    fn a_file_is_there_until_it_is_removed() {
        fs::write("/a", "text").unwrap();
        assert!(exists("/a"));
        assert_eq!(metadata("/a").unwrap().len(), 4);
        assert_eq!(remove_file("/a"), Ok(()));
        assert_eq!(try_exists("/a"), Ok(false));
        assert_eq!(metadata("/a").unwrap_err(), Error::NotFound);
        assert_eq!(try_exists("/a\0"), Err(Error::InvalidFilename));
    }

    #[test]
    fn a_file_takes_the_place_of_another() {
        fs::write("/a", "new").unwrap();
        fs::write("/b", "old").unwrap();
        assert_eq!(rename("/a", "/b"), Ok(()));
        assert_eq!(fs::read_to_string("/b").as_deref(), Ok("new"));
        assert!(!exists("/a"));
    }
}
