//! What devices of one class do. The functions return [`Error::Unsupported`] for a device of another class.

use core::{ffi::c_void, mem, ptr};

use super::{
    bindings::{self, rttm_hwtimer_time},
    device::Device,
    length,
    result::check,
};
use crate::{Error, Result};

#[cfg(any(feature = "embedded-can", test))]
pub use bindings::{rttm_can_fd_frame as FdFrame, rttm_can_frame as Frame};
pub use bindings::{rttm_geometry as Geometry, rttm_sample as Sample};

/// The commands of a watchdog.
#[derive(Clone, Copy, Debug)]
#[repr(u32)]
pub enum Watch {
    Start = bindings::RTTM_WATCHDOG_START,
    Stop = bindings::RTTM_WATCHDOG_STOP,
    Feed = bindings::RTTM_WATCHDOG_FEED,
    SetTimeout = bindings::RTTM_WATCHDOG_SET_TIMEOUT,
    Timeout = bindings::RTTM_WATCHDOG_TIMEOUT,
    Left = bindings::RTTM_WATCHDOG_LEFT,
}

/// The commands of a hardware timer.
#[derive(Clone, Copy, Debug)]
#[repr(u32)]
pub enum HardwareTimer {
    Stop = bindings::RTTM_HWTIMER_STOP,
    SetFrequency = bindings::RTTM_HWTIMER_SET_FREQUENCY,
    SetMode = bindings::RTTM_HWTIMER_SET_MODE,
}

/// The properties of a sensor.
#[derive(Clone, Copy, Debug)]
#[repr(u32)]
pub enum Sensor {
    Range = bindings::RTTM_SENSOR_RANGE,
    Rate = bindings::RTTM_SENSOR_RATE,
    Power = bindings::RTTM_SENSOR_POWER,
}

/// The properties of a CAN controller.
#[cfg(any(feature = "embedded-can", test))]
#[derive(Clone, Copy, Debug)]
#[repr(u32)]
pub enum Can {
    Baud = bindings::RTTM_CAN_BAUD,
    Mode = bindings::RTTM_CAN_MODE,
    Fd = bindings::RTTM_CAN_FD,
    DataBaud = bindings::RTTM_CAN_DATA_BAUD,
}

/// A filter of a CAN controller.
#[cfg(any(feature = "embedded-can", test))]
#[derive(Clone, Copy, Debug)]
#[repr(transparent)]
pub struct Filter(bindings::rttm_can_filter);

#[cfg(any(feature = "embedded-can", test))]
impl Filter {
    /// Lets frames through that agree with the number in the bits of the mask, and in the flags.
    pub(crate) fn new(id: u32, mask: u32, flags: u8) -> Self {
        Self(bindings::rttm_can_filter { id, mask, flags: flags.into() })
    }

    /// The same with one more flag.
    pub(crate) fn with_flags(self, flags: u8) -> Self {
        Self(bindings::rttm_can_filter { flags: self.0.flags | u32::from(flags), ..self.0 })
    }
}

/// What is done with a part of a flash memory.
#[derive(Debug)]
pub enum Part<'a> {
    Read(&'a mut [u8]),
    Write(&'a [u8]),
    Erase(u32),
}

impl Device {
    /// Sends a command to a watchdog, with a number of seconds, and returns the number afterwards.
    pub fn watchdog(&self, command: Watch, mut seconds: u32) -> Result<u32> {
        // SAFETY: the handle is open, and there is a place for the seconds.
        check(unsafe { bindings::rttm_watchdog_control(self.as_ptr(), command as u32, &mut seconds) })?;
        Ok(seconds)
    }

    /// Sends a command to a hardware timer, with a number.
    pub fn hardware_timer(&self, command: HardwareTimer, mut value: u32) -> Result<()> {
        // SAFETY: the handle is open, and there is a place for the value.
        check(unsafe { bindings::rttm_hwtimer_control(self.as_ptr(), command as u32, &mut value) }).map(drop)
    }

    /// Starts a hardware timer. The device has to be one.
    pub fn start_hardware_timer(&self, seconds: i32, microseconds: i32) -> Result<()> {
        let time = rttm_hwtimer_time { seconds, microseconds };
        let length = mem::size_of_val(&time) as u32;
        // SAFETY: the handle is open, and the time has that many bytes.
        match check(unsafe { bindings::rttm_device_write(self.as_ptr(), 0, ptr::from_ref(&time).cast(), length) })? {
            0 => Err(Error::InvalidInput),
            _ => Ok(()),
        }
    }

    /// The seconds and microseconds since a hardware timer was started. The device has to be one.
    pub fn hardware_timer_time(&self) -> Result<(i32, i32)> {
        let mut time = rttm_hwtimer_time { seconds: 0, microseconds: 0 };
        let length = mem::size_of_val(&time) as u32;
        // SAFETY: the handle is open, and there is room for that many bytes, which may have any value.
        check(unsafe { bindings::rttm_device_read(self.as_ptr(), 0, ptr::from_mut(&mut time).cast(), length) })?;
        Ok((time.seconds, time.microseconds))
    }

    /// A sample of a sensor.
    pub fn sample(&self) -> Result<Sample> {
        let mut sample = Sample { time: 0, kind: 0, values: [0; 3] };
        // SAFETY: the handle is open, and there is a place for the sample.
        check(unsafe { bindings::rttm_sensor_read(self.as_ptr(), &mut sample) })?;
        Ok(sample)
    }

    /// Sets a property of a sensor.
    pub fn set_sensor(&self, property: Sensor, value: u32) -> Result<()> {
        // SAFETY: the handle is open.
        check(unsafe { bindings::rttm_sensor_set(self.as_ptr(), property as u32, value) }).map(drop)
    }

    /// Sets a property of a CAN controller.
    #[cfg(any(feature = "embedded-can", test))]
    pub fn set_can(&self, property: Can, value: u32) -> Result<()> {
        // SAFETY: the handle is open.
        check(unsafe { bindings::rttm_can_set(self.as_ptr(), property as u32, value) }).map(drop)
    }

    /// Sets the filters of a CAN controller.
    #[cfg(any(feature = "embedded-can", test))]
    pub fn filter_can(&self, filters: &[Filter]) -> Result<()> {
        let count = u32::try_from(filters.len()).unwrap_or(u32::MAX);
        // SAFETY: the handle is open, and there are so many filters, which have the layout of the ABI's.
        check(unsafe { bindings::rttm_can_set_filters(self.as_ptr(), filters.as_ptr().cast(), count) }).map(drop)
    }

    /// Sends a frame by a CAN controller.
    #[cfg(any(feature = "embedded-can", test))]
    pub fn send_frame(&self, frame: &Frame) -> Result<()> {
        // SAFETY: the handle is open.
        check(unsafe { bindings::rttm_can_send(self.as_ptr(), frame) }).map(drop)
    }

    /// The next frame that a CAN controller has received, if there is one.
    #[cfg(any(feature = "embedded-can", test))]
    pub fn receive_frame(&self) -> Result<Option<Frame>> {
        let mut frame = Frame { id: 0, flags: 0, length: 0, reserved: 0, bytes: [0; 8] };
        // SAFETY: the handle is open, and there is a place for the frame.
        match check(unsafe { bindings::rttm_can_receive(self.as_ptr(), &mut frame) }) {
            Ok(_) => Ok(Some(frame)),
            Err(Error::Empty) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Sends a frame of either kind by a controller for CAN FD.
    #[cfg(any(feature = "embedded-can", test))]
    pub fn send_fd_frame(&self, frame: &FdFrame) -> Result<()> {
        // SAFETY: the handle is open.
        check(unsafe { bindings::rttm_can_fd_send(self.as_ptr(), frame) }).map(drop)
    }

    /// The next frame of either kind that a controller for CAN FD has received, if there is one.
    #[cfg(any(feature = "embedded-can", test))]
    pub fn receive_fd_frame(&self) -> Result<Option<FdFrame>> {
        let mut frame = FdFrame { id: 0, flags: 0, length: 0, reserved: 0, bytes: [0; 64] };
        // SAFETY: the handle is open, and there is a place for the frame.
        match check(unsafe { bindings::rttm_can_fd_receive(self.as_ptr(), &mut frame) }) {
            Ok(_) => Ok(Some(frame)),
            Err(Error::Empty) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// The geometry of a flash memory.
    pub fn flash_geometry(&self) -> Result<Geometry> {
        let mut geometry = Geometry { sectors: 0, sector_bytes: 0, erase_bytes: 0 };
        // SAFETY: the handle is open, and there is a place for the result.
        check(unsafe { bindings::rttm_flash_geometry(self.as_ptr(), &mut geometry) })?;
        Ok(geometry)
    }

    /// Reads, writes or erases a part of a flash memory.
    pub fn flash(&self, position: u32, part: Part<'_>) -> Result<()> {
        let (operation, bytes, length): (u32, *mut c_void, usize) = match part {
            Part::Read(bytes) => (bindings::RTTM_FLASH_READ, bytes.as_mut_ptr().cast(), bytes.len()),
            Part::Write(bytes) => (bindings::RTTM_FLASH_WRITE, bytes.as_ptr().cast_mut().cast(), bytes.len()),
            Part::Erase(length) => (bindings::RTTM_FLASH_ERASE, ptr::null_mut(), length as usize),
        };
        let length = length::whole(length)?;
        // SAFETY: the handle is open, there are that many bytes, and a write only reads them.
        check(unsafe { bindings::rttm_flash_transfer(self.as_ptr(), operation, position, bytes, length) }).map(drop)
    }

    /// The geometry of a block device.
    pub fn geometry(&self) -> Result<Geometry> {
        let mut geometry = Geometry { sectors: 0, sector_bytes: 0, erase_bytes: 0 };
        // SAFETY: the handle is open, and there is a place for the result.
        check(unsafe { bindings::rttm_block_geometry(self.as_ptr(), &mut geometry) })?;
        Ok(geometry)
    }

    /// Has a block device write what is in its buffers.
    pub fn sync(&self) -> Result<()> {
        // SAFETY: the handle is open.
        check(unsafe { bindings::rttm_block_sync(self.as_ptr()) }).map(drop)
    }
}

/// Fills `bytes` with random numbers.
pub fn fill_with_random(bytes: &mut [u8]) -> Result<()> {
    let length = length::whole(bytes.len())?;
    // SAFETY: there is room for that many bytes.
    check(unsafe { bindings::rttm_random_fill(bytes.as_mut_ptr().cast(), length) }).map(drop)
}
