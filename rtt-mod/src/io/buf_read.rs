//! Reading lines and other pieces.
#![forbid(unsafe_code)]

use alloc::{string::String, vec::Vec};

use super::{
    Read,
    read::{again, append, append_text},
};
use crate::Result;

/// A source with a buffer, which can look ahead: a [`BufReader`](super::BufReader), a slice, the console. It is the trait
/// of this name in `std`.
///
/// ```no_run
/// use rtt_mod::{fs::File, io::{BufRead, BufReader}};
///
/// for line in BufReader::new(File::open("/settings.txt")?).lines() {
///     rtt_mod::println!("{}", line?);
/// }
/// # Ok::<(), rtt_mod::Error>(())
/// ```
pub trait BufRead: Read {
    /// Returns what is in the buffer. If it is empty, it is filled before. An empty slice means the end.
    ///
    /// # Errors
    ///
    /// Those of the source.
    ///
    /// ```
    /// use rtt_mod::io::BufRead;
    ///
    /// assert_eq!((&b"abc"[..]).fill_buf(), Ok(&b"abc"[..]));
    /// ```
    fn fill_buf(&mut self) -> Result<&[u8]>;

    /// Removes the first `count` bytes from the buffer.
    ///
    /// ```
    /// use rtt_mod::io::BufRead;
    ///
    /// let mut source = &b"abc"[..];
    /// source.consume(1);
    /// assert_eq!(source, b"bc");
    /// ```
    fn consume(&mut self, count: usize);

    /// Reads up to and with the byte `delimiter`, or to the end, and appends that to `buf`. Returns the number of bytes.
    ///
    /// # Errors
    ///
    /// Those of the source; [`Error::OutOfMemory`](crate::Error::OutOfMemory) if the heap has no room.
    ///
    /// ```
    /// use rtt_mod::io::BufRead;
    ///
    /// let mut word = Vec::new();
    /// (&b"one two"[..]).read_until(b' ', &mut word)?;
    /// assert_eq!(word, b"one ");
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    fn read_until(&mut self, delimiter: u8, buf: &mut Vec<u8>) -> Result<usize> {
        let begin = buf.len();
        loop {
            let there = again_filled(self)?;
            let (count, is_over) = match there.iter().position(|byte| *byte == delimiter) {
                Some(at) => (at + 1, true),
                None => (there.len(), there.is_empty()),
            };
            append(buf, there.get(..count).unwrap_or_default())?;
            self.consume(count);
            if is_over {
                return Ok(buf.len() - begin);
            }
        }
    }

    /// Reads a line with its `\n`, and appends it to `buf`. Returns the number of bytes; 0 at the end.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidData`](crate::Error::InvalidData) if the line is not UTF-8, and those of
    /// [`read_until`](BufRead::read_until). Then `buf` is unchanged.
    ///
    /// ```
    /// use rtt_mod::io::BufRead;
    ///
    /// let mut line = String::new();
    /// assert_eq!((&b"one\ntwo"[..]).read_line(&mut line), Ok(4));
    /// ```
    fn read_line(&mut self, buf: &mut String) -> Result<usize> {
        let mut bytes = Vec::new();
        self.read_until(b'\n', &mut bytes)?;
        append_text(buf, &bytes)
    }

    /// Returns an iterator over the lines, without `\n` and `\r\n`.
    ///
    /// ```
    /// use rtt_mod::io::BufRead;
    ///
    /// assert_eq!((&b"one\r\ntwo"[..]).lines().last().unwrap().as_deref(), Ok("two"));
    /// ```
    fn lines(self) -> Lines<Self>
    where
        Self: Sized,
    {
        Lines(self)
    }

    /// Returns an iterator over the pieces between the bytes `delimiter`.
    ///
    /// ```
    /// use rtt_mod::io::{BufRead, Cursor};
    ///
    /// assert_eq!(Cursor::new("a,b,c").split(b',').count(), 3);
    /// ```
    fn split(self, delimiter: u8) -> Split<Self>
    where
        Self: Sized,
    {
        Split { source: self, delimiter }
    }
}

/// Fills the buffer, and again after an interruption.
fn again_filled<B: BufRead + ?Sized>(source: &mut B) -> Result<&[u8]> {
    again(|| source.fill_buf().map(drop))?;
    source.fill_buf()
}

impl BufRead for &[u8] {
    fn fill_buf(&mut self) -> Result<&[u8]> {
        Ok(self)
    }

    fn consume(&mut self, count: usize) {
        *self = self.get(count..).unwrap_or_default();
    }
}

/// An iterator over the lines of a source. [`BufRead::lines`] returns it.
///
/// ```
/// use rtt_mod::io::BufRead;
///
/// assert_eq!((&b"one\ntwo\n"[..]).lines().count(), 2);
/// ```
#[derive(Debug)]
pub struct Lines<B>(B);

impl<B: BufRead> Iterator for Lines<B> {
    type Item = Result<String>;

    fn next(&mut self) -> Option<Result<String>> {
        let mut line = String::new();
        match self.0.read_line(&mut line) {
            Ok(0) => None,
            Ok(_) => {
                if line.ends_with('\n') {
                    line.pop();
                    if line.ends_with('\r') {
                        line.pop();
                    }
                }
                Some(Ok(line))
            }
            Err(error) => Some(Err(error)),
        }
    }
}

/// An iterator over the pieces of a source. [`BufRead::split`] returns it.
///
/// ```
/// use rtt_mod::io::{BufRead, Cursor};
///
/// assert_eq!(Cursor::new("a b").split(b' ').next(), Some(Ok(b"a".to_vec())));
/// ```
#[derive(Debug)]
pub struct Split<B> {
    source: B,
    delimiter: u8,
}

impl<B: BufRead> Iterator for Split<B> {
    type Item = Result<Vec<u8>>;

    fn next(&mut self) -> Option<Result<Vec<u8>>> {
        let mut piece = Vec::new();
        match self.source.read_until(self.delimiter, &mut piece) {
            Ok(0) => None,
            Ok(_) => {
                if piece.last() == Some(&self.delimiter) {
                    piece.pop();
                }
                Some(Ok(piece))
            }
            Err(error) => Some(Err(error)),
        }
    }
}
