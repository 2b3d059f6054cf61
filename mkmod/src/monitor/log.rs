//! The log of a console.

use std::fs::File;
use std::io::{self, Write};
use std::path::Path;

use crate::terminal::Screen;

/// A file to which text is appended.
#[derive(Debug)]
pub struct Log(File);

impl Log {
    /// Opens the file at `path`, or creates it.
    ///
    /// # Errors
    /// When it can't be written.
    pub fn open(path: &Path) -> Result<Self, String> {
        let file = File::options().create(true).append(true).open(path);
        file.map(Self).map_err(|error| format!("can't write {}: {error}", path.display()))
    }
}

/// A screen whose text is logged, if there is a log.
#[derive(Debug)]
pub struct Logged<S> {
    /// The log.
    pub log: Option<Log>,
    /// The screen.
    pub screen: S,
}

impl<S: Screen> Screen for Logged<S> {
    fn show(&mut self, text: &[u8]) -> io::Result<()> {
        if let Some(Log(file)) = &mut self.log {
            let text: Vec<_> = text.iter().copied().filter(|&byte| byte != b'\r').collect();
            file.write_all(&text)?;
        }
        self.screen.show(text)
    }
}
