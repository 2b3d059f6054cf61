//! Functions of other modules.
//!
//! A module without a `main` is a library, see [`library!`](crate::library): a program opens its file and calls what it
//! exports. The functions run in the program's own thread, so a panic in one of them ends the program.
//!
//! ```no_run
//! use rtt_mod::dl::{Error, Library};
//!
//! fn crc32(text: &str) -> Result<u32, Error> {
//!     let library = Library::open("checksum.mo")?;
//!     // SAFETY: this is how `crc32` is declared there.
//!     let crc32 = unsafe { library.get::<unsafe extern "C" fn(*const u8, usize) -> u32>("crc32") }?;
//!     // SAFETY: the function reads as many bytes as there are.
//!     Ok(unsafe { crc32(text.as_ptr(), text.len()) })
//! }
//! ```
//!
//! What a program has opened is closed with it, whatever its end.
#![forbid(unsafe_code)]

use core::fmt;

pub use crate::sys::library::{Library, Symbol};

/// Why a function of a library can't be called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Error {
    /// There is no file of this name.
    NotFound,
    /// The file does not load. The kernel has said why on the console.
    Refused,
    /// The library exports no function of this name.
    NoFunction,
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Error::NotFound => "no such file",
            Error::Refused => "the kernel refuses it, and has said why",
            Error::NoFunction => "the library exports no such function",
        })
    }
}

impl core::error::Error for Error {}

/// So that `?` takes both errors where a function returns the kernel's.
impl From<Error> for crate::Error {
    fn from(error: Error) -> Self {
        match error {
            Error::NotFound | Error::NoFunction => crate::Error::NotFound,
            Error::Refused => crate::Error::InvalidData,
        }
    }
}
