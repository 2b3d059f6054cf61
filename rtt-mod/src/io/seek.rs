//! Positions in files.
#![forbid(unsafe_code)]

use super::SeekFrom;
use crate::Result;

/// Something with a position, which can be moved. It is the trait of this name in `std`.
///
/// ```no_run
/// use rtt_mod::{fs::File, io::{Seek, SeekFrom}};
///
/// File::open("/data.bin")?.seek(SeekFrom::End(-4))?;
/// # Ok::<(), rtt_mod::Error>(())
/// ```
pub trait Seek {
    /// Moves the position, and returns it in bytes from the start. It may be past the end.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidInput`](crate::Error::InvalidInput) for a position before the start.
    ///
    /// ```
    /// use rtt_mod::io::{Cursor, Seek, SeekFrom};
    ///
    /// assert_eq!(Cursor::new([0; 4]).seek(SeekFrom::End(-1)), Ok(3));
    /// ```
    fn seek(&mut self, position: SeekFrom) -> Result<u64>;

    /// Moves to the start.
    ///
    /// # Errors
    ///
    /// Those of [`seek`](Seek::seek).
    ///
    /// ```
    /// use rtt_mod::io::{Cursor, Seek};
    ///
    /// Cursor::new([0; 4]).rewind()?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    fn rewind(&mut self) -> Result<()> {
        self.seek(SeekFrom::Start(0)).map(drop)
    }

    /// Returns the position.
    ///
    /// # Errors
    ///
    /// Those of [`seek`](Seek::seek).
    ///
    /// ```
    /// use rtt_mod::io::{Cursor, Seek};
    ///
    /// assert_eq!(Cursor::new([0; 4]).stream_position(), Ok(0));
    /// ```
    fn stream_position(&mut self) -> Result<u64> {
        self.seek(SeekFrom::Current(0))
    }

    /// Moves by `offset` bytes.
    ///
    /// # Errors
    ///
    /// Those of [`seek`](Seek::seek).
    ///
    /// ```
    /// use rtt_mod::io::{Cursor, Seek};
    ///
    /// Cursor::new([0; 4]).seek_relative(2)?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    fn seek_relative(&mut self, offset: i64) -> Result<()> {
        self.seek(SeekFrom::Current(offset)).map(drop)
    }
}
