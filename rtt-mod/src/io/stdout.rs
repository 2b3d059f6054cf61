//! Console output as a stream of bytes.
#![forbid(unsafe_code)]

use embedded_io::{ErrorType, Write};

use crate::{Error, Result, io, sys::console};

/// Returns the console output, for functions that take a [`Write`]. Otherwise [`print!`](crate::print!) is shorter and
/// makes smaller programs.
///
/// ```no_run
/// use rtt_mod::io::{self, Write};
///
/// io::stdout().write_all(b"a line\n")?;
/// # Ok::<(), rtt_mod::Error>(())
/// ```
pub fn stdout() -> Stdout {
    Stdout(())
}

/// The console output. [`stdout`] returns it. It has no buffer.
///
/// ```no_run
/// let mut out = rtt_mod::io::stdout();
/// ```
#[derive(Debug)]
pub struct Stdout(());

impl ErrorType for Stdout {
    type Error = Error;
}

impl Write for Stdout {
    fn write(&mut self, buf: &[u8]) -> Result<usize> {
        console::write(buf)
    }

    /// [`Error::WriteZero`] when nothing more can be written.
    fn write_all(&mut self, buf: &[u8]) -> Result<()> {
        io::write_all(buf, |rest| Write::write(self, rest))
    }

    /// Does nothing, since there is no buffer.
    fn flush(&mut self) -> Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_on_the_console() {
        let printed = rtt_mod_host::printed(|| {
            Write::write_all(&mut stdout(), b"one\n").unwrap();
            write!(stdout(), "{:?}", Some(2)).unwrap();
        });
        assert_eq!(printed, "one\nSome(2)");
    }
}
