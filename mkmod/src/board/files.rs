//! The files of a board.

use std::time::Duration;

use super::session::FILE_LIMIT;
use super::{Board, BoardError, Line};

/// The size and the checksum of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FileSum {
    /// In bytes.
    pub size: u32,
    /// CRC-32 of IEEE 802.3.
    pub crc: u32,
}

impl FileSum {
    /// Those of a file with this content.
    pub fn of(bytes: &[u8]) -> Self {
        Self { size: bytes.len() as u32, crc: crc32fast::hash(bytes) }
    }
}

/// An entry of a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its name.
    pub name: String,
    /// In bytes; `None`: it is a folder.
    pub size: Option<u32>,
}

impl<L: Line> Board<L> {
    /// The size and the checksum of the file at `path`. `None`: there is no such file.
    ///
    /// # Errors
    /// When the board does not answer.
    pub fn sum(&mut self, path: &str) -> Result<Option<FileSum>, BoardError> {
        let answer = match self.ask(b's', path.as_bytes(), path, FILE_LIMIT) {
            Err(BoardError::Refused { .. }) => return Ok(None),
            other => other?,
        };
        let sum = answer.split_once(' ').and_then(|(size, crc)| {
            Some(FileSum { size: size.parse().ok()?, crc: u32::from_str_radix(crc, 16).ok()? })
        });
        sum.map(Some).ok_or(BoardError::Answer(answer))
    }

    /// The entries of the folder at `path`.
    ///
    /// # Errors
    /// When there is no such folder, or the board does not answer.
    pub fn list(&mut self, path: &str) -> Result<Vec<Entry>, BoardError> {
        let mut entries = vec![];
        loop {
            let answer = self.ask_soon(b'l', &numbered(entries.len() as u32, path), path)?;
            let Some((size, name)) = answer.split_once(' ') else { return Ok(entries) };
            entries.push(Entry { name: name.to_owned(), size: size.parse().ok() });
        }
    }

    /// Deletes the file at `path`.
    ///
    /// # Errors
    /// When there is no such file, or the board does not answer.
    pub fn remove(&mut self, path: &str) -> Result<(), BoardError> {
        self.ask_soon(b'u', path.as_bytes(), path).map(drop)
    }

    /// The content of the file at `path`. `progress` is called with the bytes that are there, and their number at the end.
    ///
    /// # Errors
    /// When there is no such file, the board does not answer, or the content changes meanwhile.
    pub fn get(&mut self, path: &str, mut progress: impl FnMut(u32, u32)) -> Result<Vec<u8>, BoardError> {
        let refused = |reason: &str| BoardError::Refused {
            what: path.to_owned(),
            reason: reason.to_owned(),
            said: String::new(),
        };
        let sum = self.sum(path)?.ok_or_else(|| refused("no such file, or it can't be read"))?;
        let mut bytes = vec![];
        while bytes.len() < sum.size as usize {
            let answer = self.ask(b'g', &numbered(bytes.len() as u32, path), path, Duration::ZERO)?;
            let piece = hexadecimal(&answer).filter(|piece| !piece.is_empty());
            bytes.extend(piece.ok_or_else(|| refused("it has become shorter"))?);
            progress(bytes.len() as u32, sum.size);
        }
        if FileSum::of(&bytes) == sum { Ok(bytes) } else { Err(refused("it was written to while it was read")) }
    }
}

/// A body that begins with a number.
pub(super) fn numbered(number: u32, text: &str) -> Vec<u8> {
    [&number.to_le_bytes(), text.as_bytes()].concat()
}

fn hexadecimal(digits: &str) -> Option<Vec<u8>> {
    let pairs = digits.as_bytes().chunks(2);
    pairs.map(|pair| u8::from_str_radix(str::from_utf8(pair).ok()?, 16).ok()).collect()
}
