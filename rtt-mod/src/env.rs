//! The program's arguments, its working directory and its environment variables.
#![forbid(unsafe_code)]

use alloc::{string::String, vec::Vec};
use core::{ffi::CStr, fmt, slice};

use crate::{
    Error, Result,
    path::{Path, PathBuf},
    sys::{
        directory,
        entry::{self, ArgumentText},
        environment,
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

/// Returns the value of the environment variable `key`: `getenv`.
///
/// These variables are what the shell's command `mod env NAME=VALUE` and the firmware set for all modules, and those of the C
/// library: with newlib, RT-Thread 4 sets `PATH` and `HOME`. Programs read them only, since they share them.
///
/// # Errors
///
/// [`VarError::NotPresent`] if there is no such variable, and [`VarError::NotUnicode`] if its value is not UTF-8.
///
/// ```no_run
/// use rtt_mod::{env, println};
///
/// match env::var("BOARD") {
///     Ok(board) => println!("this is {board}"),
///     Err(error) => println!("BOARD: {error}"),
/// }
/// ```
pub fn var<K: AsRef<str>>(key: K) -> core::result::Result<String, VarError> {
    let value = environment::get(key.as_ref()).ok_or(VarError::NotPresent)?;
    String::from_utf8(value).map_err(|error| VarError::NotUnicode(error.into_bytes()))
}

/// Returns all environment variables. Those that are not UTF-8 are left out.
///
/// ```no_run
/// for (name, value) in rtt_mod::env::vars() {
///     rtt_mod::println!("{name}={value}");
/// }
/// ```
pub fn vars() -> Vars {
    Vars { position: 0 }
}

/// Why [`var`] has found no value.
///
/// ```no_run
/// use rtt_mod::env::{self, VarError};
///
/// let is_unset = env::var("BOARD") == Err(VarError::NotPresent);
/// # let _ = is_unset;
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum VarError {
    /// There is no such variable.
    NotPresent,
    /// The value, which is not UTF-8.
    NotUnicode(Vec<u8>),
}

impl fmt::Display for VarError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            VarError::NotPresent => "environment variable not found",
            VarError::NotUnicode(_) => "environment variable was not valid unicode",
        })
    }
}

impl core::error::Error for VarError {}

/// Lets `?` convert the error in functions that return the kernel's errors.
impl From<VarError> for Error {
    fn from(error: VarError) -> Self {
        match error {
            VarError::NotPresent => Error::NotFound,
            VarError::NotUnicode(_) => Error::InvalidData,
        }
    }
}

/// An iterator over the environment variables. [`vars`] returns it.
///
/// ```no_run
/// let count = rtt_mod::env::vars().count();
/// # let _ = count;
/// ```
#[derive(Debug)]
pub struct Vars {
    position: u32,
}

impl Iterator for Vars {
    type Item = (String, String);

    fn next(&mut self) -> Option<(String, String)> {
        loop {
            let entry = environment::entry(self.position)?;
            self.position += 1;
            let entry = core::str::from_utf8(&entry).ok().and_then(|entry| entry.split_once('='));
            if let Some((name, value)) = entry {
                return Some((name.into(), value.into()));
            }
        }
    }
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
    #[cfg_attr(miri, ignore = "Miri shows no variables of the PC")]
    fn variables_are_found_and_listed() {
        let path = var("PATH").unwrap();
        assert!(vars().any(|(name, value)| name == "PATH" && value == path));
        assert_eq!(var("NO_SUCH_VARIABLE"), Err(VarError::NotPresent));
        assert_eq!(var(""), Err(VarError::NotPresent));
    }

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
