//! A table of the file, which is read once from its beginning to its end, in pieces as large as there is memory for.

use format::{Checksum, Source, Span};

/// A piece ends where a sector of the card does, so that the next one is read without a copy.
const SECTOR: u32 = 512;

/// The memory for the tables of a module. Empty where there is none.
#[derive(Default)]
pub(crate) struct Memory<'w> {
    pub relocations: &'w mut [u8],
    pub symbols: &'w mut [u8],
    pub names: &'w mut [u8],
}

/// The part of a table that is in memory, and the checksum of what was read so far.
#[derive(Default)]
pub(crate) struct Window<'w> {
    memory: &'w mut [u8],
    /// Where the piece is in the file.
    start: u32,
    filled: usize,
    /// Where the table ends.
    end: u32,
    sum: Checksum,
}

impl<'w> Window<'w> {
    pub fn new(memory: &'w mut [u8], table: Span) -> Self {
        let end = table.start.saturating_add(table.size);
        Self { memory, start: table.start, filled: 0, end, sum: Checksum::default() }
    }

    /// What is in memory from `offset` on: `length` bytes at least. `None` if that was read before, or is too much.
    #[inline(never)] // for the sake of the size
    pub fn from<S: Source>(&mut self, source: &S, offset: u32, length: usize) -> Result<Option<&[u8]>, S::Error> {
        loop {
            let Some(at) = offset.checked_sub(self.start).and_then(|at| usize::try_from(at).ok()) else {
                return Ok(None);
            };
            if at.checked_add(length).is_some_and(|end| end <= self.filled) {
                return Ok(self.memory.get(at..self.filled));
            }
            if !self.advance(source, at)? {
                return Ok(None);
            }
        }
    }

    /// Forgets what is before `at` in the piece, and reads on. `false` if there is nothing more, or no memory for it.
    fn advance<S: Source>(&mut self, source: &S, at: usize) -> Result<bool, S::Error> {
        let piece = self.memory.get_mut(..self.filled).unwrap_or_default();
        let forgotten = at.min(piece.len()) & !3;
        if forgotten <= piece.len() {
            piece.copy_within(forgotten.., 0);
        }
        self.start = self.start.wrapping_add(u32::try_from(forgotten).unwrap_or_default());
        self.filled = self.filled.wrapping_sub(forgotten);
        let next = self.next();
        let room = u32::try_from(self.memory.len().wrapping_sub(self.filled)).unwrap_or_default();
        let room = room.min(self.end.saturating_sub(next));
        let whole = (next.wrapping_add(room) & !SECTOR.wrapping_sub(1)).saturating_sub(next);
        let count = usize::try_from(if whole > 0 { whole } else { room }).unwrap_or_default();
        let into = self.memory.get_mut(self.filled..).and_then(|free| free.get_mut(..count)).unwrap_or_default();
        source.read(next, into)?;
        self.sum.add(into);
        self.filled = self.filled.wrapping_add(count);
        Ok(count > 0)
    }

    fn next(&self) -> u32 {
        self.start.wrapping_add(u32::try_from(self.filled).unwrap_or_default())
    }

    /// The checksum of the whole table, the rest of which is read for it.
    pub fn sum<S: Source>(&mut self, source: &S) -> Result<Checksum, S::Error> {
        while self.advance(source, self.filled)? {}
        let next = self.next();
        crate::checksum::add(source, &mut self.sum, Span { start: next, size: self.end.saturating_sub(next) })?;
        Ok(self.sum)
    }
}

/// A table that is read through a window, and where it has left the window, from the file.
pub(crate) struct Through<'a, 'w, S> {
    source: &'a S,
    window: Window<'w>,
    /// Whether something was asked for that had left the window.
    pub is_reread: bool,
}

impl<'a, 'w, S: Source> Through<'a, 'w, S> {
    pub fn new(source: &'a S, memory: &'w mut [u8], table: Span) -> Self {
        Self { source, window: Window::new(memory, table), is_reread: false }
    }

    /// The `length` bytes at `offset`. `None` if they have left the window, or there is none.
    #[inline(never)] // for the sake of the size
    pub fn get(&mut self, offset: u32, length: usize) -> Result<Option<&[u8]>, S::Error> {
        let has_memory = !self.window.memory.is_empty();
        let found = self.window.from(self.source, offset, length)?;
        self.is_reread |= has_memory && found.is_none();
        Ok(found.and_then(|found| found.get(..length)))
    }

    /// The checksum of the whole table.
    pub fn sum(&mut self) -> Result<Checksum, S::Error> {
        self.window.sum(self.source)
    }
}
