//! Functions over whole sources, and sources and destinations without bytes.
#![forbid(unsafe_code)]

use alloc::string::String;

use super::{BUFFER_BYTES, BufRead, Read, Write, read::again};
use crate::Result;

/// Copies all bytes of `source` to `to`, and returns their number.
///
/// It needs 512 bytes of stack.
///
/// # Errors
///
/// Those of both.
///
/// ```no_run
/// use rtt_mod::{fs::File, io};
///
/// io::copy(&mut File::open("/log.txt")?, &mut io::stdout())?;
/// # Ok::<(), rtt_mod::Error>(())
/// ```
pub fn copy<R: Read + ?Sized, W: Write + ?Sized>(source: &mut R, to: &mut W) -> Result<u64> {
    let mut buffer = [0; BUFFER_BYTES];
    let mut copied = 0;
    loop {
        let count = again(|| source.read(&mut buffer))?;
        if count == 0 {
            return Ok(copied);
        }
        to.write_all(buffer.get(..count).unwrap_or_default())?;
        copied += count as u64;
    }
}

/// Reads all of `source` as text.
///
/// # Errors
///
/// Those of [`Read::read_to_string`].
///
/// ```
/// assert_eq!(rtt_mod::io::read_to_string(&b"text"[..]).as_deref(), Ok("text"));
/// ```
pub fn read_to_string<R: Read>(mut source: R) -> Result<String> {
    let mut text = String::new();
    source.read_to_string(&mut text)?;
    Ok(text)
}

/// Returns a source that is at its end.
///
/// ```
/// assert_eq!(rtt_mod::io::read_to_string(rtt_mod::io::empty()).as_deref(), Ok(""));
/// ```
pub const fn empty() -> Empty {
    Empty
}

/// A source that is at its end. [`empty`] returns it.
///
/// ```
/// let source = rtt_mod::io::empty();
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct Empty;

impl Read for Empty {
    fn read(&mut self, _: &mut [u8]) -> Result<usize> {
        Ok(0)
    }
}

impl BufRead for Empty {
    fn fill_buf(&mut self) -> Result<&[u8]> {
        Ok(&[])
    }

    fn consume(&mut self, _: usize) {}
}

/// Returns a destination that takes everything and keeps nothing.
///
/// ```
/// use rtt_mod::io::{self, Write};
///
/// io::sink().write_all(b"lost")?;
/// # Ok::<(), rtt_mod::Error>(())
/// ```
pub const fn sink() -> Sink {
    Sink
}

/// A destination that keeps nothing. [`sink`] returns it.
///
/// ```
/// let nowhere = rtt_mod::io::sink();
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct Sink;

impl Write for Sink {
    fn write(&mut self, buf: &[u8]) -> Result<usize> {
        Ok(buf.len())
    }

    fn flush(&mut self) -> Result<()> {
        Ok(())
    }
}

/// Returns a source that has `byte` without an end.
///
/// ```
/// use rtt_mod::io::{self, Read};
///
/// let mut padding = [0; 4];
/// io::repeat(0xff).read_exact(&mut padding)?;
/// # Ok::<(), rtt_mod::Error>(())
/// ```
pub const fn repeat(byte: u8) -> Repeat {
    Repeat(byte)
}

/// A source that has one byte without an end. [`repeat`] returns it.
///
/// ```
/// let ones = rtt_mod::io::repeat(1);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Repeat(u8);

impl Read for Repeat {
    fn read(&mut self, buf: &mut [u8]) -> Result<usize> {
        buf.fill(self.0);
        Ok(buf.len())
    }
}

#[cfg(test)]
mod tests {
    extern crate std;

    use std::vec;

    use super::*;
    use crate::Error;

    #[test]
    fn all_bytes_are_copied() {
        let (source, mut copy_of_it) = (vec![7; 3 * BUFFER_BYTES + 1], vec![]);
        assert_eq!(copy(&mut &source[..], &mut copy_of_it), Ok(source.len() as u64));
        assert_eq!(copy_of_it, source);
        assert_eq!(copy(&mut repeat(1).take(9), &mut sink()), Ok(9));
        assert_eq!(copy(&mut repeat(1), &mut &mut [0; 4][..]), Err(Error::WriteZero));
    }

    #[test]
    fn parts_of_sources_are_sources() {
        let text = (&b"ab"[..]).chain(&b"cd"[..]).chain(empty()).take(3);
        assert_eq!(read_to_string(text).as_deref(), Ok("abc"));
        let lines = (&b"a\nb"[..]).chain(&b"c\nd"[..]).lines();
        assert!(lines.eq(["a", "bc", "d"].map(|line| Ok(String::from(line)))));
        let lines = (&b"one\ntwo\n"[..]).take(6).lines();
        assert!(lines.eq(["one", "tw"].map(|line| Ok(String::from(line)))));
    }

    #[test]
    fn objects_of_the_traits_are_sources_and_destinations() {
        let (mut source, mut bytes) = (&b"text"[..], vec![]);
        let (from, to): (&mut dyn Read, &mut dyn Write) = (&mut source, &mut bytes);
        copy(from, to).unwrap();
        core::write!(to, " {}", 1).unwrap();
        assert_eq!(bytes, b"text 1");
    }

    #[test]
    fn interruptions_are_not_seen() {
        struct Interrupted(bool);

        impl Read for Interrupted {
            fn read(&mut self, buf: &mut [u8]) -> Result<usize> {
                self.0 = !self.0;
                if self.0 { Err(Error::Interrupted) } else { Ok(buf.len()) }
            }
        }

        assert_eq!(Interrupted(false).read_exact(&mut [0; 3]), Ok(()));
        assert_eq!(Interrupted(false).bytes().next(), Some(Ok(0)));
        assert_eq!(copy(&mut Interrupted(false).take(4), &mut sink()), Ok(4));
    }
}
