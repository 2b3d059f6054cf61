//! What is known of files and directories.
#![forbid(unsafe_code)]

use core::time::Duration;

use crate::{
    Error, Result,
    sys::file::{Kind, Status},
};

/// What is known of a file or a directory, by [`metadata`](super::metadata) or
/// [`File::metadata`](super::File::metadata).
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
    /// What there is: a file, a directory, or something else.
    ///
    /// ```no_run
    /// # let metadata = rtt_mod::fs::metadata("/data.bin")?;
    /// let is_file = metadata.file_type().is_file();
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn file_type(&self) -> FileType {
        FileType(self.0.kind)
    }

    /// Whether it is a directory.
    ///
    /// ```no_run
    /// # let metadata = rtt_mod::fs::metadata("/data.bin")?;
    /// assert!(!metadata.is_dir());
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn is_dir(&self) -> bool {
        self.file_type().is_dir()
    }

    /// Whether it is an ordinary file, and not a device.
    ///
    /// ```no_run
    /// # let metadata = rtt_mod::fs::metadata("/data.bin")?;
    /// assert!(metadata.is_file());
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn is_file(&self) -> bool {
        self.file_type().is_file()
    }

    /// Bytes in the file; 0 for what is no file.
    ///
    /// ```no_run
    /// # let metadata = rtt_mod::fs::metadata("/data.bin")?;
    /// rtt_mod::println!("{} bytes", metadata.len());
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn len(&self) -> u64 {
        self.0.length
    }

    /// Whether it can be changed.
    ///
    /// ```no_run
    /// # let metadata = rtt_mod::fs::metadata("/data.bin")?;
    /// let is_protected = metadata.permissions().readonly();
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn permissions(&self) -> Permissions {
        Permissions { read_only: self.0.read_only }
    }

    /// When it was last changed: the time from 1970 to then, by the clock of the machine that did.
    ///
    /// # Errors
    ///
    /// [`Error::Unsupported`] where that is not known: of directories, devices, and on 4.x of a file that is open.
    ///
    /// ```no_run
    /// # let metadata = rtt_mod::fs::metadata("/data.bin")?;
    /// let day = metadata.modified()?.as_secs() / 86_400;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn modified(&self) -> Result<Duration> {
        match u64::try_from(self.0.modified) {
            Ok(seconds @ 1..) => Ok(Duration::from_secs(seconds)),
            _ => Err(Error::Unsupported),
        }
    }
}

/// What there is at a path.
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
    /// Whether it is a directory.
    ///
    /// ```no_run
    /// assert!(rtt_mod::fs::metadata("/")?.file_type().is_dir());
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn is_dir(&self) -> bool {
        self.0 == Kind::Directory
    }

    /// Whether it is an ordinary file, and not a device.
    ///
    /// ```no_run
    /// assert!(!rtt_mod::fs::metadata("/dev/uart0")?.file_type().is_file());
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn is_file(&self) -> bool {
        self.0 == Kind::File
    }
}

/// What may be done with a file.
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
    /// Whether the file can't be changed.
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
