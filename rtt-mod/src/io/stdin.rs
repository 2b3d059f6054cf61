//! Console input.
#![forbid(unsafe_code)]

use alloc::{string::String, vec::Vec};
use core::sync::atomic::{AtomicBool, Ordering};

use super::{
    BufRead, Bytes, Read,
    embedded::embedded,
    line::{self, End},
};
use crate::{Error, Result, sys::console};

/// Whether the last line ended with a carriage return.
static AFTER_RETURN: AtomicBool = AtomicBool::new(false);

/// Returns the console input.
///
/// The shell reads it as well. While the shell waits for the module, as in `mod run NAME`, the module gets all keys. A
/// module that is run by its bare name competes with the shell for each key.
///
/// ```no_run
/// for line in rtt_mod::io::stdin().lines() {
///     rtt_mod::println!("{} bytes", line?.len());
/// }
/// # Ok::<(), rtt_mod::Error>(())
/// ```
pub fn stdin() -> Stdin {
    Stdin(())
}

/// The console input. [`stdin`] returns it.
///
/// [`read_line`](Stdin::read_line) and [`lines`](Stdin::lines) echo what is typed. Backspace erases a character, Ctrl-U
/// the whole line; Ctrl-D in an empty line ends the input, and Ctrl-C interrupts it. [`Read`] and
/// [`bytes`](Stdin::bytes) return single keys without an echo.
///
/// ```no_run
/// let mut input = rtt_mod::io::stdin();
/// ```
#[derive(Debug)]
pub struct Stdin(());

impl Stdin {
    /// Waits for a line and appends it to `buf`, with a `\n` at its end. Returns the number of bytes; 0 when Ctrl-D is
    /// typed instead of a line.
    ///
    /// # Errors
    ///
    /// [`Error::Interrupted`] when Ctrl-C is typed, [`Error::InvalidData`] when the line is not UTF-8,
    /// [`Error::OutOfMemory`], and [`Error::WouldWait`] in an interrupt or a timer's callback. Then `buf` is unchanged.
    ///
    /// ```no_run
    /// let mut line = String::new();
    /// rtt_mod::io::stdin().read_line(&mut line)?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn read_line(&self, buf: &mut String) -> Result<usize> {
        match read_line()? {
            None => Ok(0),
            Some(line) => {
                buf.try_reserve(line.len() + 1).map_err(|_| Error::OutOfMemory)?;
                buf.push_str(&line);
                buf.push('\n');
                Ok(line.len() + 1)
            }
        }
    }

    /// Returns an iterator over the lines, without their ends, until Ctrl-D is typed.
    ///
    /// ```no_run
    /// for line in rtt_mod::io::stdin().lines() {
    ///     rtt_mod::println!("{}", line?);
    /// }
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn lines(self) -> StdinLines {
        StdinLines(())
    }

    /// Returns an iterator over the keys. Enter sends a carriage return.
    ///
    /// ```no_run
    /// let answer = rtt_mod::io::stdin().bytes().next();
    /// ```
    pub fn bytes(self) -> Bytes<Stdin> {
        Read::bytes(self)
    }

    /// Returns the lines as a [`BufRead`], for functions that take one. Ctrl-D in an empty line is the end.
    ///
    /// ```no_run
    /// use rtt_mod::io::{self, BufRead};
    ///
    /// let words = io::stdin().lock().split(b' ').count();
    /// ```
    pub fn lock(&self) -> StdinLock {
        StdinLock { line: Vec::new(), begin: 0 }
    }
}

fn read_line() -> Result<Option<String>> {
    let mut line = Vec::new();
    let mut after_return = AFTER_RETURN.load(Ordering::Relaxed);
    let end = line::read(&mut line, &mut after_return);
    AFTER_RETURN.store(after_return, Ordering::Relaxed);
    match end? {
        End::Input => Ok(None),
        End::Line => String::from_utf8(line).map(Some).map_err(|_| Error::InvalidData),
    }
}

/// Waits for a key and reads the keys that were typed, without an echo.
impl Read for Stdin {
    fn read(&mut self, buf: &mut [u8]) -> Result<usize> {
        console::read(buf)
    }
}

embedded!(Stdin: Read);

/// An iterator over lines of the console. [`Stdin::lines`] returns it.
///
/// ```no_run
/// let first = rtt_mod::io::stdin().lines().next();
/// ```
#[derive(Debug)]
pub struct StdinLines(());

impl Iterator for StdinLines {
    type Item = Result<String>;

    fn next(&mut self) -> Option<Result<String>> {
        read_line().transpose()
    }
}

/// The lines of the console as a source with a buffer. [`Stdin::lock`] returns it. What is typed is echoed, as by
/// [`Stdin::read_line`].
///
/// ```no_run
/// let input = rtt_mod::io::stdin().lock();
/// ```
#[derive(Debug)]
pub struct StdinLock {
    line: Vec<u8>,
    /// Where the part begins that was not taken yet.
    begin: usize,
}

impl Read for StdinLock {
    fn read(&mut self, buf: &mut [u8]) -> Result<usize> {
        let count = self.fill_buf()?.read(buf)?;
        self.consume(count);
        Ok(count)
    }
}

impl BufRead for StdinLock {
    fn fill_buf(&mut self) -> Result<&[u8]> {
        if self.begin >= self.line.len() {
            self.begin = 0;
            self.line.clear();
            let mut line = String::new();
            stdin().read_line(&mut line)?;
            self.line = line.into_bytes();
        }
        Ok(self.line.get(self.begin..).unwrap_or_default())
    }

    fn consume(&mut self, count: usize) {
        self.begin = self.begin.saturating_add(count);
    }
}

embedded!(StdinLock: Read);

#[cfg(test)]
mod tests {
    extern crate std;

    use std::{borrow::ToOwned, vec, vec::Vec};

    use super::*;

    /// The lines of what is typed, and what the console shows meanwhile.
    fn typed(keys: &[u8]) -> (Vec<Result<String>>, String) {
        AFTER_RETURN.store(false, Ordering::Relaxed);
        let mut lines = Vec::new();
        rtt_mod_host::type_in(keys);
        let shown = rtt_mod_host::printed(|| lines.extend(stdin().lines()));
        (lines, shown)
    }

    /// One test, since the tests' threads share what the last key was.
    #[test]
    fn lines_are_typed_and_changed() {
        let one = |line: &str| vec![Ok(line.to_owned())];
        assert_eq!(typed(b"hello\r\x04"), (one("hello"), "hello\n".to_owned()));
        assert_eq!(typed(b"a\rb\nc\r\nd\r\n\x04").0, ["a", "b", "c", "d"].map(|line| Ok(line.to_owned())));
        assert_eq!(typed(b"\r\r\x04").0, [Ok(String::new()), Ok(String::new())]);
        assert_eq!(typed(b"hex\x08\x7flp\r\x04"), (one("hlp"), "hex\x08 \x08\x08 \x08lp\n".to_owned()));
        assert_eq!(typed("aö\u{7f}\u{7f}\u{7f}b\r\u{4}".as_bytes()).0, one("b"));
        assert_eq!(typed(b"wrong\x15right\r\x04").0, one("right"));
        assert_eq!(typed(b"a\x04b\x1b[A\x1b[3~\x01c\r\x04"), (one("abc"), "abc\n".to_owned()));
        assert_eq!(typed(b"ab\x03c\r\x04").0, [Err(Error::Interrupted), Ok("c".to_owned())]);

        rtt_mod_host::type_in(b"\xff\ra\r\x04");
        assert_eq!(stdin().lines().collect::<Vec<_>>(), [Err(Error::InvalidData), Ok("a".to_owned())]);

        rtt_mod_host::type_in(b"one\rtwo\r\x04");
        let mut text = String::from("> ");
        assert_eq!(stdin().read_line(&mut text), Ok(4));
        assert_eq!(stdin().read_line(&mut text), Ok(4));
        assert_eq!(stdin().read_line(&mut text), Ok(0));
        assert_eq!(text, "> one\ntwo\n");

        rtt_mod_host::type_in(b"one two\rthree\r\x04\x04");
        let mut input = stdin().lock();
        let mut word = Vec::new();
        assert_eq!(input.read_until(b' ', &mut word), Ok(4));
        assert!(input.lines().eq(["two", "three"].map(|line| Ok(line.to_owned()))));
    }

    #[test]
    fn keys_are_given_as_they_are() {
        rtt_mod_host::type_in(b"y\r\x1b");
        let mut keys = [0; 8];
        assert_eq!(stdin().read(&mut keys[..2]), Ok(2));
        assert_eq!(&keys[..2], b"y\r");
        assert_eq!(stdin().bytes().next(), Some(Ok(0x1b)));
    }
}
