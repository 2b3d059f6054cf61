//! Modes in which devices are opened.

use core::ops::BitOr;

/// The mode in which a device is opened: one or several of the constants, combined with `|`.
///
/// ```
/// use rtt_mod::device::Mode;
///
/// let mode = Mode::READ_WRITE | Mode::INTERRUPT_RX;
/// assert!(mode.contains(Mode::READ));
/// assert!(!mode.contains(Mode::EXCLUSIVE));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Mode(u32);

impl Mode {
    /// Reading: `RT_DEVICE_FLAG_RDONLY`.
    pub const READ: Mode = Mode(0x01);
    /// Writing: `RT_DEVICE_FLAG_WRONLY`.
    pub const WRITE: Mode = Mode(0x02);
    /// Reading and writing: `RT_DEVICE_FLAG_RDWR`.
    pub const READ_WRITE: Mode = Mode(0x03);
    /// An interrupt buffers received data until it is read: `RT_DEVICE_FLAG_INT_RX`.
    pub const INTERRUPT_RX: Mode = Mode(0x04);
    /// An interrupt sends written data: `RT_DEVICE_FLAG_INT_TX`.
    pub const INTERRUPT_TX: Mode = Mode(0x08);
    /// DMA buffers received data until it is read: `RT_DEVICE_FLAG_DMA_RX`.
    pub const DMA_RX: Mode = Mode(0x10);
    /// DMA sends written data: `RT_DEVICE_FLAG_DMA_TX`. The driver reads the bytes after the call has returned, so they
    /// are written with [`Device::write_static`](super::Device::write_static).
    pub const DMA_TX: Mode = Mode(0x20);
    /// Opening fails if others have the device open.
    pub const EXCLUSIVE: Mode = Mode(0x40);

    /// Returns whether it has all modes of `other`.
    ///
    /// ```
    /// use rtt_mod::device::Mode;
    ///
    /// assert!(Mode::READ_WRITE.contains(Mode::WRITE));
    /// ```
    pub const fn contains(self, other: Mode) -> bool {
        self.0 & other.0 == other.0
    }

    pub(crate) const fn bits(self) -> u32 {
        self.0
    }

    pub(crate) const fn from_bits(bits: u32) -> Self {
        Mode(bits)
    }
}

impl BitOr for Mode {
    type Output = Mode;

    fn bitor(self, other: Mode) -> Mode {
        Mode(self.0 | other.0)
    }
}
