//! Libraries: modules whose functions other modules call.
//!
//! A library is made with [`library!`](crate::library). A program opens the library's file and calls the functions that
//! it exports. They run in the program's own thread, so a panic in one of them ends the program.
//!
//! ```no_run
//! use rtt_mod::dl::{Error, Library};
//!
//! fn crc32(text: &str) -> Result<u32, Error> {
//!     let library = Library::open("checksum.mo")?;
//!     let crc32 = library.get::<unsafe extern "C" fn(*const u8, usize) -> u32>("crc32")?;
//!     // SAFETY: the function reads as many bytes as there are.
//!     Ok(unsafe { crc32.call(text.as_ptr(), text.len()) })
//! }
//! ```
//!
//! [`Library::get`] compares the type with that of the function in the library, and is safe. Functions of libraries in C, and
//! those with other types than numbers and pointers to numbers, are found with [`Library::get_unchecked`].
//!
//! When a program ends, for whatever reason, the libraries that it has opened are closed.
#![forbid(unsafe_code)]

use core::fmt;

pub use crate::sys::{
    library::{Library, Symbol},
    signature::{Checked, Function, Type},
};

/// Why a library was not opened, or a function was not found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Error {
    /// The file does not exist.
    NotFound,
    /// The file cannot be loaded. The console shows the reason.
    Refused,
    /// The library exports no function of this name.
    NoFunction,
    /// The library does not say the type of the function.
    NoType,
    /// The function has another type. The console shows both.
    OtherType,
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Error::NotFound => "the file does not exist",
            Error::Refused => "the file cannot be loaded; the console shows the reason",
            Error::NoFunction => "the library exports no function of this name",
            Error::NoType => "the library does not say the type of the function",
            Error::OtherType => "the function has another type; the console shows both",
        })
    }
}

impl core::error::Error for Error {}

/// Lets `?` convert the error in functions that return the kernel's errors.
impl From<Error> for crate::Error {
    fn from(error: Error) -> Self {
        match error {
            Error::NotFound | Error::NoFunction => crate::Error::NotFound,
            Error::Refused | Error::NoType | Error::OtherType => crate::Error::InvalidData,
        }
    }
}
