//! Bytes in memory with a position.
#![forbid(unsafe_code)]

use alloc::vec::Vec;

use super::{BufRead, Read, Seek, SeekFrom, Write};
use crate::{Error, Result};

/// Bytes in memory that are read, written and sought like a file.
///
/// ```
/// use rtt_mod::io::{Cursor, Read, Seek};
///
/// let mut cursor = Cursor::new(b"0123456789");
/// cursor.seek_relative(7)?;
/// let mut text = String::new();
/// cursor.read_to_string(&mut text)?;
/// assert_eq!(text, "789");
/// # Ok::<(), rtt_mod::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cursor<T> {
    bytes: T,
    position: u64,
}

impl<T> Cursor<T> {
    /// A cursor at the start of `bytes`.
    ///
    /// ```
    /// let cursor = rtt_mod::io::Cursor::new(vec![1, 2, 3]);
    /// ```
    pub const fn new(bytes: T) -> Self {
        Cursor { bytes, position: 0 }
    }

    /// Returns the bytes.
    ///
    /// ```
    /// assert_eq!(rtt_mod::io::Cursor::new([1, 2]).into_inner(), [1, 2]);
    /// ```
    pub fn into_inner(self) -> T {
        self.bytes
    }

    /// Returns the bytes.
    ///
    /// ```
    /// assert_eq!(rtt_mod::io::Cursor::new([1, 2]).get_ref(), &[1, 2]);
    /// ```
    pub const fn get_ref(&self) -> &T {
        &self.bytes
    }

    /// Returns the bytes.
    ///
    /// ```
    /// rtt_mod::io::Cursor::new([1, 2]).get_mut()[0] = 3;
    /// ```
    pub const fn get_mut(&mut self) -> &mut T {
        &mut self.bytes
    }

    /// Returns the position in bytes.
    ///
    /// ```
    /// assert_eq!(rtt_mod::io::Cursor::new([1, 2]).position(), 0);
    /// ```
    pub const fn position(&self) -> u64 {
        self.position
    }

    /// Sets the position, which may be past the end.
    ///
    /// ```
    /// rtt_mod::io::Cursor::new([1, 2]).set_position(1);
    /// ```
    pub const fn set_position(&mut self, position: u64) {
        self.position = position;
    }

    /// The position as an index.
    fn at(&self) -> usize {
        usize::try_from(self.position).unwrap_or(usize::MAX)
    }

    /// Writes into `place`, the bytes, which do not grow.
    fn overwrite(place: &mut [u8], position: &mut u64, buf: &[u8]) -> Result<usize> {
        let at = usize::try_from(*position).unwrap_or(usize::MAX);
        let count = place.get_mut(at..).unwrap_or_default().write(buf)?;
        *position += count as u64;
        Ok(count)
    }

    /// Writes into `bytes`, which grow. Zeros fill a gap.
    fn extend(bytes: &mut Vec<u8>, position: &mut u64, buf: &[u8]) -> Result<usize> {
        let at = usize::try_from(*position).map_err(|_| Error::OutOfMemory)?;
        let end = at.checked_add(buf.len()).ok_or(Error::OutOfMemory)?;
        if end > bytes.len() {
            bytes.try_reserve(end - bytes.len()).map_err(|_| Error::OutOfMemory)?;
            bytes.resize(end, 0);
        }
        Self::overwrite(bytes, position, buf)
    }
}

impl<T: AsRef<[u8]>> Read for Cursor<T> {
    fn read(&mut self, buf: &mut [u8]) -> Result<usize> {
        let count = self.fill_buf()?.read(buf)?;
        self.consume(count);
        Ok(count)
    }
}

impl<T: AsRef<[u8]>> BufRead for Cursor<T> {
    fn fill_buf(&mut self) -> Result<&[u8]> {
        Ok(self.bytes.as_ref().get(self.at()..).unwrap_or_default())
    }

    fn consume(&mut self, count: usize) {
        self.position += count as u64;
    }
}

impl<T: AsRef<[u8]>> Seek for Cursor<T> {
    fn seek(&mut self, position: SeekFrom) -> Result<u64> {
        let (base, offset) = match position {
            SeekFrom::Start(position) => (position, 0),
            SeekFrom::Current(offset) => (self.position, offset),
            SeekFrom::End(offset) => (self.bytes.as_ref().len() as u64, offset),
        };
        self.position = base.checked_add_signed(offset).ok_or(Error::InvalidInput)?;
        Ok(self.position)
    }
}

macro_rules! writes {
    ($function:ident: $([$($generic:tt)*] $type:ty),+) => {$(
        impl<$($generic)*> Write for Cursor<$type> {
            fn write(&mut self, buf: &[u8]) -> Result<usize> {
                Self::$function(&mut self.bytes, &mut self.position, buf)
            }

            fn flush(&mut self) -> Result<()> {
                Ok(())
            }
        }
    )+};
}

writes!(overwrite: [] &mut [u8], [const N: usize] [u8; N]);
writes!(extend: [] Vec<u8>, [] &mut Vec<u8>);

#[cfg(test)]
mod tests {
    extern crate std;

    use std::vec;

    use super::*;

    #[test]
    fn a_vector_grows_where_it_is_written() {
        let mut cursor = Cursor::new(vec![1, 2, 3]);
        cursor.seek(SeekFrom::End(-1)).unwrap();
        cursor.write_all(&[7, 8]).unwrap();
        cursor.set_position(6);
        cursor.write_all(&[9]).unwrap();
        assert_eq!(cursor.into_inner(), [1, 2, 7, 8, 0, 0, 9]);
    }

    #[test]
    fn a_slice_does_not_grow() {
        let mut place = [0; 3];
        let mut cursor = Cursor::new(&mut place[..]);
        cursor.set_position(2);
        assert_eq!(cursor.write(b"ab"), Ok(1));
        assert_eq!(cursor.write(b"b"), Ok(0));
        assert_eq!(place, [0, 0, b'a']);
    }

    #[test]
    fn there_is_nothing_before_the_start_and_after_the_end() {
        let mut cursor = Cursor::new(b"abc");
        assert_eq!(cursor.seek(SeekFrom::Current(-1)), Err(Error::InvalidInput));
        assert_eq!(cursor.seek(SeekFrom::End(5)), Ok(8));
        assert_eq!(cursor.read(&mut [0]), Ok(0));
        assert_eq!(cursor.seek(SeekFrom::Current(-7)), Ok(1));
        assert_eq!(cursor.fill_buf(), Ok(&b"bc"[..]));
    }
}
