//! Devices, by their names: RT-Thread's `rt_device`.
//!
//! [`Device`] uses one, [`register`] makes one that others use. Pins and buses have modules of their own, with the traits
//! of `embedded-hal`.
#![forbid(unsafe_code)]

mod driver;
mod mode;

pub use driver::{Class, Driver, Registration, register, register_as};
pub use mode::Mode;

use crate::{Error, Result, sys};

/// A device of the kernel's: a serial port, a disk, a sensor, or what another module has [registered](register).
///
/// It is shut when it is dropped. Drivers may wait, so in an interrupt or a timer's call every use of a device is
/// [`Error::WouldWait`].
///
/// ```no_run
/// use rtt_mod::device::{Device, Mode};
///
/// let mut uart = Device::find("uart1")?;
/// uart.open(Mode::READ_WRITE | Mode::INTERRUPT_RX)?;
/// uart.write(0, b"hello\n")?;
/// # Ok::<(), rtt_mod::Error>(())
/// ```
#[derive(Debug)]
pub struct Device {
    pub(crate) inner: sys::device::Device,
    /// How its driver counts, if the device is open.
    unit: Result<sys::device::Unit>,
}

impl Device {
    /// Finds a device, and does not open it yet: `rt_device_find`.
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`] if there is none of this name,
    /// [`Error::OutOfMemory`].
    ///
    /// ```no_run
    /// if rtt_mod::device::Device::find("rtc").is_err() {
    ///     rtt_mod::println!("no clock on this board");
    /// }
    /// ```
    pub fn find(name: &str) -> Result<Self> {
        let inner = sys::device::Device::find(name)?;
        Ok(Device { inner, unit: Err(Error::InvalidInput) })
    }

    /// Opens the device: `rt_device_open`. What others have opened it for, it stays open for.
    ///
    /// # Errors
    ///
    /// [`Error::Busy`] if it is open already, or with [`Mode::EXCLUSIVE`] others have it open;
    /// [`Error::NotFound`] if it is gone meanwhile; what the driver reports.
    ///
    /// ```no_run
    /// # let mut device = rtt_mod::device::Device::find("uart1")?;
    /// device.open(rtt_mod::device::Mode::WRITE)?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn open(&mut self, mode: Mode) -> Result<()> {
        self.inner.open(mode.bits())?;
        self.unit = self.inner.unit();
        Ok(())
    }

    /// Shuts the device, which can be opened again: `rt_device_close`. Does nothing if it is not open.
    ///
    /// # Errors
    ///
    /// [`Error::WouldWait`] in an interrupt and in a timer's call.
    ///
    /// ```no_run
    /// # let mut device = rtt_mod::device::Device::find("uart1")?;
    /// device.close()?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn close(&mut self) -> Result<()> {
        self.unit = Err(Error::InvalidInput);
        self.inner.shut()
    }

    /// Reads bytes into `buffer`: `rt_device_read`. Returns how many. Most drivers return 0 at once when there are none.
    ///
    /// What `position` is, is the driver's; streams ignore it. That of a block device is a sector, and the buffer has a
    /// number of whole sectors.
    ///
    /// # Errors
    ///
    /// What the driver reports; [`Error::InvalidInput`] if the device is not open or the buffer has no whole sectors;
    /// [`Error::Unsupported`] if the driver does not count in bytes, for which there is
    /// [`read_raw`](Device::read_raw).
    ///
    /// ```no_run
    /// # let device = rtt_mod::device::Device::find("uart1")?;
    /// let mut buffer = [0; 64];
    /// let count = device.read(0, &mut buffer)?;
    /// rtt_mod::println!("{} bytes", count);
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn read(&self, position: u32, buffer: &mut [u8]) -> Result<usize> {
        self.inner.read(self.unit?, position, buffer)
    }

    /// Writes `bytes`, at a position as that of [`read`](Device::read): `rt_device_write`. Returns how many.
    ///
    /// # Errors
    ///
    /// As [`read`](Device::read); instead of [`read_raw`](Device::read_raw) there is
    /// [`write_raw`](Device::write_raw).
    ///
    /// ```no_run
    /// # let device = rtt_mod::device::Device::find("uart1")?;
    /// device.write(0, b"ready\n")?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn write(&self, position: u32, bytes: &[u8]) -> Result<usize> {
        self.inner.write(self.unit?, position, bytes)
    }

    /// Has `received` called when something has arrived, with the number of bytes that are there:
    /// `rt_device_set_rx_indicate`. It replaces the closure before it, and is dropped with the device.
    ///
    /// The closure is called while the device is open, by an interrupt as a rule: it must be quick, and can't wait. A
    /// panic in it ends the module. Others that listen to the device go on doing so.
    ///
    /// # Errors
    ///
    /// [`Error::WouldWait`] in an interrupt and in a timer's call.
    ///
    /// ```no_run
    /// use rtt_mod::{device::Device, sync::Semaphore};
    ///
    /// static ARRIVED: Semaphore = Semaphore::new(0);
    ///
    /// let mut uart = Device::find("uart1")?;
    /// uart.on_receive(|_| ARRIVED.release())?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn on_receive(&mut self, received: impl FnMut(usize) + Send + 'static) -> Result<()> {
        self.inner.on_receive(received)
    }

    /// Has `sent` called when a buffer has been sent: `rt_device_set_tx_complete`. As [`on_receive`](Device::on_receive)
    /// otherwise.
    ///
    /// # Errors
    ///
    /// [`Error::WouldWait`] in an interrupt and in a timer's call.
    ///
    /// ```no_run
    /// use rtt_mod::{device::Device, sync::Semaphore};
    ///
    /// static SENT: Semaphore = Semaphore::new(0);
    ///
    /// let mut uart = Device::find("uart1")?;
    /// uart.on_sent(|| SENT.release())?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn on_sent(&mut self, mut sent: impl FnMut() + Send + 'static) -> Result<()> {
        self.inner.on_sent(move |_| sent())
    }
}
