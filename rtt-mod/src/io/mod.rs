//! Input and output: the console, and the traits that it and files have.
//!
//! The traits are [`embedded-io`](https://docs.rs/embedded-io)'s, so that crates for embedded systems take a
//! [`File`](crate::fs::File) and the console as they are. They have `std`'s names: [`Read`], [`Write`], [`Seek`].
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
