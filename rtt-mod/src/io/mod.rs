//! Input and output: the console, and the traits of the console and of files.
//!
//! The traits are those of [`embedded-io`](https://docs.rs/embedded-io), so crates for embedded systems can use a
//! [`File`](crate::fs::File) and the console. They have the names of `std`: [`Read`], [`Write`], [`Seek`].
//!
//! ```no_run
//! use rtt_mod::{io::{self, Write}, println};
//!
//! write!(io::stdout(), "your name: ")?;
//! let mut name = String::new();
//! io::stdin().read_line(&mut name)?;
//! println!("Hello, {}!", name.trim());
//! # Ok::<(), rtt_mod::Error>(())
//! ```
#![forbid(unsafe_code)]

mod embedded;
mod line;
mod stdin;
mod stdout;

#[doc(no_inline)]
pub use embedded_io::{BufRead, ErrorKind, ErrorType, Read, ReadExactError, Seek, SeekFrom, Write};

pub use stdin::{Bytes, Lines, Stdin, stdin};
pub use stdout::{Stdout, stdout};

use crate::{Error, Result};

/// Writes all of `bytes` by several calls of `write`: `write_all` of [`Write`], without a panic when nothing more is written.
pub(crate) fn write_all(mut bytes: &[u8], mut write: impl FnMut(&[u8]) -> Result<usize>) -> Result<()> {
    while !bytes.is_empty() {
        match write(bytes)? {
            0 => return Err(Error::WriteZero),
            count => bytes = bytes.get(count..).unwrap_or_default(),
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_is_written_or_there_is_an_error() {
        let mut written = alloc::vec::Vec::new();
        let result = write_all(b"12345", |rest| {
            let some = &rest[..rest.len().min(2)];
            written.extend_from_slice(some);
            Ok(some.len())
        });
        assert_eq!((result, &written[..]), (Ok(()), &b"12345"[..]));
        assert_eq!(write_all(b"1", |_| Ok(0)), Err(Error::WriteZero));
    }
}
