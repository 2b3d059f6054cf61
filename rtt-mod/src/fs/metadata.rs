//! Metadata of files and directories.
#![forbid(unsafe_code)]

use crate::{
    Error, Result,
    sys::file::{Kind, Status},
    time::SystemTime,
};

/// Metadata of a file or a directory. [`metadata`](super::metadata) and [`File::metadata`](super::File::metadata)
/// return it.
///
/// ```no_run
/// let metadata = rtt_mod::fs::metadata("/data.bin")?;
/// rtt_mod::println!("{} bytes", metadata.len());
/// # Ok::<(), rtt_mod::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Metadata(pub(super) Status);

#[expect(clippy::len_without_is_empty, reason = "std has no `is_empty` here either")]
impl Metadata {
    /// Returns the type: file, directory, or other.
    ///
    /// ```no_run
    /// # let metadata = rtt_mod::fs::metadata("/data.bin")?;
    /// let is_file = metadata.file_type().is_file();
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn file_type(&self) -> FileType {
        FileType(self.0.kind)
    }

    /// Returns whether it is a directory.
    ///
    /// ```no_run
    /// # let metadata = rtt_mod::fs::metadata("/data.bin")?;
    /// assert!(!metadata.is_dir());
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn is_dir(&self) -> bool {
        self.file_type().is_dir()
    }

    /// Returns whether it is a regular file.
    ///
    /// ```no_run
    /// # let metadata = rtt_mod::fs::metadata("/data.bin")?;
    /// assert!(metadata.is_file());
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn is_file(&self) -> bool {
        self.file_type().is_file()
    }

    /// Returns the size of the file in bytes; 0 for directories and devices.
    ///
    /// ```no_run
    /// # let metadata = rtt_mod::fs::metadata("/data.bin")?;
    /// rtt_mod::println!("{} bytes", metadata.len());
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn len(&self) -> u64 {
        self.0.length
    }

    /// Returns the permissions.
    ///
    /// ```no_run
    /// # let metadata = rtt_mod::fs::metadata("/data.bin")?;
    /// let is_protected = metadata.permissions().readonly();
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn permissions(&self) -> Permissions {
        Permissions { read_only: self.0.read_only }
    }

    /// Returns the time of the last change, by the clock of the machine that made the change.
    ///
    /// # Errors
    ///
    /// [`Error::Unsupported`] where it is not known: for directories and devices, and on RT-Thread 4.x for open files.
    ///
    /// ```no_run
    /// # let metadata = rtt_mod::fs::metadata("/data.bin")?;
    /// let age = metadata.modified()?.elapsed();
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn modified(&self) -> Result<SystemTime> {
        match self.0.modified {
            seconds @ 1.. => Ok(SystemTime::from_seconds(seconds)),
            _ => Err(Error::Unsupported),
        }
    }
}

/// The type of a file: regular file, directory, or other.
///
/// ```no_run
/// for entry in rtt_mod::fs::read_dir("/")? {
///     if entry?.file_type()?.is_dir() {
///         rtt_mod::println!("a folder");
///     }
/// }
/// # Ok::<(), rtt_mod::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileType(pub(super) Kind);

impl FileType {
    /// Returns whether it is a directory.
    ///
    /// ```no_run
    /// assert!(rtt_mod::fs::metadata("/")?.file_type().is_dir());
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn is_dir(&self) -> bool {
        self.0 == Kind::Directory
    }

    /// Returns whether it is a regular file.
    ///
    /// ```no_run
    /// assert!(!rtt_mod::fs::metadata("/dev/uart0")?.file_type().is_file());
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn is_file(&self) -> bool {
        self.0 == Kind::File
    }
}

/// The permissions of a file.
///
/// ```no_run
/// let permissions = rtt_mod::fs::metadata("/data.bin")?.permissions();
/// # Ok::<(), rtt_mod::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Permissions {
    read_only: bool,
}

impl Permissions {
    /// Returns whether the file is read-only.
    ///
    /// ```no_run
    /// # let permissions = rtt_mod::fs::metadata("/data.bin")?.permissions();
    /// assert!(!permissions.readonly());
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn readonly(&self) -> bool {
        self.read_only
    }
}
