//! Records of one size, one after the other in the file.

use crate::{Bytes, Layout, Source, class::size, fields::Fields};
use core::marker::PhantomData;

/// A table of records in a file of class `C`, which iterates over them.
///
/// Each record is read when it is asked for. After an error the table is at its end.
pub struct Table<'s, S, C, T> {
    source: &'s S,
    offset: u32,
    left: u32,
    records: PhantomData<(C, T)>,
}

impl<'s, S: Source, C: Layout<T>, T> Table<'s, S, C, T> {
    /// The table of `count` records at `offset`.
    pub fn new(source: &'s S, offset: u32, count: u32) -> Self {
        Self { source, offset, left: count, records: PhantomData }
    }

    /// The record at `index`, or `None` past the end.
    ///
    /// # Errors
    /// When the file can't be read there.
    pub fn get(&self, index: u32) -> Result<Option<T>, S::Error> {
        let Some(offset) = self.offset(index) else {
            return Ok(None);
        };
        let mut bytes = C::Bytes::ZERO;
        self.source.read(offset, bytes.as_mut())?;
        Ok(Some(C::parse(Fields(bytes.as_mut()))))
    }

    /// Where the record at `index` is in the file, or `None` past the end.
    pub fn offset(&self, index: u32) -> Option<u32> {
        let distance = u32::from(size::<C, T>()).wrapping_mul(index);
        (index < self.left).then_some(self.offset.wrapping_add(distance))
    }

    /// How many records are left.
    pub fn count(&self) -> u32 {
        self.left
    }
}

impl<S: Source, C: Layout<T>, T> Iterator for Table<'_, S, C, T> {
    type Item = Result<T, S::Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let record = self.get(0).transpose()?;
        self.offset = self.offset.wrapping_add(u32::from(size::<C, T>()));
        self.left = if record.is_ok() { self.left.saturating_sub(1) } else { 0 };
        Some(record)
    }
}
