//! Flash memories: RT-Thread's MTD NOR devices, with the traits of `embedded-storage`.
//!
//! A file system that is mounted on the device does not know what is written here.
#![forbid(unsafe_code)]

use core::ops::Range;

use crate::{
    Error, Result,
    device::Mode,
    sys::{
        class::{Geometry, Part},
        device::Device,
    },
};

/// A flash memory. What is written has to be erased before; an erase sets whole blocks to `0xFF`.
///
/// ```no_run
/// use rtt_mod::flash::Flash;
///
/// let mut flash = Flash::open("nor0")?;
/// let block = flash.erase_bytes();
/// flash.erase(0..block)?;
/// flash.write(0, b"settings")?;
/// # Ok::<(), rtt_mod::Error>(())
/// ```
#[derive(Debug)]
pub struct Flash {
    device: Device,
    geometry: Geometry,
}

impl Flash {
    /// Opens the flash memory `name`.
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`] if there is no device of this name; [`Error::Unsupported`] if it is no flash memory; what the driver
    /// reports.
    ///
    /// ```no_run
    /// let flash = rtt_mod::flash::Flash::open("nor0")?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn open(name: &str) -> Result<Self> {
        let device = Device::find(name)?;
        device.open(Mode::READ_WRITE.bits())?;
        let geometry = device.flash_geometry()?;
        Ok(Flash { device, geometry })
    }

    /// Returns how many bytes it has.
    ///
    /// ```no_run
    /// # let flash = rtt_mod::flash::Flash::open("nor0")?;
    /// let kilobytes = flash.len() / 1024;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    #[expect(clippy::len_without_is_empty, reason = "no memory is empty")]
    pub fn len(&self) -> u32 {
        let bytes = self.geometry.sectors.saturating_mul(self.geometry.sector_bytes.into());
        u32::try_from(bytes).unwrap_or(u32::MAX)
    }

    /// Returns the bytes of a block, which are erased together.
    ///
    /// ```no_run
    /// # let flash = rtt_mod::flash::Flash::open("nor0")?;
    /// let block = flash.erase_bytes();
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn erase_bytes(&self) -> u32 {
        self.geometry.erase_bytes
    }

    /// Reads bytes from anywhere: `rt_mtd_nor_read`.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidInput`] if the memory ends before; what the driver reports.
    ///
    /// ```no_run
    /// # let flash = rtt_mod::flash::Flash::open("nor0")?;
    /// let mut header = [0; 16];
    /// flash.read(0, &mut header)?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn read(&self, position: u32, bytes: &mut [u8]) -> Result<()> {
        self.device.flash(position, Part::Read(bytes))
    }

    /// Writes bytes to where was erased before: `rt_mtd_nor_write`.
    ///
    /// # Errors
    ///
    /// Those of [`read`](Flash::read).
    ///
    /// ```no_run
    /// # let mut flash = rtt_mod::flash::Flash::open("nor0")?;
    /// flash.write(4096, b"log")?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn write(&mut self, position: u32, bytes: &[u8]) -> Result<()> {
        self.device.flash(position, Part::Write(bytes))
    }

    /// Erases whole blocks: `rt_mtd_nor_erase_block`.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidInput`] if the range does not begin and end with a block; what the driver reports.
    ///
    /// ```no_run
    /// # let mut flash = rtt_mod::flash::Flash::open("nor0")?;
    /// flash.erase(0..flash.len())?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn erase(&mut self, range: Range<u32>) -> Result<()> {
        let length = range.end.checked_sub(range.start).ok_or(Error::InvalidInput)?;
        self.device.flash(range.start, Part::Erase(length))
    }

    /// Has the traits [`ReadNorFlash`](embedded_storage::nor_flash::ReadNorFlash) and
    /// [`NorFlash`](embedded_storage::nor_flash::NorFlash), for crates such as key-value stores. In these traits the
    /// bytes of a block are a constant.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidInput`] if the blocks of this memory do not have `BLOCK_BYTES` bytes.
    ///
    /// ```no_run
    /// use embedded_storage::nor_flash::NorFlash;
    ///
    /// let mut flash = rtt_mod::flash::Flash::open("nor0")?.blocks::<4096>()?;
    /// flash.erase(0, 4096)?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    #[cfg(feature = "embedded-storage")]
    pub fn blocks<const BLOCK_BYTES: usize>(self) -> Result<Blocks<BLOCK_BYTES>> {
        if self.erase_bytes() as usize == BLOCK_BYTES { Ok(Blocks(self)) } else { Err(Error::InvalidInput) }
    }
}

/// A flash memory with blocks of `BLOCK_BYTES` bytes. [`Flash::blocks`] makes it.
///
/// ```no_run
/// use embedded_storage::nor_flash::ReadNorFlash;
///
/// let mut flash = rtt_mod::flash::Flash::open("nor0")?.blocks::<4096>()?;
/// flash.read(0, &mut [0; 16])?;
/// # Ok::<(), rtt_mod::Error>(())
/// ```
#[cfg(feature = "embedded-storage")]
#[derive(Debug)]
pub struct Blocks<const BLOCK_BYTES: usize>(Flash);

#[cfg(feature = "embedded-storage")]
mod traits {
    use embedded_storage::nor_flash::{ErrorType, NorFlash, NorFlashError, NorFlashErrorKind, ReadNorFlash};

    use super::Blocks;
    use crate::{Error, Result};

    impl NorFlashError for Error {
        fn kind(&self) -> NorFlashErrorKind {
            match self {
                Error::InvalidInput => NorFlashErrorKind::OutOfBounds,
                _ => NorFlashErrorKind::Other,
            }
        }
    }

    impl<const BLOCK_BYTES: usize> ErrorType for Blocks<BLOCK_BYTES> {
        type Error = Error;
    }

    impl<const BLOCK_BYTES: usize> ReadNorFlash for Blocks<BLOCK_BYTES> {
        const READ_SIZE: usize = 1;

        fn read(&mut self, offset: u32, bytes: &mut [u8]) -> Result<()> {
            self.0.read(offset, bytes)
        }

        fn capacity(&self) -> usize {
            self.0.len() as usize
        }
    }

    impl<const BLOCK_BYTES: usize> NorFlash for Blocks<BLOCK_BYTES> {
        const WRITE_SIZE: usize = 1;
        const ERASE_SIZE: usize = BLOCK_BYTES;

        fn erase(&mut self, from: u32, to: u32) -> Result<()> {
            self.0.erase(from..to)
        }

        fn write(&mut self, offset: u32, bytes: &[u8]) -> Result<()> {
            self.0.write(offset, bytes)
        }
    }
}
