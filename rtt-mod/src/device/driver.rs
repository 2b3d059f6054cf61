//! Drivers: devices that the module implements.

use core::ffi::c_void;

use super::Mode;
use crate::{Error, Result, sys};

/// The functions of a device that the module implements. Each has a default, so a driver implements only what its
/// device supports.
///
/// Users of the device call the functions: other modules, the shell, the kernel. Several threads can call them at once.
/// The functions may wait, unless the caller is an interrupt. A driver may drop its own [`Registration`] in a call. A
/// panic ends the module, and the caller gets [`Error::Io`].
///
/// ```
/// use rtt_mod::{Result, device::Driver};
///
/// /// An endless stream of zeros.
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
    /// Called once, before the first [`open`](Driver::open).
    ///
    /// # Errors
    ///
    /// After an error the device is not opened. The next attempt to open it calls this function again.
    fn init(&self) -> Result<()> {
        Ok(())
    }

    /// Called each time a user opens the device.
    ///
    /// # Errors
    ///
    /// After an error the device is not opened.
    fn open(&self, mode: Mode) -> Result<()> {
        let _ = mode;
        Ok(())
    }

    /// Called when the last user closes the device.
    fn close(&self) {}

    /// Reads bytes into `buffer` and returns their number. A number above the length of `buffer` counts as that length.
    ///
    /// # Errors
    ///
    /// [`Error::Unsupported`] by default.
    fn read(&self, position: u32, buffer: &mut [u8]) -> Result<usize> {
        let _ = (position, buffer);
        Err(Error::Unsupported)
    }

    /// Writes `bytes`, or as many of them as possible, and returns their number.
    ///
    /// # Errors
    ///
    /// [`Error::Unsupported`] by default.
    fn write(&self, position: u32, bytes: &[u8]) -> Result<usize> {
        let _ = (position, bytes);
        Err(Error::Unsupported)
    }

    /// Runs a command of this driver. The command defines what `argument` points to.
    ///
    /// # Errors
    ///
    /// [`Error::Unsupported`] by default.
    fn control(&self, command: i32, argument: *mut c_void) -> Result<u32> {
        let _ = (command, argument);
        Err(Error::Unsupported)
    }
}

/// The class of a device: `rt_device_class_type`.
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
    /// Any other device: `RT_Device_Class_Miscellaneous`.
    Miscellaneous = 2,
}

/// Registers `driver` as the device `name`: `rt_device_register`. From then on others can find it.
///
/// # Errors
///
/// [`Error::AlreadyExists`] if there is a device of this name; [`Error::InvalidFilename`] if the name is empty, or has
/// `RT_NAME_MAX` bytes or more; [`Error::OutOfMemory`] if the kernel has no memory for the device.
///
/// ```no_run
/// use rtt_mod::device::{Driver, register};
///
/// /// Discards all data.
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

/// Registers a driver with another class than [`Class::Character`]. See [`register`].
///
/// # Errors
///
/// Those of [`register`].
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

/// A registered driver. It is unregistered when this is dropped: `rt_device_unregister`.
///
/// Dropping waits until other threads have returned from the driver's functions. Then the driver is dropped; in a call
/// of its own, after that call. Users that still have the device open get [`Error::Io`] from then on.
#[derive(Debug)]
#[must_use = "the device is unregistered when this is dropped"]
pub struct Registration(sys::driver::Registration);

impl Registration {
    /// Calls the callbacks of the device's users: `bytes` bytes can be read. Interrupts can call it too.
    ///
    /// # Errors
    ///
    /// What the callbacks return.
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
