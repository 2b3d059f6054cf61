//! Block devices, such as SD cards: sectors, or bytes with the traits of `embedded-storage`.
//!
//! A file system that is mounted on the device does not know what is written here.
#![forbid(unsafe_code)]

use alloc::{vec, vec::Vec};

use crate::{Error, Result, device::Mode, sys};

/// A block device.
///
/// ```no_run
/// use rtt_mod::{block::Block, println};
///
/// let disk = Block::open("sd0")?;
/// let mut boot = vec![0; disk.sector_bytes()];
/// disk.read_sectors(0, &mut boot)?;
/// println!("{} sectors, signature {:02x}{:02x}", disk.sectors(), boot[510], boot[511]);
/// # Ok::<(), rtt_mod::Error>(())
/// ```
#[derive(Debug)]
pub struct Block {
    device: sys::device::Device,
    unit: sys::device::Unit,
    geometry: sys::class::Geometry,
}

impl Block {
    /// Opens the block device `name`.
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`] if there is no device of this name; [`Error::Unsupported`] if it is no block device;
    /// [`Error::Busy`] if a file system is mounted on it and its driver has one user at most, as that of SD cards; what the
    /// driver reports.
    ///
    /// ```no_run
    /// let disk = rtt_mod::block::Block::open("sd0")?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn open(name: &str) -> Result<Self> {
        let device = sys::device::Device::find(name)?;
        device.open(Mode::READ_WRITE.bits())?;
        let geometry = device.geometry()?;
        Ok(Block { unit: device.unit()?, device, geometry })
    }

    /// Returns the number of sectors.
    ///
    /// ```no_run
    /// # let disk = rtt_mod::block::Block::open("sd0")?;
    /// let megabytes = disk.sectors() * disk.sector_bytes() as u64 / 1_000_000;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn sectors(&self) -> u64 {
        self.geometry.sectors
    }

    /// Returns the bytes of a sector, usually 512.
    ///
    /// ```no_run
    /// # let disk = rtt_mod::block::Block::open("sd0")?;
    /// assert_eq!(disk.sector_bytes(), 512);
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn sector_bytes(&self) -> usize {
        self.geometry.sector_bytes as usize
    }

    /// Returns the bytes that the device erases at once.
    ///
    /// ```no_run
    /// # let disk = rtt_mod::block::Block::open("sd0")?;
    /// let bytes = disk.erase_bytes();
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn erase_bytes(&self) -> usize {
        self.geometry.erase_bytes as usize
    }

    /// Reads whole sectors, from the sector `first` on.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidInput`] if the buffer is not a number of sectors; [`Error::Io`] if the device has fewer.
    ///
    /// ```no_run
    /// # let disk = rtt_mod::block::Block::open("sd0")?;
    /// let mut two = [0; 1024];
    /// disk.read_sectors(8, &mut two)?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn read_sectors(&self, first: u32, buffer: &mut [u8]) -> Result<()> {
        let length = buffer.len();
        whole(self.device.read(self.unit, first, buffer)?, length)
    }

    /// Writes whole sectors, from the sector `first` on.
    ///
    /// # Errors
    ///
    /// Those of [`read_sectors`](Block::read_sectors).
    ///
    /// ```no_run
    /// # let mut disk = rtt_mod::block::Block::open("sd0")?;
    /// disk.write_sectors(8, &[0; 512])?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn write_sectors(&mut self, first: u32, bytes: &[u8]) -> Result<()> {
        whole(self.device.write(self.unit, first, bytes)?, bytes.len())
    }

    /// Has what is in the driver's buffers written: `RT_DEVICE_CTRL_BLK_SYNC`.
    ///
    /// # Errors
    ///
    /// What the driver reports.
    ///
    /// ```no_run
    /// # let mut disk = rtt_mod::block::Block::open("sd0")?;
    /// disk.sync()?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn sync(&mut self) -> Result<()> {
        self.device.sync()
    }

    /// Reads bytes from anywhere. It needs memory for a sector.
    ///
    /// # Errors
    ///
    /// Those of [`read_sectors`](Block::read_sectors).
    ///
    /// ```no_run
    /// # let disk = rtt_mod::block::Block::open("sd0")?;
    /// let mut signature = [0; 2];
    /// disk.read_bytes(510, &mut signature)?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    #[inline]
    pub fn read_bytes(&self, offset: u64, bytes: &mut [u8]) -> Result<()> {
        let mut sector = self.sector();
        let mut rest = bytes;
        let mut at = offset;
        while !rest.is_empty() {
            let (number, begin, count) = self.piece(at, rest.len())?;
            self.read_sectors(number, &mut sector)?;
            let (now, later) = rest.split_at_mut(count);
            now.copy_from_slice(sector.get(begin..begin + count).ok_or(Error::InvalidInput)?);
            (rest, at) = (later, at + count as u64);
        }
        Ok(())
    }

    /// Writes bytes to anywhere: reads the sectors, changes them, and writes them. It needs memory for a sector.
    ///
    /// # Errors
    ///
    /// Those of [`write_sectors`](Block::write_sectors).
    ///
    /// ```no_run
    /// # let mut disk = rtt_mod::block::Block::open("sd0")?;
    /// disk.write_bytes(1000, b"across two sectors of 512 bytes")?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    #[inline]
    pub fn write_bytes(&mut self, offset: u64, bytes: &[u8]) -> Result<()> {
        let mut sector = self.sector();
        let mut rest = bytes;
        let mut at = offset;
        while !rest.is_empty() {
            let (number, begin, count) = self.piece(at, rest.len())?;
            let (now, later) = rest.split_at(count);
            if count < sector.len() {
                self.read_sectors(number, &mut sector)?;
            }
            sector.get_mut(begin..begin + count).ok_or(Error::InvalidInput)?.copy_from_slice(now);
            self.write_sectors(number, &sector)?;
            (rest, at) = (later, at + count as u64);
        }
        Ok(())
    }

    #[inline]
    fn sector(&self) -> Vec<u8> {
        vec![0; self.sector_bytes()]
    }

    /// The sector of the byte `at`, where it begins there, and how many of `length` bytes are in it.
    fn piece(&self, at: u64, length: usize) -> Result<(u32, usize, usize)> {
        let bytes = u64::from(self.geometry.sector_bytes).max(1);
        let number = u32::try_from(at / bytes).map_err(|_| Error::InvalidInput)?;
        let begin = (at % bytes) as usize;
        Ok((number, begin, length.min(bytes as usize - begin)))
    }
}

fn whole(moved: usize, length: usize) -> Result<()> {
    if moved == length { Ok(()) } else { Err(Error::Io) }
}

/// Bytes, up to 4 GiB of them.
#[cfg(feature = "embedded-storage")]
impl embedded_storage::ReadStorage for Block {
    type Error = Error;

    #[inline]
    fn read(&mut self, offset: u32, bytes: &mut [u8]) -> Result<()> {
        self.read_bytes(offset.into(), bytes)
    }

    fn capacity(&self) -> usize {
        usize::try_from(self.sectors()).map_or(usize::MAX, |sectors| sectors.saturating_mul(self.sector_bytes()))
    }
}

#[cfg(feature = "embedded-storage")]
impl embedded_storage::Storage for Block {
    #[inline]
    fn write(&mut self, offset: u32, bytes: &[u8]) -> Result<()> {
        self.write_bytes(offset.into(), bytes)
    }
}
