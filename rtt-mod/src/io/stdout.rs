//! Console output as a stream of bytes.
#![forbid(unsafe_code)]

use super::{Write, embedded::embedded};
use crate::{Result, sys::console};

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

/// Returns the console output, since the console has a single stream.
///
/// ```no_run
/// use rtt_mod::io::{self, Write};
///
/// io::stderr().write_all(b"no card\n")?;
/// # Ok::<(), rtt_mod::Error>(())
/// ```
pub fn stderr() -> Stderr {
    Stdout(())
}

/// The console output. [`stdout`] returns it. It has no buffer.
///
/// ```no_run
/// let mut out = rtt_mod::io::stdout();
/// ```
#[derive(Debug)]
pub struct Stdout(());

/// The same as [`Stdout`].
pub type Stderr = Stdout;

/// The same as [`Stdout`], which needs no lock.
pub type StdoutLock = Stdout;

/// The same as [`Stdout`].
pub type StderrLock = Stdout;

impl Stdout {
    /// Returns the output itself: there is no buffer that threads share. It is here because `std` has it.
    ///
    /// ```no_run
    /// let mut out = rtt_mod::io::stdout().lock();
    /// ```
    pub fn lock(&self) -> StdoutLock {
        Stdout(())
    }
}

impl Write for Stdout {
    fn write(&mut self, buf: &[u8]) -> Result<usize> {
        console::write(buf)
    }

    /// Does nothing, since there is no buffer.
    fn flush(&mut self) -> Result<()> {
        Ok(())
    }
}

embedded!(Stdout: Write);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_on_the_console() {
        let printed = rtt_mod_host::printed(|| {
            stdout().write_all(b"one\n").unwrap();
            core::write!(stdout().lock(), "{:?}", Some(2)).unwrap();
            embedded_io::Write::write_all(&mut stderr(), b" three").unwrap();
        });
        assert_eq!(printed, "one\nSome(2) three");
    }
}
