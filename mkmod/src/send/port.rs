//! A serial port.

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::Path;
use std::time::{Duration, Instant};

use rustix::fs::{Mode, OFlags};
use rustix::termios::{self, OptionalActions, SpecialCodeIndex, Termios};

use super::{Line, SendError};

/// A read without data returns after this many tenths of a second.
const TENTHS: u8 = 1;

/// An open serial port. Dropping it restores its former settings.
#[derive(Debug)]
pub struct Port {
    file: File,
    before: Termios,
}

impl Port {
    /// Opens the port at `path` and sets it to `baud` bits a second, 8 bits, no parity.
    ///
    /// # Errors
    /// When there is no such port, it can't be opened, or it does not support the speed.
    pub fn open(path: &Path, baud: u32) -> Result<Self, SendError> {
        Self::open_raw(path, baud)
            .map_err(|error| SendError::Port { port: path.display().to_string(), source: error.into() })
    }

    fn open_raw(path: &Path, baud: u32) -> rustix::io::Result<Self> {
        let file = rustix::fs::open(path, OFlags::RDWR | OFlags::NOCTTY | OFlags::CLOEXEC, Mode::empty())?;
        let before = termios::tcgetattr(&file)?;
        let mut raw = before.clone();
        raw.make_raw();
        raw.set_speed(baud)?;
        raw.special_codes[SpecialCodeIndex::VMIN] = 0;
        raw.special_codes[SpecialCodeIndex::VTIME] = TENTHS;
        termios::tcsetattr(&file, OptionalActions::Flush, &raw)?;
        Ok(Self { file: file.into(), before })
    }
}

impl Line for Port {
    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.file.write_all(bytes)
    }

    fn read(&mut self, limit: Duration) -> io::Result<Option<u8>> {
        let deadline = Instant::now() + limit;
        let mut byte = [0];
        loop {
            match self.file.read(&mut byte)? {
                0 if Instant::now() >= deadline => return Ok(None),
                0 => {}
                _ => return Ok(Some(byte[0])),
            }
        }
    }
}

impl Drop for Port {
    fn drop(&mut self) {
        // If the port was unplugged, there are no settings to restore.
        let _ = termios::tcsetattr(&self.file, OptionalActions::Drain, &self.before);
    }
}
