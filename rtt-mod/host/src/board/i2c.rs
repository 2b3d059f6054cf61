//! I²C buses.

use std::{ffi::c_char, slice, sync::Mutex};

use embedded_hal::i2c::{I2c, Operation};

use super::open;
use crate::{
    bindings::{RTTM_ERROR_INVALID, RTTM_ERROR_IO, RTTM_I2C_READ, RTTM_OK, rttm_i2c, rttm_i2c_message},
    handle::Object,
    kernel::lock,
};

/// Makes a transfer with the device at an address. `Err`: it failed.
type Transfer = dyn FnMut(u8, &mut [Operation<'_>]) -> Result<(), ()> + Send;

/// A bus.
pub struct Bus(Mutex<Box<Transfer>>);

impl Bus {
    /// The bus that a test has made.
    pub fn new(mut bus: impl I2c + Send + 'static) -> Self {
        Bus(Mutex::new(Box::new(move |address, operations| bus.transaction(address, operations).map_err(drop))))
    }
}

/// See `rtt_mod.h`.
///
/// # Safety
///
/// As `rtt_mod.h` says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rttm_i2c_open(name: *const c_char, name_length: u32, bus: *mut *mut rttm_i2c) -> i32 {
    // SAFETY: the caller's promise.
    unsafe { open(|board| &board.buses, |device| device, name, name_length, bus) }
}

/// See `rtt_mod.h`.
///
/// # Safety
///
/// As `rtt_mod.h` says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rttm_i2c_transfer(
    bus: *mut rttm_i2c,
    address: u32,
    messages: *const rttm_i2c_message,
    count: u32,
) -> i32 {
    let Ok(address) = u8::try_from(address) else { return RTTM_ERROR_INVALID };
    // SAFETY: the caller's promise: so many messages, each with its bytes, and those of a read can be written.
    let operations = unsafe { slice::from_raw_parts(messages, count as usize) }.iter().map(|message| unsafe {
        match message.flags & RTTM_I2C_READ {
            0 => Operation::Write(slice::from_raw_parts(message.bytes, message.length as usize)),
            _ => Operation::Read(slice::from_raw_parts_mut(message.bytes, message.length as usize)),
        }
    });
    let mut operations: Vec<_> = operations.collect();
    // SAFETY: the handle is open.
    let bus = unsafe { Object::<std::sync::Arc<Bus>>::of(bus) };
    lock(&bus.0)(address, &mut operations).map_or(RTTM_ERROR_IO, |()| RTTM_OK as i32)
}
