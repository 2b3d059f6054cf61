//! Chips on SPI buses.

use std::{
    ffi::c_char,
    slice,
    sync::{Arc, Mutex},
};

use embedded_hal::spi::{Operation, SpiDevice};

use super::open;
use crate::{
    bindings::{RTTM_ERROR_IO, RTTM_OK, rttm_spi, rttm_spi_message},
    handle::Object,
    kernel::lock,
};

/// Makes a transfer with the chip selected. `Err`: it failed.
type Transfer = dyn FnMut(&mut [Operation<'_, u8>]) -> Result<(), ()> + Send;

/// A chip.
pub struct Chip(Mutex<Box<Transfer>>);

impl Chip {
    /// The chip that a test has made.
    pub fn new(mut chip: impl SpiDevice + Send + 'static) -> Self {
        Chip(Mutex::new(Box::new(move |operations| chip.transaction(operations).map_err(drop))))
    }
}

/// See `rtt_mod.h`.
///
/// # Safety
///
/// As `rtt_mod.h` says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rttm_spi_open(name: *const c_char, name_length: u32, device: *mut *mut rttm_spi) -> i32 {
    // SAFETY: the caller's promise.
    unsafe { open(|board| &board.chips, |device| device, name, name_length, device) }
}

/// See `rtt_mod.h`. A chip that a test has made takes every mode and frequency.
#[unsafe(no_mangle)]
pub extern "C" fn rttm_spi_configure(_: *mut rttm_spi, _: u32, _: u32) -> i32 {
    RTTM_OK as i32
}

/// See `rtt_mod.h`.
///
/// # Safety
///
/// As `rtt_mod.h` says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rttm_spi_transfer(
    device: *mut rttm_spi,
    messages: *const rttm_spi_message,
    count: u32,
) -> i32 {
    let mut operations = Vec::new();
    // SAFETY: the caller's promise: so many messages.
    for message in unsafe { slice::from_raw_parts(messages, count as usize) } {
        // SAFETY: the caller's promise: each message has its bytes.
        operations.extend(unsafe { operation(message) });
        if message.pause_nanoseconds > 0 {
            operations.push(Operation::DelayNs(message.pause_nanoseconds));
        }
    }
    // SAFETY: the handle is open.
    let chip = unsafe { Object::<Arc<Chip>>::of(device) };
    lock(&chip.0)(&mut operations).map_or(RTTM_ERROR_IO, |()| RTTM_OK as i32)
}

/// What a message does on the bus. `None`: it has no bytes.
///
/// # Safety
///
/// The pointers are null, or have `length` bytes that nobody else uses. Both may be the same.
unsafe fn operation(message: &rttm_spi_message) -> Option<Operation<'_, u8>> {
    let (send, receive, length) = (message.send, message.receive, message.length as usize);
    if length == 0 {
        return None;
    }
    // SAFETY: the caller's promise.
    unsafe {
        Some(match (send.is_null(), receive.is_null()) {
            (true, true) => return None,
            (false, true) => Operation::Write(slice::from_raw_parts(send, length)),
            (true, false) => Operation::Read(slice::from_raw_parts_mut(receive, length)),
            (false, false) if send == receive.cast_const() => {
                Operation::TransferInPlace(slice::from_raw_parts_mut(receive, length))
            }
            (false, false) => {
                Operation::Transfer(slice::from_raw_parts_mut(receive, length), slice::from_raw_parts(send, length))
            }
        })
    }
}
