//! The name of a symbol or section.

use crate::{ReadError, Source};
use core::fmt;

/// How much of a name is kept.
const KEPT: usize = 127;

/// A name, as far as it is no longer than 127 bytes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Name {
    bytes: [u8; KEPT],
    length: u8,
    cut: bool,
}

impl Name {
    /// Reads the name at `offset`, which ends with a NUL before `end`.
    pub(crate) fn read(source: &impl Source, offset: u32, end: u32) -> Result<Option<Self>, ReadError> {
        let room = usize::try_from(end.saturating_sub(offset)).unwrap_or(KEPT).min(KEPT);
        let mut bytes = [0; KEPT];
        source.read(offset, bytes.get_mut(..room).unwrap_or_default())?;
        let found = bytes.get(..room).unwrap_or_default().iter().position(|&byte| byte == 0);
        if found.is_none() && room < KEPT {
            return Ok(None);
        }
        let length = found.unwrap_or(KEPT);
        bytes.get_mut(length..).unwrap_or_default().fill(0);
        Ok(Some(Self { bytes, length: u8::try_from(length).unwrap_or(u8::MAX), cut: found.is_none() }))
    }

    /// Its bytes, without the NUL.
    pub fn as_bytes(&self) -> &[u8] {
        self.bytes.get(..usize::from(self.length)).unwrap_or_default()
    }

    /// Whether the name goes on after these bytes. No kernel symbol is that long.
    pub fn is_cut(&self) -> bool {
        self.cut
    }
}

impl fmt::Display for Name {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}{}", self.as_bytes().escape_ascii(), if self.cut { "…" } else { "" })
    }
}

impl fmt::Debug for Name {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "`{self}`")
    }
}
