//! Writing bytes.
#![forbid(unsafe_code)]

use alloc::vec::Vec;
use core::fmt;

use super::read::append;
use crate::{Error, Result};

/// A destination of bytes: a file, the console, a connection, a vector. It is the trait of this name in `std`.
///
/// `write!` and `writeln!` write to it. It can be in scope together with [`core::fmt::Write`], since no type has both.
///
/// ```no_run
/// use rtt_mod::{fs::File, io::Write, writeln};
///
/// writeln!(File::create("/log.txt")?, "started")?;
/// # Ok::<(), rtt_mod::Error>(())
/// ```
pub trait Write {
    /// Writes some of the bytes and returns how many.
    ///
    /// # Errors
    ///
    /// Those of the destination.
    ///
    /// ```
    /// use rtt_mod::io::Write;
    ///
    /// assert_eq!((&mut [0; 2][..]).write(b"abc"), Ok(2));
    /// ```
    fn write(&mut self, buf: &[u8]) -> Result<usize>;

    /// Has what is in a buffer written.
    ///
    /// # Errors
    ///
    /// Those of the destination.
    ///
    /// ```no_run
    /// use rtt_mod::io::{self, Write};
    ///
    /// io::stdout().flush()?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    fn flush(&mut self) -> Result<()>;

    /// Writes all of the bytes.
    ///
    /// # Errors
    ///
    /// [`Error::WriteZero`] if nothing more can be written; those of the destination but [`Error::Interrupted`].
    ///
    /// ```
    /// use rtt_mod::{Error, io::Write};
    ///
    /// assert_eq!((&mut [0; 2][..]).write_all(b"abc"), Err(Error::WriteZero));
    /// ```
    fn write_all(&mut self, buf: &[u8]) -> Result<()> {
        super::write_all(buf, |rest| self.write(rest))
    }

    /// Writes formatted text: what `write!` calls.
    ///
    /// # Errors
    ///
    /// Those of [`write_all`](Write::write_all); [`Error::Other`] if a `Display` fails.
    ///
    /// ```
    /// use rtt_mod::io::Write;
    ///
    /// let mut bytes = Vec::new();
    /// bytes.write_fmt(format_args!("{}", 7))?;
    /// assert_eq!(bytes, b"7");
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    fn write_fmt(&mut self, arguments: fmt::Arguments<'_>) -> Result<()> {
        Adapter::write(self, |adapter| fmt::write(adapter, arguments))
    }

    /// Borrows the destination, for functions that take it by value.
    ///
    /// ```
    /// use rtt_mod::io::{BufWriter, Write};
    ///
    /// let mut bytes = Vec::new();
    /// BufWriter::new(bytes.by_ref()).write_all(b"abc")?;
    /// assert_eq!(bytes, b"abc");
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    fn by_ref(&mut self) -> &mut Self
    where
        Self: Sized,
    {
        self
    }
}

/// The destination of `core::fmt`, which keeps the error.
pub(crate) struct Adapter<'a, W: ?Sized> {
    to: &'a mut W,
    result: Result<()>,
}

impl<'a, W: Write + ?Sized> Adapter<'a, W> {
    /// Writes by `format`, and returns the error of the destination, or [`Error::Other`] if a `Display` fails.
    #[inline(always)]
    pub fn write(to: &'a mut W, format: impl FnOnce(&mut Self) -> fmt::Result) -> Result<()> {
        let mut adapter = Adapter { to, result: Ok(()) };
        match format(&mut adapter) {
            Ok(()) => Ok(()),
            Err(fmt::Error) => adapter.result.and(Err(Error::Other)),
        }
    }
}

impl<W: Write + ?Sized> fmt::Write for Adapter<'_, W> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.result = self.to.write_all(text.as_bytes());
        self.result.map_err(|_| fmt::Error)
    }
}

/// Appends. [`Error::OutOfMemory`] if the heap has no room.
impl Write for Vec<u8> {
    fn write(&mut self, buf: &[u8]) -> Result<usize> {
        append(self, buf).map(|()| buf.len())
    }

    fn flush(&mut self) -> Result<()> {
        Ok(())
    }
}

/// Overwrites, and is then what is left of the slice.
impl Write for &mut [u8] {
    fn write(&mut self, buf: &[u8]) -> Result<usize> {
        let place = core::mem::take(self);
        let (now, later) = place.split_at_mut(buf.len().min(place.len()));
        now.copy_from_slice(buf.get(..now.len()).unwrap_or_default());
        let count = now.len();
        *self = later;
        Ok(count)
    }

    fn flush(&mut self) -> Result<()> {
        Ok(())
    }
}
