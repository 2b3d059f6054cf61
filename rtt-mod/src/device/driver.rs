//! Devices that the module implements.

use core::ffi::c_void;

use super::Mode;
use crate::{Error, Result, sys};

/// What a device does that the module implements. All of it has a default, so a driver has only what its device can.
///
/// The functions are called by whoever uses the device: other modules, the shell, the kernel; by several threads at once
/// if they do. They may wait, unless the caller is an interrupt. A panic ends the module, and the caller gets
/// [`Error::Io`].
///
/// ```
/// use rtt_mod::{Result, device::Driver};
///
/// /// Reads as zeros without an end.
/// struct Zero;
///
/// impl Driver for Zero {
///     fn read(&self, _position: u32, buffer: &mut [u8]) -> Result<usize> {
///         buffer.fill(0);
///         Ok(buffer.len())
///     }
/// }
/// ```
pub trait Driver: Send + Sync + 'static {
    /// Called once, in front of the first [`open`](Driver::open).
    ///
    /// # Errors
    ///
    /// The device is not opened then, and the next time this is called again.
    fn init(&self) -> Result<()> {
        Ok(())
    }

    /// Called each time that somebody opens the device.
    ///
    /// # Errors
    ///
    /// The device is not opened then.
    fn open(&self, mode: Mode) -> Result<()> {
        let _ = mode;
        Ok(())
    }

    /// Called when the last who has the device open closes it.
    fn close(&self) {}

    /// Fills `buffer`, or as much of it as there is, and returns how much that is.
    ///
    /// # Errors
    ///
    /// [`Error::Unsupported`] by default.
    fn read(&self, position: u32, buffer: &mut [u8]) -> Result<usize> {
        let _ = (position, buffer);
        Err(Error::Unsupported)
    }

    /// Takes `bytes`, or as many as it can, and returns how many these are.
    ///
    /// # Errors
    ///
    /// [`Error::Unsupported`] by default.
    fn write(&self, position: u32, bytes: &[u8]) -> Result<usize> {
        let _ = (position, bytes);
        Err(Error::Unsupported)
    }

    /// Does something that only this driver knows of. What `argument` points to, the command says.
    ///
    /// # Errors
    ///
    /// [`Error::Unsupported`] by default.
    fn control(&self, command: i32, argument: *mut c_void) -> Result<u32> {
        let _ = (command, argument);
        Err(Error::Unsupported)
    }
}

/// What kind of device it is, for those who look: `rt_device_class_type`.
///
/// ```no_run
/// # struct Zero;
/// # impl rtt_mod::device::Driver for Zero {}
/// let _zero = rtt_mod::device::register_as(rtt_mod::device::Class::Miscellaneous, "zero", Zero)?;
/// # Ok::<(), rtt_mod::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u32)]
pub enum Class {
    /// A stream of bytes: `RT_Device_Class_Char`.
    Character = 0,
    /// Something else: `RT_Device_Class_Miscellaneous`.
    Miscellaneous = 2,
}

/// Makes `driver` the device `name`, for all that look for it: `rt_device_register`.
///
/// # Errors
///
/// [`Error::AlreadyExists`] if there is a device of this name, [`Error::InvalidFilename`] if the name is empty or has
/// `RT_NAME_MAX` bytes or more, [`Error::OutOfMemory`].
///
/// ```no_run
/// use rtt_mod::device::{Driver, register};
///
/// /// Takes everything.
/// struct Null;
///
/// impl Driver for Null {
///     fn write(&self, _position: u32, bytes: &[u8]) -> rtt_mod::Result<usize> {
///         Ok(bytes.len())
///     }
/// }
///
/// let _null = register("null", Null)?;
/// # Ok::<(), rtt_mod::Error>(())
/// ```
pub fn register<D: Driver>(name: &str, driver: D) -> Result<Registration> {
    register_as(Class::Character, name, driver)
}

/// As [`register`], with another class than [`Class::Character`].
///
/// # Errors
///
/// As [`register`].
///
/// ```no_run
/// # struct Sensor;
/// # impl rtt_mod::device::Driver for Sensor {}
/// let _sensor = rtt_mod::device::register_as(rtt_mod::device::Class::Miscellaneous, "sensor", Sensor)?;
/// # Ok::<(), rtt_mod::Error>(())
/// ```
pub fn register_as<D: Driver>(class: Class, name: &str, driver: D) -> Result<Registration> {
    sys::driver::Registration::new(name, class as u32, driver).map(Registration)
}

/// A device that the module has registered. It is taken back when this is dropped: `rt_device_unregister`.
///
/// That waits until all calls of the driver have returned, and drops the driver. Whoever still has the device open gets
/// [`Error::Io`] from then on.
#[derive(Debug)]
#[must_use = "the device is gone when this is dropped"]
pub struct Registration(sys::driver::Registration);

impl Registration {
    /// Tells whoever listens to the device that `bytes` bytes can be read. From interrupts too.
    ///
    /// # Errors
    ///
    /// What the listener returns.
    ///
    /// ```no_run
    /// # struct Zero;
    /// # impl rtt_mod::device::Driver for Zero {}
    /// let zero = rtt_mod::device::register("zero", Zero)?;
    /// zero.received(64)?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn received(&self, bytes: u32) -> Result<()> {
        self.0.received(bytes)
    }
}
