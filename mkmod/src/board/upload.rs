//! Sends a file to a board: windows of blocks, of which only the missing ones are sent again.

use super::files::numbered;
use super::session::{FILE_LIMIT, WRITE_LIMIT};
use super::{Board, BoardError, FileSum, Line};

/// How often a file is begun anew when the board has been reset.
const ATTEMPTS: u32 = 3;

/// So many times in a row none of the blocks may arrive.
const VAIN_ROUNDS: u32 = 12;

/// What the board has memory for.
#[derive(Debug, Clone, Copy)]
struct Window {
    bytes: usize,
    block_bytes: usize,
}

impl<L: Line> Board<L> {
    /// Replaces the file at `path`, or creates it. The old one stays until the new one is complete, was read again, and, if it
    /// is a module, would load. `progress` is called with the bytes that have arrived.
    ///
    /// # Errors
    /// When the board refuses it or does not answer. The old file is unchanged then.
    pub fn put(&mut self, path: &str, bytes: &[u8], mut progress: impl FnMut(usize)) -> Result<(), BoardError> {
        for _ in 1..ATTEMPTS {
            match self.put_once(path, bytes, &mut progress) {
                Err(BoardError::Silent) => self.reconnect()?,
                other => return other,
            }
        }
        self.put_once(path, bytes, &mut progress)
    }

    fn put_once(&mut self, path: &str, bytes: &[u8], progress: &mut impl FnMut(usize)) -> Result<(), BoardError> {
        let sum = FileSum::of(bytes);
        self.take_text();
        let answer = self.ask(b'p', &numbered(sum.size, path), path, WRITE_LIMIT)?;
        let window = Window::read(&answer).ok_or(BoardError::Answer(answer))?;
        let mut sent = 0;
        progress(sent);
        for part in bytes.chunks(window.bytes) {
            self.put_window(path, sent, part, window.block_bytes)?;
            sent += part.len();
            progress(sent);
        }
        self.ask(b'f', &sum.crc.to_le_bytes(), path, FILE_LIMIT).map(drop)
    }

    /// Sends `part`, which is at `offset` in the file.
    fn put_window(&mut self, path: &str, offset: usize, part: &[u8], block_bytes: usize) -> Result<(), BoardError> {
        let blocks: Vec<_> = part.chunks(block_bytes).collect();
        let end = (offset + part.len()) as u32;
        let mut missing: Vec<usize> = (0..blocks.len()).collect();
        let (mut burst, mut vain) = (blocks.len(), 0);
        while !missing.is_empty() {
            let sent = burst.min(missing.len());
            for &index in &missing[..sent] {
                self.send(b'd', (offset + index * block_bytes) as u32, blocks[index])?;
            }
            let answer = self.ask(b'c', &end.to_le_bytes(), path, WRITE_LIMIT)?;
            let mask = u32::from_str_radix(&answer, 16).map_err(|_| BoardError::Answer(answer))?;
            let left: Vec<_> = (0..blocks.len()).filter(|index| mask & 1 << index != 0).collect();
            let arrived = missing.len() - left.len();
            // A board that is busy drops what does not fit into its receive buffer.
            burst = if arrived < sent / 2 { (burst / 2).max(1) } else { burst };
            vain = if arrived == 0 { vain + 1 } else { 0 };
            if vain == VAIN_ROUNDS {
                return Err(BoardError::Lossy);
            }
            missing = left;
        }
        Ok(())
    }
}

impl Window {
    /// A mask has 32 bits.
    fn read(answer: &str) -> Option<Self> {
        let (bytes, block_bytes) = answer.split_once(' ')?;
        let window = Self { bytes: bytes.parse().ok()?, block_bytes: block_bytes.parse().ok()? };
        let is_usable = window.block_bytes > 0 && (1..=32).contains(&(window.bytes / window.block_bytes));
        is_usable.then_some(window)
    }
}
