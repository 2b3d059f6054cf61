//! The console as a serial line, over which mkmod sends files.

use std::io;
use std::sync::mpsc::RecvTimeoutError;
use std::time::Duration;

use super::Console;

/// A console as a line. It begins with what is printed next.
pub struct Line<'a> {
    console: &'a mut Console,
    /// How many bytes of the transcript were read.
    read: usize,
}

impl Console {
    /// This console as a line.
    pub fn line(&mut self) -> Line<'_> {
        self.catch_up();
        let read = self.transcript.len();
        Line { console: self, read }
    }
}

impl mkmod::board::Line for Line<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.console.write(bytes)
    }

    fn read(&mut self, into: &mut [u8], limit: Duration) -> io::Result<usize> {
        if self.read == self.console.transcript.len() {
            match self.console.received.recv_timeout(limit) {
                Ok(bytes) => self.console.transcript.extend(bytes),
                Err(RecvTimeoutError::Timeout) => return Ok(0),
                Err(RecvTimeoutError::Disconnected) => return Err(io::ErrorKind::BrokenPipe.into()),
            }
        }
        let new = &self.console.transcript[self.read..];
        let length = new.len().min(into.len());
        into[..length].copy_from_slice(&new[..length]);
        self.read += length;
        Ok(length)
    }
}
