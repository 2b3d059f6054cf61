//! A buffer in front of a source.
#![forbid(unsafe_code)]

use alloc::{boxed::Box, vec};

use super::{BUFFER_BYTES, BufRead, Read, Seek, SeekFrom};
use crate::Result;

/// A buffer in front of a source, so that many small reads are few large ones. It has 512 bytes, the size of a sector.
///
/// ```no_run
/// use rtt_mod::{fs::File, io::{BufRead, BufReader}};
///
/// let count = BufReader::new(File::open("/words.txt")?).lines().count();
/// # Ok::<(), rtt_mod::Error>(())
/// ```
#[derive(Debug)]
pub struct BufReader<R> {
    source: R,
    buffer: Box<[u8]>,
    /// The part of the buffer that was read from the source and not taken yet.
    begin: usize,
    end: usize,
}

impl<R> BufReader<R> {
    /// A buffer of 512 bytes in front of `source`.
    ///
    /// ```
    /// let reader = rtt_mod::io::BufReader::new(&b"text"[..]);
    /// ```
    pub fn new(source: R) -> Self {
        Self::with_capacity(BUFFER_BYTES, source)
    }

    /// A buffer of `capacity` bytes, at least one, in front of `source`.
    ///
    /// ```
    /// let reader = rtt_mod::io::BufReader::with_capacity(32, &b"text"[..]);
    /// ```
    pub fn with_capacity(capacity: usize, source: R) -> Self {
        BufReader { source, buffer: vec![0; capacity.max(1)].into_boxed_slice(), begin: 0, end: 0 }
    }

    /// Returns the source. Reading from it skips what is in the buffer.
    ///
    /// ```
    /// let reader = rtt_mod::io::BufReader::new(&b"text"[..]);
    /// assert_eq!(reader.get_ref().len(), 4);
    /// ```
    pub fn get_ref(&self) -> &R {
        &self.source
    }

    /// Returns the source. Reading from it skips what is in the buffer.
    ///
    /// ```
    /// let mut reader = rtt_mod::io::BufReader::new(&b"text"[..]);
    /// *reader.get_mut() = b"other";
    /// ```
    pub fn get_mut(&mut self) -> &mut R {
        &mut self.source
    }

    /// Returns the source. What is in the buffer is lost.
    ///
    /// ```
    /// let reader = rtt_mod::io::BufReader::new(&b"text"[..]);
    /// assert_eq!(reader.into_inner(), b"text");
    /// ```
    pub fn into_inner(self) -> R {
        self.source
    }

    /// Returns what is in the buffer, without filling it.
    ///
    /// ```
    /// assert_eq!(rtt_mod::io::BufReader::new(&b"text"[..]).buffer(), b"");
    /// ```
    pub fn buffer(&self) -> &[u8] {
        self.buffer.get(self.begin..self.end).unwrap_or_default()
    }
}

impl<R: Read> Read for BufReader<R> {
    fn read(&mut self, buf: &mut [u8]) -> Result<usize> {
        if self.begin == self.end && buf.len() >= self.buffer.len() {
            return self.source.read(buf);
        }
        let count = self.fill_buf()?.read(buf)?;
        self.consume(count);
        Ok(count)
    }
}

impl<R: Read> BufRead for BufReader<R> {
    fn fill_buf(&mut self) -> Result<&[u8]> {
        if self.begin == self.end {
            (self.begin, self.end) = (0, 0);
            self.end = self.source.read(&mut self.buffer)?.min(self.buffer.len());
        }
        Ok(self.buffer())
    }

    fn consume(&mut self, count: usize) {
        self.begin = self.end.min(self.begin.saturating_add(count));
    }
}

/// Moving empties the buffer.
impl<R: Seek> Seek for BufReader<R> {
    fn seek(&mut self, position: SeekFrom) -> Result<u64> {
        let ahead = (self.end - self.begin) as i64;
        (self.begin, self.end) = (0, 0);
        self.source.seek(match position {
            SeekFrom::Current(offset) => SeekFrom::Current(offset.saturating_sub(ahead)),
            position => position,
        })
    }
}

#[cfg(test)]
mod tests {
    extern crate std;

    use std::{string::String, vec::Vec};

    use super::*;
    use crate::{
        Error,
        io::{Cursor, read_to_string},
    };

    /// A source that gives so many bytes at a time, and counts how often it is asked.
    struct Slow<'a>(&'a [u8], usize, usize);

    impl Read for Slow<'_> {
        fn read(&mut self, buf: &mut [u8]) -> Result<usize> {
            self.2 += 1;
            let most = buf.len().min(self.1);
            self.0.read(&mut buf[..most])
        }
    }

    #[test]
    fn lines_are_read_whatever_the_size_of_the_buffer() {
        for capacity in 1..12 {
            let lines: Vec<_> =
                BufReader::with_capacity(capacity, Slow(b"one\r\n\ntwo three\nfour", 5, 0)).lines().collect();
            let expected = ["one", "", "two three", "four"].map(|line| Ok(String::from(line)));
            assert_eq!(lines, expected, "{capacity}");
        }
        let mut lines = BufReader::new(&b"a\n\xff\nb"[..]).lines();
        assert_eq!(lines.nth(1), Some(Err(Error::InvalidData)));
        assert_eq!(lines.next(), Some(Ok("b".into())));
    }

    #[test]
    fn the_source_is_asked_once_for_many_small_reads() {
        let mut reader = BufReader::new(Slow(b"abcdefgh", 8, 0));
        let mut byte = [0];
        for expected in b"abcdefgh" {
            reader.read_exact(&mut byte).unwrap();
            assert_eq!(byte[0], *expected);
        }
        assert_eq!(reader.get_ref().2, 1);
        assert_eq!(reader.read(&mut byte), Ok(0));
    }

    #[test]
    fn the_position_is_that_of_what_was_taken() {
        let mut reader = BufReader::with_capacity(4, Cursor::new(b"0123456789"));
        reader.read_exact(&mut [0; 2]).unwrap();
        assert_eq!(reader.stream_position(), Ok(2));
        reader.read_exact(&mut [0; 2]).unwrap();
        reader.seek_relative(3).unwrap();
        assert_eq!(read_to_string(reader).as_deref(), Ok("789"));
    }
}
