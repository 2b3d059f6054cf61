//! What is at a path.
#![forbid(unsafe_code)]

use super::{Path, PathBuf};
use crate::{
    Result,
    fs::{self, Metadata, ReadDir},
};

impl Path {
    /// Returns whether there is something at the path. See [`fs::exists`].
    ///
    /// ```no_run
    /// assert!(rtt_mod::path::Path::new("/").exists());
    /// ```
    #[inline]
    pub fn exists(&self) -> bool {
        self.metadata().is_ok()
    }

    /// Returns whether there is something at the path. See [`fs::try_exists`].
    ///
    /// # Errors
    ///
    /// Those of [`fs::try_exists`].
    ///
    /// ```no_run
    /// assert_eq!(rtt_mod::path::Path::new("/").try_exists(), Ok(true));
    /// ```
    #[inline]
    pub fn try_exists(&self) -> Result<bool> {
        fs::try_exists(self)
    }

    /// Returns whether there is a regular file at the path.
    ///
    /// ```no_run
    /// assert!(!rtt_mod::path::Path::new("/").is_file());
    /// ```
    #[inline]
    pub fn is_file(&self) -> bool {
        self.metadata().is_ok_and(|metadata| metadata.is_file())
    }

    /// Returns whether there is a directory at the path.
    ///
    /// ```no_run
    /// assert!(rtt_mod::path::Path::new("/").is_dir());
    /// ```
    #[inline]
    pub fn is_dir(&self) -> bool {
        self.metadata().is_ok_and(|metadata| metadata.is_dir())
    }

    /// Returns the metadata of what is at the path. See [`fs::metadata`].
    ///
    /// # Errors
    ///
    /// Those of [`fs::metadata`].
    ///
    /// ```no_run
    /// let bytes = rtt_mod::path::Path::new("/data.bin").metadata()?.len();
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    #[inline]
    pub fn metadata(&self) -> Result<Metadata> {
        fs::metadata(self)
    }

    /// Returns an iterator over the entries of the directory. See [`fs::read_dir`].
    ///
    /// # Errors
    ///
    /// Those of [`fs::read_dir`].
    ///
    /// ```no_run
    /// let count = rtt_mod::path::Path::new("/").read_dir()?.count();
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    #[inline]
    pub fn read_dir(&self) -> Result<ReadDir> {
        fs::read_dir(self)
    }

    /// Returns the absolute path without `.` and `..`. See [`fs::canonicalize`].
    ///
    /// # Errors
    ///
    /// Those of [`fs::canonicalize`].
    ///
    /// ```no_run
    /// rtt_mod::println!("{}", rtt_mod::path::Path::new("logs").canonicalize()?);
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    #[inline]
    pub fn canonicalize(&self) -> Result<PathBuf> {
        fs::canonicalize(self)
    }
}
