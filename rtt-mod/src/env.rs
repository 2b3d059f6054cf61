//! The program's arguments and its working directory.
#![forbid(unsafe_code)]

use alloc::{string::String, vec::Vec};
use core::{ffi::CStr, slice};

use crate::{
    Error, Result,
    path::{Path, PathBuf},
    sys::{
        directory,
        entry::{self, ArgumentText},
    },
};

/// The longest path of a working directory, in bytes.
const PATH_BYTES: usize = 256;

/// Returns the words of the command line, the program's own name first. `main` can also take them as its argument.
///
/// A module without a `main` has none.
///
/// ```no_run
/// let verbose = rtt_mod::env::args().any(|word| word == "-v");
/// ```
pub fn args() -> Args {
    Args::new(entry::stored_arguments())
}

/// Returns the path of the working directory, which begins with `/`: `getcwd`. All programs and the shell share one
/// working directory.
///
/// # Errors
///
/// [`Error::OutOfMemory`] without memory for the path, and [`Error::InvalidData`] when it is not UTF-8.
///
/// ```no_run
/// rtt_mod::println!("{}", rtt_mod::env::current_dir()?);
/// # Ok::<(), rtt_mod::Error>(())
/// ```
pub fn current_dir() -> Result<PathBuf> {
    let mut path = [0; PATH_BYTES];
    let length = directory::current(&mut path)?;
    let path = path.get(..length).ok_or(Error::InvalidFilename)?;
    let mut bytes = Vec::new();
    bytes.try_reserve_exact(length).map_err(|_| Error::OutOfMemory)?;
    bytes.extend_from_slice(path);
    String::from_utf8(bytes).map(PathBuf::from).map_err(|_| Error::InvalidData)
}

/// Changes the working directory of all programs and the shell: `chdir`.
///
/// # Errors
///
/// [`Error::NotFound`] when there is nothing at `path`, and [`Error::NotADirectory`] when it is a file.
///
/// ```no_run
/// rtt_mod::env::set_current_dir("/logs")?;
/// # Ok::<(), rtt_mod::Error>(())
/// ```
pub fn set_current_dir<P: AsRef<Path>>(path: P) -> Result<()> {
    directory::set_current(path.as_ref().as_str())
}

/// An iterator over the words of the command line, the program's own name first. [`main`](macro@crate::main) takes it,
/// and [`args`] returns it.
///
/// ```no_run
/// use rtt_mod::{env::Args, println};
///
/// #[rtt_mod::main]
/// fn main(args: Args) {
///     for word in args.skip(1) {
///         println!("{word}");
///     }
/// }
/// ```
#[derive(Clone)]
pub struct Args {
    texts: slice::Iter<'static, ArgumentText<'static>>,
}

impl Args {
    pub(crate) fn new(texts: &'static [ArgumentText<'static>]) -> Self {
        Args { texts: texts.iter() }
    }

    /// Returns an iterator over the same words for C functions.
    ///
    /// ```no_run
    /// # fn rename(from: &core::ffi::CStr, to: &core::ffi::CStr) {}
    /// #[rtt_mod::main]
    /// fn main(args: rtt_mod::Args) {
    ///     let mut words = args.c_strs().skip(1);
    ///     if let (Some(from), Some(to)) = (words.next(), words.next()) {
    ///         rename(from, to);
    ///     }
    /// }
    /// ```
    pub fn c_strs(self) -> CStrs {
        CStrs { texts: self.texts }
    }
}

/// An iterator over the words of the command line for C functions. [`Args::c_strs`] makes it.
///
/// ```no_run
/// # fn of(args: rtt_mod::Args) -> Option<&'static core::ffi::CStr> {
/// args.c_strs().last()
/// # }
/// ```
#[derive(Clone)]
pub struct CStrs {
    texts: slice::Iter<'static, ArgumentText<'static>>,
}

/// Implements the traits that iterators over arguments have in `std`, for a struct with the field `texts`.
macro_rules! iterate {
    ($iterator:ty, $item:ty, $convert:path $(, $life:lifetime)?) => {
        impl $(<$life>)? Iterator for $iterator {
            type Item = $item;

            fn next(&mut self) -> Option<Self::Item> {
                self.texts.next().copied().map($convert)
            }

            fn size_hint(&self) -> (usize, Option<usize>) {
                self.texts.size_hint()
            }
        }

        impl $(<$life>)? DoubleEndedIterator for $iterator {
            fn next_back(&mut self) -> Option<Self::Item> {
                self.texts.next_back().copied().map($convert)
            }
        }

        impl $(<$life>)? ExactSizeIterator for $iterator {}

        impl $(<$life>)? core::iter::FusedIterator for $iterator {}

        impl $(<$life>)? core::fmt::Debug for $iterator {
            fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                formatter.debug_list().entries(self.clone()).finish()
            }
        }
    };
}
pub(crate) use iterate;

iterate!(Args, &'static str, ArgumentText::to_str);
iterate!(CStrs, &'static CStr, ArgumentText::to_c_str);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fs;

    #[test]
    fn the_working_directory_is_where_paths_begin() {
        fs::create_dir("/d").unwrap();
        assert_eq!(current_dir().unwrap(), "/");
        assert_eq!(set_current_dir("d"), Ok(()));
        assert_eq!(current_dir().unwrap(), "/d");
        fs::write("file", "").unwrap();
        assert!(fs::exists("/d/file"));
        assert_eq!(set_current_dir("file"), Err(Error::NotADirectory));
        assert_eq!(set_current_dir("/none"), Err(Error::NotFound));
    }
}
