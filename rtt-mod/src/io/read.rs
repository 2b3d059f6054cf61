//! Reading bytes.
#![forbid(unsafe_code)]

use alloc::{string::String, vec::Vec};

use super::BufRead;
use crate::{Error, Result};

/// The number of bytes that [`Read::read_to_end`] reads at a time.
const READ_AT_ONCE: usize = 64;

/// A source of bytes: a file, the console, a connection, a slice. It is the trait of this name in `std`.
///
/// ```no_run
/// use rtt_mod::{fs::File, io::Read};
///
/// let mut header = [0; 16];
/// File::open("/data.bin")?.read_exact(&mut header)?;
/// # Ok::<(), rtt_mod::Error>(())
/// ```
pub trait Read {
    /// Reads up to `buf.len()` bytes and returns their number. 0 means the end, if `buf` is not empty.
    ///
    /// # Errors
    ///
    /// Those of the source. [`Error::Interrupted`] does not stop the other methods: they read again.
    ///
    /// ```
    /// use rtt_mod::io::Read;
    ///
    /// let mut buf = [0; 2];
    /// assert_eq!((&b"abc"[..]).read(&mut buf), Ok(2));
    /// ```
    fn read(&mut self, buf: &mut [u8]) -> Result<usize>;

    /// Reads to the end, appends it to `buf`, and returns the number of bytes.
    ///
    /// # Errors
    ///
    /// Those of [`read`](Read::read); [`Error::OutOfMemory`] if the heap has no room. What was read before is in `buf`.
    ///
    /// ```
    /// use rtt_mod::io::Read;
    ///
    /// let mut bytes = vec![b'a'];
    /// assert_eq!((&b"bc"[..]).read_to_end(&mut bytes), Ok(2));
    /// assert_eq!(bytes, b"abc");
    /// ```
    fn read_to_end(&mut self, buf: &mut Vec<u8>) -> Result<usize> {
        let begin = buf.len();
        let mut some = [0; READ_AT_ONCE];
        loop {
            match again(|| self.read(&mut some))? {
                0 => return Ok(buf.len() - begin),
                count => append(buf, some.get(..count).unwrap_or_default())?,
            }
        }
    }

    /// Reads to the end as text, appends it to `buf`, and returns the number of bytes.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidData`] if it is not UTF-8, and those of [`read_to_end`](Read::read_to_end). Then `buf` is
    /// unchanged.
    ///
    /// ```
    /// use rtt_mod::io::Read;
    ///
    /// let mut text = String::new();
    /// (&b"text"[..]).read_to_string(&mut text)?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    fn read_to_string(&mut self, buf: &mut String) -> Result<usize> {
        let mut bytes = Vec::new();
        self.read_to_end(&mut bytes)?;
        append_text(buf, &bytes)
    }

    /// Reads until `buf` is full.
    ///
    /// # Errors
    ///
    /// [`Error::UnexpectedEof`] if the source ends before; those of [`read`](Read::read).
    ///
    /// ```
    /// use rtt_mod::{Error, io::Read};
    ///
    /// assert_eq!((&b"abc"[..]).read_exact(&mut [0; 4]), Err(Error::UnexpectedEof));
    /// ```
    fn read_exact(&mut self, mut buf: &mut [u8]) -> Result<()> {
        while !buf.is_empty() {
            match again(|| self.read(buf))? {
                0 => return Err(Error::UnexpectedEof),
                count => buf = buf.get_mut(count..).unwrap_or_default(),
            }
        }
        Ok(())
    }

    /// Borrows the source, for the methods that take it by value.
    ///
    /// ```
    /// use rtt_mod::io::Read;
    ///
    /// let mut source = &b"abcd"[..];
    /// let mut text = String::new();
    /// source.by_ref().take(2).read_to_string(&mut text)?;
    /// assert_eq!(source, b"cd");
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    fn by_ref(&mut self) -> &mut Self
    where
        Self: Sized,
    {
        self
    }

    /// Returns an iterator over the bytes. Without a buffer, as that of [`BufReader`](super::BufReader), this is slow.
    ///
    /// ```
    /// use rtt_mod::io::Read;
    ///
    /// assert_eq!((&b"ab"[..]).bytes().last(), Some(Ok(b'b')));
    /// ```
    fn bytes(self) -> Bytes<Self>
    where
        Self: Sized,
    {
        Bytes(self)
    }

    /// Returns a source that has the bytes of this one, and then those of `next`.
    ///
    /// ```
    /// use rtt_mod::io::{Read, read_to_string};
    ///
    /// assert_eq!(read_to_string((&b"ab"[..]).chain(&b"c"[..])).as_deref(), Ok("abc"));
    /// ```
    fn chain<R: Read>(self, next: R) -> Chain<Self, R>
    where
        Self: Sized,
    {
        Chain { first: Some(self), second: next }
    }

    /// Returns a source that ends after `limit` bytes.
    ///
    /// ```
    /// use rtt_mod::io::{Read, read_to_string};
    ///
    /// assert_eq!(read_to_string((&b"abc"[..]).take(2)).as_deref(), Ok("ab"));
    /// ```
    fn take(self, limit: u64) -> Take<Self>
    where
        Self: Sized,
    {
        Take { source: self, limit }
    }
}

/// Calls `read` again after [`Error::Interrupted`].
pub(super) fn again<T>(mut read: impl FnMut() -> Result<T>) -> Result<T> {
    loop {
        match read() {
            Err(Error::Interrupted) => {}
            result => return result,
        }
    }
}

pub(super) fn append(buf: &mut Vec<u8>, bytes: &[u8]) -> Result<()> {
    buf.try_reserve(bytes.len()).map_err(|_| Error::OutOfMemory)?;
    buf.extend_from_slice(bytes);
    Ok(())
}

pub(super) fn append_text(buf: &mut String, bytes: &[u8]) -> Result<usize> {
    let text = core::str::from_utf8(bytes).map_err(|_| Error::InvalidData)?;
    buf.try_reserve(text.len()).map_err(|_| Error::OutOfMemory)?;
    buf.push_str(text);
    Ok(text.len())
}

impl Read for &[u8] {
    fn read(&mut self, buf: &mut [u8]) -> Result<usize> {
        let (now, later) = self.split_at(buf.len().min(self.len()));
        if let Some(place) = buf.get_mut(..now.len()) {
            place.copy_from_slice(now);
        }
        *self = later;
        Ok(now.len())
    }
}

/// An iterator over the bytes of a source. [`Read::bytes`] returns it.
///
/// ```
/// use rtt_mod::io::Read;
///
/// assert_eq!((&b"abc"[..]).bytes().count(), 3);
/// ```
#[derive(Debug)]
pub struct Bytes<R>(R);

impl<R: Read> Iterator for Bytes<R> {
    type Item = Result<u8>;

    fn next(&mut self) -> Option<Result<u8>> {
        let mut byte = [0];
        match again(|| self.0.read(&mut byte)) {
            Ok(0) => None,
            Ok(_) => Some(Ok(byte[0])),
            Err(error) => Some(Err(error)),
        }
    }
}

/// Two sources, one after the other. [`Read::chain`] returns it.
///
/// ```
/// use rtt_mod::io::Read;
///
/// assert_eq!((&b"abc"[..]).chain(&b"d"[..]).bytes().count(), 4);
/// ```
#[derive(Debug)]
pub struct Chain<A, B> {
    first: Option<A>,
    second: B,
}

impl<A: Read, B: Read> Read for Chain<A, B> {
    fn read(&mut self, buf: &mut [u8]) -> Result<usize> {
        if let Some(first) = &mut self.first {
            match first.read(buf)? {
                0 if !buf.is_empty() => self.first = None,
                count => return Ok(count),
            }
        }
        self.second.read(buf)
    }
}

impl<A: BufRead, B: BufRead> BufRead for Chain<A, B> {
    fn fill_buf(&mut self) -> Result<&[u8]> {
        let first_has_more = match &mut self.first {
            Some(first) => !first.fill_buf()?.is_empty(),
            None => false,
        };
        if !first_has_more {
            self.first = None;
        }
        match &mut self.first {
            Some(first) => first.fill_buf(),
            None => self.second.fill_buf(),
        }
    }

    fn consume(&mut self, count: usize) {
        match &mut self.first {
            Some(first) => first.consume(count),
            None => self.second.consume(count),
        }
    }
}

/// The first bytes of a source. [`Read::take`] returns it.
///
/// ```
/// use rtt_mod::io::Read;
///
/// assert_eq!((&b"abc"[..]).take(2).limit(), 2);
/// ```
#[derive(Debug)]
pub struct Take<R> {
    source: R,
    limit: u64,
}

impl<R> Take<R> {
    /// Returns how many bytes can still be read.
    ///
    /// ```
    /// use rtt_mod::io::Read;
    ///
    /// assert_eq!((&b"abc"[..]).take(2).limit(), 2);
    /// ```
    pub fn limit(&self) -> u64 {
        self.limit
    }

    /// Returns the source.
    ///
    /// ```
    /// use rtt_mod::io::Read;
    ///
    /// assert_eq!((&b"abc"[..]).take(2).into_inner(), b"abc");
    /// ```
    pub fn into_inner(self) -> R {
        self.source
    }

    /// The smaller of `bytes` and the limit.
    fn within(&self, bytes: usize) -> usize {
        usize::try_from(self.limit).map_or(bytes, |limit| limit.min(bytes))
    }
}

impl<R: Read> Read for Take<R> {
    fn read(&mut self, buf: &mut [u8]) -> Result<usize> {
        let most = self.within(buf.len());
        let count = match buf.get_mut(..most) {
            Some(buf) if !buf.is_empty() => self.source.read(buf)?,
            _ => 0,
        };
        self.limit = self.limit.saturating_sub(count as u64);
        Ok(count)
    }
}

impl<R: BufRead> BufRead for Take<R> {
    fn fill_buf(&mut self) -> Result<&[u8]> {
        if self.limit == 0 {
            return Ok(&[]);
        }
        let limit = self.limit;
        let buf = self.source.fill_buf()?;
        let most = usize::try_from(limit).map_or(buf.len(), |limit| limit.min(buf.len()));
        Ok(buf.get(..most).unwrap_or_default())
    }

    fn consume(&mut self, count: usize) {
        let count = self.within(count);
        self.limit = self.limit.saturating_sub(count as u64);
        self.source.consume(count);
    }
}
