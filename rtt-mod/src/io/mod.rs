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
