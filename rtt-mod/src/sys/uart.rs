//! Serial ports.

use core::{ffi::c_void, ptr};

use super::{
    bindings::{self, rttm_callback, rttm_semaphore, rttm_uart_line},
    device::{Device, Unit},
    handle::Handle,
    result::check,
};
use crate::Result;

/// A serial port, and a semaphore that is released when data arrives.
#[derive(Debug)]
pub struct Port {
    // It is dropped first. After that, nobody releases the semaphore any more.
    device: Device,
    arrived: Handle<rttm_semaphore>,
}

impl Port {
    /// Finds the port without opening it.
    pub fn find(name: &str) -> Result<Self> {
        let device = Device::find(name)?;
        // SAFETY: on success the function gives a new handle.
        let arrived = unsafe { Handle::made(|place| bindings::rttm_semaphore_new(0, place)) }?;
        let callback = rttm_callback { call: Some(release), release: None, context: arrived.as_ptr().cast() };
        // SAFETY: both handles are open, and the device's is closed before the semaphore's.
        check(unsafe { bindings::rttm_device_on_receive(device.as_ptr(), &callback) })?;
        Ok(Port { device, arrived })
    }

    pub fn open(&self, flags: u32) -> Result<()> {
        self.device.open(flags)
    }

    pub fn read(&self, buffer: &mut [u8]) -> Result<usize> {
        self.device.read(Unit::BYTE, 0, buffer)
    }

    pub fn write(&self, bytes: &[u8]) -> Result<usize> {
        self.device.write(Unit::BYTE, 0, bytes)
    }

    /// Waits until data has arrived. Data that was read before may end the wait as well.
    pub fn wait(&self, milliseconds: u32) -> Result<()> {
        // SAFETY: the handle is open.
        check(unsafe { bindings::rttm_semaphore_take(self.arrived.as_ptr(), milliseconds) }).map(drop)
    }

    pub fn device(&self) -> &Device {
        &self.device
    }
}

impl Device {
    /// Sets the line settings of a serial port.
    pub fn set_line(&self, baud: u32, data_bits: u8, stop_bits: u8, parity: u8) -> Result<()> {
        let line = rttm_uart_line { baud, data_bits, stop_bits, parity, reserved: 0 };
        // SAFETY: the handle is open, and the line is there.
        check(unsafe { bindings::rttm_uart_configure(self.as_ptr(), ptr::from_ref(&line)) }).map(drop)
    }
}

/// Called in the port's interrupt. An error means that the semaphore is full, which wakes the reader as well.
#[cfg_attr(target_os = "none", unsafe(link_section = ".text.rtt_mod.callback"))]
unsafe extern "C" fn release(semaphore: *mut c_void, _: usize) {
    // SAFETY: the semaphore's handle is open as long as the device's is.
    unsafe { bindings::rttm_semaphore_release(semaphore.cast()) };
}
