//! Devices of the kernel.

use core::ffi::c_void;

use super::{
    bindings::{self, rttm_device},
    callback,
    handle::Handle,
    length,
    result::check,
};
use crate::{Error, Result};

/// The handle of a device, which may be open or not.
#[derive(Debug)]
pub struct Device(Handle<rttm_device>);

impl Device {
    pub fn find(name: &str) -> Result<Self> {
        let (name, length) = length::text(name)?;
        // SAFETY: the text has that many bytes; on success the function gives a new handle.
        unsafe { Handle::made(|place| bindings::rttm_device_find(name, length, place)) }.map(Device)
    }

    pub fn open(&self, flags: u32) -> Result<()> {
        // SAFETY: the handle is open.
        check(unsafe { bindings::rttm_device_open(self.as_ptr(), flags) }).map(drop)
    }

    pub fn shut(&self) -> Result<()> {
        // SAFETY: the handle is open.
        check(unsafe { bindings::rttm_device_shut(self.as_ptr()) }).map(drop)
    }

    /// The unit in which the driver counts. The device has to be open.
    pub fn unit(&self) -> Result<Unit> {
        // SAFETY: the handle is open.
        check(unsafe { bindings::rttm_device_unit(self.as_ptr()) }).map(Unit)
    }

    pub fn read(&self, unit: Unit, position: u32, buffer: &mut [u8]) -> Result<usize> {
        let length = unit.count(buffer.len())?;
        // SAFETY: the handle is open, and the buffer has as many bytes as the driver counts.
        check(unsafe { bindings::rttm_device_read(self.as_ptr(), position, buffer.as_mut_ptr().cast(), length) })
            .map(|count| unit.bytes(count, buffer.len()))
    }

    pub fn write(&self, unit: Unit, position: u32, bytes: &[u8]) -> Result<usize> {
        let length = unit.count(bytes.len())?;
        // SAFETY: the handle is open, and there are as many bytes as the driver counts.
        check(unsafe { bindings::rttm_device_write(self.as_ptr(), position, bytes.as_ptr().cast(), length) })
            .map(|count| unit.bytes(count, bytes.len()))
    }

    pub fn on_receive(&self, closure: impl FnMut(usize) + Send + 'static) -> Result<()> {
        // SAFETY: the handle is open; the kernel takes the callback on success, and its calls do not overlap.
        unsafe { callback::register(closure, |given| bindings::rttm_device_on_receive(self.as_ptr(), given)) }
    }

    pub fn on_sent(&self, closure: impl FnMut(usize) + Send + 'static) -> Result<()> {
        // SAFETY: as above.
        unsafe { callback::register(closure, |given| bindings::rttm_device_on_sent(self.as_ptr(), given)) }
    }

    pub(super) fn as_ptr(&self) -> *mut rttm_device {
        self.0.as_ptr()
    }
}

/// The number of bytes that a driver counts as one. For another device's driver, a slice may be too short.
#[derive(Clone, Copy, Debug)]
pub struct Unit(u32);

impl Unit {
    /// The unit of a serial port.
    pub const BYTE: Unit = Unit(1);

    fn count(self, bytes: usize) -> Result<u32> {
        let bytes = length::whole(bytes)?;
        if self.0 == 1 {
            return Ok(bytes);
        }
        if bytes % self.0 == 0 { Ok(bytes / self.0) } else { Err(Error::InvalidInput) }
    }

    /// The bytes of so many units, of which a transfer has at most `most`.
    fn bytes(self, count: u32, most: usize) -> usize {
        (count as usize).saturating_mul(self.0 as usize).min(most)
    }
}

impl crate::device::Device {
    /// Reads from a driver that counts in a unit of its own: `rt_device_read`. Returns the driver's result.
    ///
    /// # Errors
    ///
    /// Those of [`read`](crate::device::Device::read).
    ///
    /// # Safety
    ///
    /// `buffer` has room for all that the driver writes when it is asked for `count` units.
    ///
    /// ```no_run
    /// use rtt_mod::device::{Device, Mode};
    ///
    /// /// `struct rt_sensor_data`, of this firmware.
    /// #[derive(Default)]
    /// #[repr(C)]
    /// struct Sample {
    ///     time: u32,
    ///     kind: u32,
    ///     values: [i32; 3],
    /// }
    ///
    /// let mut sample = Sample::default();
    /// let mut sensor = Device::find("temp_x")?;
    /// sensor.open(Mode::READ)?;
    /// // SAFETY: this driver counts in samples, and there is room for one.
    /// unsafe { sensor.read_raw(0, (&raw mut sample).cast(), 1) }?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub unsafe fn read_raw(&self, position: u32, buffer: *mut c_void, count: u32) -> Result<u32> {
        // SAFETY: the handle is open; the rest is the caller's promise.
        check(unsafe { bindings::rttm_device_read(self.inner.as_ptr(), position, buffer, count) })
    }

    /// Writes to a driver that counts in a unit of its own: `rt_device_write`. Returns the driver's result.
    ///
    /// # Errors
    ///
    /// Those of [`write`](crate::device::Device::write).
    ///
    /// # Safety
    ///
    /// `bytes` has all that the driver reads when it is given `count` units. With
    /// [`Mode::DMA_TX`](crate::device::Mode::DMA_TX) it stays until the driver has sent it.
    ///
    /// ```no_run
    /// # use rtt_mod::device::{Device, Mode};
    /// let level = 5_u32;
    /// let mut dac = Device::find("dac1")?;
    /// dac.open(Mode::WRITE)?;
    /// // SAFETY: this driver takes a word.
    /// unsafe { dac.write_raw(0, (&raw const level).cast(), 4) }?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub unsafe fn write_raw(&self, position: u32, bytes: *const c_void, count: u32) -> Result<u32> {
        // SAFETY: the handle is open; the rest is the caller's promise.
        check(unsafe { bindings::rttm_device_write(self.inner.as_ptr(), position, bytes, count) })
    }

    /// Sends a command to the driver: `rt_device_control`. Returns the driver's result, which is usually 0.
    ///
    /// # Errors
    ///
    /// What the driver reports; [`Error::InvalidInput`] when the device is not open, [`Error::Unsupported`] when the
    /// driver does not know the command, and [`Error::WouldWait`] in an interrupt or a timer's callback.
    ///
    /// # Safety
    ///
    /// `argument` is what the driver expects with this command, and lives as long as the driver uses it.
    ///
    /// ```no_run
    /// use rtt_mod::device::{Device, Mode};
    ///
    /// const FLUSH: i32 = 0x11; // RT_DEVICE_CTRL_BLK_SYNC
    /// let mut disk = Device::find("sd0")?;
    /// disk.open(Mode::READ_WRITE)?;
    /// // SAFETY: a block device takes no argument with this command.
    /// unsafe { disk.control(FLUSH, core::ptr::null_mut()) }?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub unsafe fn control(&self, command: i32, argument: *mut c_void) -> Result<u32> {
        // SAFETY: the handle is open; the rest is the caller's promise.
        check(unsafe { bindings::rttm_device_control(self.inner.as_ptr(), command, argument) })
    }
}
