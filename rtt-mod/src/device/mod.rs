//! Devices of the I/O device framework, found by name: RT-Thread's `rt_device`.
//!
//! [`Device`] uses a device, and [`register`] makes one for others. Pins and buses have modules of their own, which
//! implement the traits of `embedded-hal`.
#![forbid(unsafe_code)]

mod driver;
mod mode;

pub use driver::{Class, Driver, Registration, register, register_as};
pub use mode::Mode;

use crate::{Error, Result, sys};

/// A device of the kernel: a serial port, a disk, a sensor, or a device that a module has [registered](register).
///
/// It is closed when it is dropped. Drivers may wait, so in an interrupt or a timer's callback every use of a device
/// fails with [`Error::WouldWait`].
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
    /// The unit in which the driver counts, if the device is open.
    unit: Result<sys::device::Unit>,
    mode: Mode,
}

impl Device {
    /// Finds a device without opening it: `rt_device_find`.
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`] if there is no device of this name, and [`Error::OutOfMemory`] if the kernel has no memory
    /// for the handle.
    ///
    /// ```no_run
    /// if rtt_mod::device::Device::find("rtc").is_err() {
    ///     rtt_mod::println!("no clock on this board");
    /// }
    /// ```
    pub fn find(name: &str) -> Result<Self> {
        let inner = sys::device::Device::find(name)?;
        Ok(Device { inner, unit: Err(Error::InvalidInput), mode: Mode::default() })
    }

    /// Opens the device: `rt_device_open`. The modes in which others have opened it stay in effect.
    ///
    /// # Errors
    ///
    /// [`Error::Busy`] if this handle is open already, or if others have the device open and the mode has
    /// [`Mode::EXCLUSIVE`]; [`Error::NotFound`] if the device no longer exists; what the driver reports.
    ///
    /// ```no_run
    /// # let mut device = rtt_mod::device::Device::find("uart1")?;
    /// device.open(rtt_mod::device::Mode::WRITE)?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn open(&mut self, mode: Mode) -> Result<()> {
        self.inner.open(mode.bits())?;
        self.unit = self.inner.unit();
        self.mode = mode;
        Ok(())
    }

    /// Closes the device, which can be opened again: `rt_device_close`. Does nothing if it is not open.
    ///
    /// # Errors
    ///
    /// [`Error::WouldWait`] in an interrupt or a timer's callback.
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

    /// Reads bytes into `buffer` and returns their number: `rt_device_read`. Most drivers return 0 at once when there
    /// is nothing to read.
    ///
    /// The driver defines the meaning of `position`. Streams ignore it. For a block device it is a sector, and the
    /// length of the buffer is a multiple of the sector size.
    ///
    /// # Errors
    ///
    /// What the driver reports; [`Error::InvalidInput`] if the device is not open, or the buffer is not a number of
    /// whole sectors; [`Error::Unsupported`] if the driver does not count in bytes: use [`read_raw`](Device::read_raw)
    /// then.
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

    /// Writes `bytes` and returns how many were written: `rt_device_write`. `position` is that of
    /// [`read`](Device::read).
    ///
    /// # Errors
    ///
    /// Those of [`read`](Device::read), with [`write_raw`](Device::write_raw) in place of
    /// [`read_raw`](Device::read_raw). [`Error::Unsupported`] also if the device is opened with [`Mode::DMA_TX`]: use
    /// [`write_static`](Device::write_static). [`Error::Busy`] if another user of the device has opened it so.
    ///
    /// ```no_run
    /// # let device = rtt_mod::device::Device::find("uart1")?;
    /// device.write(0, b"ready\n")?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn write(&self, position: u32, bytes: &[u8]) -> Result<usize> {
        let unit = self.unit?;
        if self.mode.contains(Mode::DMA_TX) {
            // The driver would go on reading `bytes` when the borrow has ended.
            return Err(Error::Unsupported);
        }
        self.inner.write(unit, position, bytes)
    }

    /// Writes `bytes` to a device that was opened with [`Mode::DMA_TX`]. The driver of such a device returns at once
    /// and reads the bytes later, so they have to be `'static`.
    ///
    /// # Errors
    ///
    /// Those of [`write`](Device::write).
    ///
    /// ```no_run
    /// use rtt_mod::device::{Device, Mode};
    ///
    /// let mut uart = Device::find("uart1")?;
    /// uart.open(Mode::WRITE | Mode::DMA_TX)?;
    /// uart.write_static(0, b"a greeting in the program's own memory\n")?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn write_static(&self, position: u32, bytes: &'static [u8]) -> Result<usize> {
        self.inner.write(self.unit?, position, bytes)
    }

    /// Sets a callback for received data: `rt_device_set_rx_indicate`. It is called with the number of bytes that can
    /// be read. It replaces an earlier callback, and is dropped with the device.
    ///
    /// The callback is called while the device is open, usually by an interrupt: it must be quick, and cannot wait. Its
    /// calls do not overlap: an event that the callback itself causes is not reported to it. It may drop its own
    /// device. A panic in it ends the module. Callbacks of other users of the device stay in effect.
    ///
    /// # Errors
    ///
    /// [`Error::WouldWait`] in an interrupt or a timer's callback.
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

    /// Sets a callback for the end of a transmission: `rt_device_set_tx_complete`. Otherwise the same as
    /// [`on_receive`](Device::on_receive).
    ///
    /// # Errors
    ///
    /// [`Error::WouldWait`] in an interrupt or a timer's callback.
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

#[cfg(test)]
mod tests {
    extern crate std;

    use std::{boxed::Box, sync::Arc, vec::Vec};

    use super::*;
    use crate::sync::Mutex;

    const WORDS: [u32; 8] = [0x600d; 8];

    /// Takes some memory, so that what was freed has other contents.
    fn reuse_memory() {
        let others: Vec<_> = (0..4).map(|_| Box::new([0x4141_4141_u32; 8])).collect();
        core::hint::black_box(&others);
    }

    #[test]
    fn a_driver_unregisters_itself_in_its_own_call() {
        static REGISTRATION: Mutex<Option<Registration>> = Mutex::new(None);

        struct Itself {
            words: [u32; 8],
            _is_there: Arc<()>,
        }

        impl Driver for Itself {
            fn read(&self, _: u32, _: &mut [u8]) -> Result<usize> {
                drop(REGISTRATION.lock().take());
                reuse_memory();
                assert_eq!(self.words, WORDS);
                Ok(1)
            }
        }

        let is_there = Arc::new(());
        let driver = Itself { words: WORDS, _is_there: Arc::clone(&is_there) };
        *REGISTRATION.lock() = Some(register("itself", driver).unwrap());
        let mut device = Device::find("itself").unwrap();
        device.open(Mode::READ).unwrap();
        assert_eq!(device.read(0, &mut [0; 4]), Ok(1));
        assert_eq!(Arc::strong_count(&is_there), 1);
        assert_eq!(device.read(0, &mut [0; 4]), Err(Error::Io));
    }

    #[test]
    fn a_callback_drops_its_own_device() {
        static DEVICE: Mutex<Option<Device>> = Mutex::new(None);

        struct Silent;

        impl Driver for Silent {}

        let registration = register("silent", Silent).unwrap();
        let mut device = Device::find("silent").unwrap();
        let (words, is_there) = (WORDS, Arc::new(()));
        let theirs = Arc::clone(&is_there);
        device
            .on_receive(move |_| {
                let _theirs = &theirs;
                drop(DEVICE.lock().take());
                reuse_memory();
                assert_eq!(words, WORDS);
            })
            .unwrap();
        device.open(Mode::READ).unwrap();
        *DEVICE.lock() = Some(device);
        registration.received(1).unwrap();
        assert_eq!(Arc::strong_count(&is_there), 1);
        registration.received(1).unwrap();
    }

    #[test]
    fn a_driver_never_moves_more_than_it_was_given() {
        struct Boaster;

        impl Driver for Boaster {
            fn read(&self, _: u32, _: &mut [u8]) -> Result<usize> {
                Ok(usize::MAX)
            }
        }

        let _registration = register("boaster", Boaster).unwrap();
        let mut device = Device::find("boaster").unwrap();
        device.open(Mode::READ).unwrap();
        assert_eq!(device.read(0, &mut [0; 4]), Ok(4));
    }

    #[test]
    fn what_dma_sends_is_static() {
        struct Sink;

        impl Driver for Sink {
            fn write(&self, _: u32, bytes: &[u8]) -> Result<usize> {
                Ok(bytes.len())
            }
        }

        let _registration = register("sink", Sink).unwrap();
        let mut device = Device::find("sink").unwrap();
        device.open(Mode::WRITE | Mode::DMA_TX).unwrap();
        assert_eq!(device.write(0, b"borrowed"), Err(Error::Unsupported));
        assert_eq!(device.write_static(0, b"static"), Ok(6));
    }
}
