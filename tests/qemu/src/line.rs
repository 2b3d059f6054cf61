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

impl mkmod::send::Line for Line<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.console.write(bytes)
    }

    fn read(&mut self, limit: Duration) -> io::Result<Option<u8>> {
        if self.read == self.console.transcript.len() {
            match self.console.received.recv_timeout(limit) {
                Ok(bytes) => self.console.transcript.extend(bytes),
                Err(RecvTimeoutError::Timeout) => return Ok(None),
                Err(RecvTimeoutError::Disconnected) => return Err(io::ErrorKind::BrokenPipe.into()),
            }
        }
        self.read += 1;
        Ok(self.console.transcript.get(self.read - 1).copied())
    }
}
