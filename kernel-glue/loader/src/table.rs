//! Records of one size, one after the other in the file.

use crate::{Source, fields::Fields};
use core::marker::PhantomData;

/// The size of the largest record, a section header.
const RECORD_MAX: usize = 40;

/// A record of fixed size that parses from its bytes.
pub(crate) trait Record: Sized {
    /// Its size in the file. At most [`RECORD_MAX`].
    const SIZE: u16;

    fn parse(fields: Fields<'_>) -> Self;
}

/// A table of records in a file, which iterates over them.
///
/// Each record is read when it is asked for. After an error the table is at its end.
pub struct Table<'s, S, T> {
    source: &'s S,
    offset: u32,
    left: u32,
    records: PhantomData<T>,
}

#[expect(private_bounds, reason = "the kinds of record are this crate's")]
impl<'s, S: Source, T: Record> Table<'s, S, T> {
    pub(crate) fn new(source: &'s S, offset: u32, count: u32) -> Self {
        Self { source, offset, left: count, records: PhantomData }
    }

    /// The record at `index`, or `None` past the end.
    ///
    /// # Errors
    /// When the file can't be read there.
    pub fn get(&self, index: u32) -> Result<Option<T>, S::Error> {
        if index >= self.left {
            return Ok(None);
        }
        let distance = u32::from(T::SIZE).saturating_mul(index);
        let offset = self.offset.saturating_add(distance);
        let mut record = [0; RECORD_MAX];
        let bytes = record.get_mut(..usize::from(T::SIZE)).unwrap_or_default();
        self.source.read(offset, bytes)?;
        Ok(Some(T::parse(Fields(bytes))))
    }

    /// How many records are left.
    pub fn count(&self) -> u32 {
        self.left
    }
}

impl<S: Source, T: Record> Iterator for Table<'_, S, T> {
    type Item = Result<T, S::Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let record = self.get(0).transpose()?;
        self.offset = self.offset.wrapping_add(u32::from(T::SIZE));
        self.left = if record.is_ok() { self.left.saturating_sub(1) } else { 0 };
        Some(record)
    }
}
