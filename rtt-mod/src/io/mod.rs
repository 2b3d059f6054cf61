//! Input and output: the traits of `std::io`, the console, and buffers.
//!
//! [`Read`], [`Write`], [`Seek`] and [`BufRead`] have the names and methods that they have in `std`. Their errors are
//! those of this crate. Files, the console, serial ports and connections also implement the traits of
//! [`embedded-io`](https://docs.rs/embedded-io), for drivers that ask for them.
//!
//! ```no_run
//! use rtt_mod::{io::{self, Write}, println};
//!
//! io::stdout().write_all(b"your name: ")?;
//! let mut name = String::new();
//! io::stdin().read_line(&mut name)?;
//! println!("Hello, {}!", name.trim());
//! # Ok::<(), rtt_mod::Error>(())
//! ```
#![forbid(unsafe_code)]

mod buf_read;
mod buf_reader;
mod buf_writer;
mod cursor;
pub(crate) mod embedded;
mod forward;
mod line;
mod read;
mod seek;
mod stdin;
mod stdout;
mod whole;
mod write;

#[doc(no_inline)]
pub use embedded_io::SeekFrom;

pub use buf_read::{BufRead, Lines, Split};
pub use buf_reader::BufReader;
pub use buf_writer::{BufWriter, IntoInnerError, LineWriter};
pub use cursor::Cursor;
pub use read::{Bytes, Chain, Read, Take};
pub use seek::Seek;
pub use stdin::{Stdin, StdinLines, StdinLock, stdin};
pub use stdout::{Stderr, StderrLock, Stdout, StdoutLock, stderr, stdout};
pub use whole::{Empty, Repeat, Sink, copy, empty, read_to_string, repeat, sink};
pub(crate) use write::Adapter;
pub use write::Write;

#[doc(no_inline)]
pub use crate::{Error, Result};

/// The kind of an error is the error itself.
#[doc(no_inline)]
pub use crate::Error as ErrorKind;

/// The traits of this module.
///
/// ```
/// use rtt_mod::io::prelude::*;
/// ```
pub mod prelude {
    #[doc(no_inline)]
    pub use super::{BufRead, Read, Seek, Write};
}

/// The size of a buffer, in bytes: a sector.
const BUFFER_BYTES: usize = 512;

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
