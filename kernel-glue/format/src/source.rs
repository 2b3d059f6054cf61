//! Where the bytes of a module come from.

use core::{convert::Infallible, fmt};

/// Random access to the bytes of a file.
///
/// The firmware reads its file in pieces and may keep the last piece; the host gives a slice.
pub trait Source {
    /// Why a read has failed. A source that keeps its own record of failures makes the loader smaller if this is
    /// [`Infallible`].
    type Error: Into<ReadError>;

    /// The number of bytes in the file.
    fn length(&self) -> u32;

    /// Fills `into` from `offset` on.
    ///
    /// # Errors
    /// [`ReadError::PastTheEnd`] when the file ends before `into` is full, [`ReadError::Device`] when reading failed.
    fn read(&self, offset: u32, into: &mut [u8]) -> Result<(), Self::Error>;
}

/// Why bytes could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReadError {
    /// The file ends before that.
    PastTheEnd,
    /// The device or the file system failed.
    Device,
}

impl fmt::Display for ReadError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::PastTheEnd => "ends too early",
            Self::Device => "can't be read",
        })
    }
}

impl core::error::Error for ReadError {}

impl From<Infallible> for ReadError {
    fn from(never: Infallible) -> Self {
        match never {}
    }
}

impl Source for &[u8] {
    type Error = ReadError;

    fn length(&self) -> u32 {
        u32::try_from(self.len()).unwrap_or(u32::MAX)
    }

    fn read(&self, offset: u32, into: &mut [u8]) -> Result<(), ReadError> {
        let piece = usize::try_from(offset)
            .ok()
            .and_then(|start| self.get(start..))
            .and_then(|rest| rest.get(..into.len()))
            .ok_or(ReadError::PastTheEnd)?;
        into.copy_from_slice(piece);
        Ok(())
    }
}
