//! A line to a console.

use std::io;
use std::time::Duration;

/// A line to the console of a kernel.
pub trait Line {
    /// Writes all of `bytes`.
    ///
    /// # Errors
    /// When the connection is lost.
    fn write(&mut self, bytes: &[u8]) -> io::Result<()>;

    /// Reads what has arrived, or waits for it. 0: nothing has arrived within `limit`.
    ///
    /// # Errors
    /// When the connection is lost.
    fn read(&mut self, into: &mut [u8], limit: Duration) -> io::Result<usize>;
}

impl<L: Line + ?Sized> Line for Box<L> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        (**self).write(bytes)
    }

    fn read(&mut self, into: &mut [u8], limit: Duration) -> io::Result<usize> {
        (**self).read(into, limit)
    }
}
