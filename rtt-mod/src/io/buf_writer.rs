//! Buffers in front of a destination.
#![forbid(unsafe_code)]

use alloc::vec::Vec;
use core::fmt;

use super::{BUFFER_BYTES, Seek, SeekFrom, Write};
use crate::{Error, Result};

/// A buffer in front of a destination, so that many small writes are few large ones. It has 512 bytes, the size of a
/// sector.
///
/// What is in the buffer is written when it is dropped. [`flush`](Write::flush) it before to see errors.
///
/// ```no_run
/// use rtt_mod::{fs::File, io::{BufWriter, Write}, writeln};
///
/// let mut file = BufWriter::new(File::create("/squares.txt")?);
/// for n in 0..1000 {
///     writeln!(file, "{}", n * n)?;
/// }
/// file.flush()?;
/// # Ok::<(), rtt_mod::Error>(())
/// ```
pub struct BufWriter<W: Write> {
    /// `None` when [`into_inner`](BufWriter::into_inner) has taken it.
    to: Option<W>,
    buffer: Vec<u8>,
}

impl<W: Write> BufWriter<W> {
    /// A buffer of 512 bytes in front of `to`.
    ///
    /// ```
    /// let writer = rtt_mod::io::BufWriter::new(Vec::new());
    /// ```
    pub fn new(to: W) -> Self {
        Self::with_capacity(BUFFER_BYTES, to)
    }

    /// A buffer of `capacity` bytes in front of `to`.
    ///
    /// ```
    /// let writer = rtt_mod::io::BufWriter::with_capacity(64, Vec::new());
    /// ```
    pub fn with_capacity(capacity: usize, to: W) -> Self {
        BufWriter { to: Some(to), buffer: Vec::with_capacity(capacity) }
    }

    /// Returns what is in the buffer.
    ///
    /// ```
    /// assert_eq!(rtt_mod::io::BufWriter::new(Vec::new()).buffer(), b"");
    /// ```
    pub fn buffer(&self) -> &[u8] {
        &self.buffer
    }

    /// Returns the destination.
    ///
    /// # Panics
    ///
    /// Never: only [`into_inner`](BufWriter::into_inner) takes it.
    ///
    /// ```
    /// assert!(rtt_mod::io::BufWriter::new(Vec::new()).get_ref().is_empty());
    /// ```
    pub fn get_ref(&self) -> &W {
        match &self.to {
            Some(to) => to,
            None => Error::Other.panic(),
        }
    }

    /// Writes what is in the buffer, and returns the destination.
    ///
    /// # Errors
    ///
    /// The error of the write, together with the buffer.
    ///
    /// ```
    /// use rtt_mod::io::{BufWriter, Write};
    ///
    /// let mut writer = BufWriter::new(Vec::new());
    /// writer.write_all(b"abc")?;
    /// assert_eq!(writer.into_inner().unwrap(), b"abc");
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn into_inner(mut self) -> Result<W, IntoInnerError<Self>> {
        match self.empty() {
            Ok(()) => self.to.take().ok_or(IntoInnerError(self, Error::Other)),
            Err(error) => Err(IntoInnerError(self, error)),
        }
    }

    /// Writes what is in the buffer. What cannot be written stays in it.
    fn empty(&mut self) -> Result<()> {
        let Some(to) = &mut self.to else { return Ok(()) };
        let mut written = 0;
        let result = super::write_all(&self.buffer, |rest| {
            let count = to.write(rest)?;
            written += count;
            Ok(count)
        });
        self.buffer.drain(..written.min(self.buffer.len()));
        result
    }
}

impl<W: Write> Write for BufWriter<W> {
    fn write(&mut self, buf: &[u8]) -> Result<usize> {
        if self.buffer.len() + buf.len() > self.buffer.capacity() {
            self.empty()?;
        }
        if buf.len() < self.buffer.capacity() {
            self.buffer.extend_from_slice(buf);
            return Ok(buf.len());
        }
        match &mut self.to {
            Some(to) => to.write(buf),
            None => Ok(0),
        }
    }

    fn flush(&mut self) -> Result<()> {
        self.empty()?;
        match &mut self.to {
            Some(to) => to.flush(),
            None => Ok(()),
        }
    }
}

/// Writes what is in the buffer first.
impl<W: Write + Seek> Seek for BufWriter<W> {
    fn seek(&mut self, position: SeekFrom) -> Result<u64> {
        self.empty()?;
        self.to.as_mut().map_or(Err(Error::Other), |to| to.seek(position))
    }
}

impl<W: Write> Drop for BufWriter<W> {
    fn drop(&mut self) {
        // As in `std`, who wants to see the error has flushed before.
        let _ = self.empty();
    }
}

impl<W: Write + fmt::Debug> fmt::Debug for BufWriter<W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BufWriter").field("to", &self.to).field("buffer", &self.buffer).finish()
    }
}

/// The error of `into_inner`: why the buffer could not be written, and the writer with it.
///
/// ```
/// use rtt_mod::{Error, io::{BufWriter, Write}};
///
/// let mut place = [0; 1];
/// let mut writer = BufWriter::new(&mut place[..]);
/// writer.write_all(b"abc")?;
/// assert_eq!(writer.into_inner().unwrap_err().error(), &Error::WriteZero);
/// # Ok::<(), rtt_mod::Error>(())
/// ```
#[derive(Debug)]
pub struct IntoInnerError<W>(W, Error);

impl<W> IntoInnerError<W> {
    /// Returns the error of the write.
    ///
    /// ```
    /// # fn of(error: rtt_mod::io::IntoInnerError<()>) -> rtt_mod::Error {
    /// *error.error()
    /// # }
    /// ```
    pub fn error(&self) -> &Error {
        &self.1
    }

    /// Returns the writer, which still has what could not be written.
    ///
    /// ```
    /// # fn of(error: rtt_mod::io::IntoInnerError<()>) {
    /// error.into_inner()
    /// # }
    /// ```
    pub fn into_inner(self) -> W {
        self.0
    }
}

impl<W> fmt::Display for IntoInnerError<W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.1.fmt(f)
    }
}

impl<W: fmt::Debug> core::error::Error for IntoInnerError<W> {}

impl<W> From<IntoInnerError<W>> for Error {
    fn from(error: IntoInnerError<W>) -> Error {
        error.1
    }
}

/// A [`BufWriter`] that writes each line as soon as it is complete.
///
/// ```no_run
/// use rtt_mod::{fs::File, io::{LineWriter, Write}, write};
///
/// let mut log = LineWriter::new(File::create("/log.txt")?);
/// write!(log, "first ")?; // stays in the buffer
/// write!(log, "line\n")?; // is written
/// # Ok::<(), rtt_mod::Error>(())
/// ```
#[derive(Debug)]
pub struct LineWriter<W: Write>(BufWriter<W>);

impl<W: Write> LineWriter<W> {
    /// A buffer of 512 bytes in front of `to`.
    ///
    /// ```
    /// let writer = rtt_mod::io::LineWriter::new(Vec::new());
    /// ```
    pub fn new(to: W) -> Self {
        LineWriter(BufWriter::new(to))
    }

    /// A buffer of `capacity` bytes in front of `to`.
    ///
    /// ```
    /// let writer = rtt_mod::io::LineWriter::with_capacity(80, Vec::new());
    /// ```
    pub fn with_capacity(capacity: usize, to: W) -> Self {
        LineWriter(BufWriter::with_capacity(capacity, to))
    }

    /// Returns the destination.
    ///
    /// ```
    /// assert!(rtt_mod::io::LineWriter::new(Vec::new()).get_ref().is_empty());
    /// ```
    pub fn get_ref(&self) -> &W {
        self.0.get_ref()
    }

    /// Writes what is in the buffer, and returns the destination.
    ///
    /// # Errors
    ///
    /// Those of [`BufWriter::into_inner`].
    ///
    /// ```
    /// assert!(rtt_mod::io::LineWriter::new(Vec::new()).into_inner().unwrap().is_empty());
    /// ```
    pub fn into_inner(self) -> Result<W, IntoInnerError<Self>> {
        self.0.into_inner().map_err(|IntoInnerError(writer, error)| IntoInnerError(LineWriter(writer), error))
    }
}

impl<W: Write> Write for LineWriter<W> {
    fn write(&mut self, buf: &[u8]) -> Result<usize> {
        let Some(end) = buf.iter().rposition(|byte| *byte == b'\n') else { return self.0.write(buf) };
        let (lines, rest) = buf.split_at(end + 1);
        self.0.write_all(lines)?;
        self.0.flush()?;
        self.0.write_all(rest)?;
        Ok(buf.len())
    }

    fn flush(&mut self) -> Result<()> {
        self.0.flush()
    }
}

#[cfg(test)]
mod tests {
    extern crate std;

    use std::vec;

    use super::*;

    #[test]
    fn small_writes_are_gathered_and_large_ones_go_through() {
        let mut writer = BufWriter::with_capacity(4, vec![]);
        writer.write_all(b"ab").unwrap();
        writer.write_all(b"c").unwrap();
        assert_eq!((writer.buffer(), writer.get_ref().as_slice()), (&b"abc"[..], &b""[..]));
        writer.write_all(b"de").unwrap();
        assert_eq!((writer.buffer(), writer.get_ref().as_slice()), (&b"de"[..], &b"abc"[..]));
        writer.write_all(b"0123456").unwrap();
        assert_eq!((writer.buffer(), writer.get_ref().as_slice()), (&b""[..], &b"abcde0123456"[..]));
    }

    #[test]
    fn a_buffer_is_written_when_it_is_dropped() {
        let mut bytes = vec![];
        BufWriter::new(&mut bytes).write_all(b"late").unwrap();
        assert_eq!(bytes, b"late");
    }

    #[test]
    fn what_cannot_be_written_stays_in_the_buffer() {
        let mut place = [0; 2];
        let mut writer = BufWriter::new(&mut place[..]);
        writer.write_all(b"abc").unwrap();
        assert_eq!(writer.flush(), Err(Error::WriteZero));
        let error = writer.into_inner().unwrap_err();
        assert_eq!(error.error(), &Error::WriteZero);
        assert_eq!(error.into_inner().buffer(), b"c");
        assert_eq!(&place, b"ab");
    }

    #[test]
    fn whole_lines_are_written_at_once() {
        let mut writer = LineWriter::new(vec![]);
        writer.write_all(b"one").unwrap();
        assert_eq!(writer.get_ref().len(), 0);
        writer.write_all(b"\ntwo\nthr").unwrap();
        assert_eq!(writer.get_ref().as_slice(), b"one\ntwo\n");
        assert_eq!(writer.into_inner().unwrap(), b"one\ntwo\nthr");
    }
}
