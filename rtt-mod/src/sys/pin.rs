//! Pins of the board.

use super::{
    bindings::{self, rttm_pin_interrupt},
    callback,
    handle::Handle,
    result::check,
};
use crate::{Error, Result};

pub fn set_mode(pin: u32, mode: u32) -> Result<()> {
    // SAFETY: the function takes any numbers.
    check(unsafe { bindings::rttm_pin_mode(pin, mode) }).map(drop)
}

pub fn write(pin: u32, level: u32) -> Result<()> {
    // SAFETY: as above.
    check(unsafe { bindings::rttm_pin_write(pin, level) }).map(drop)
}

pub fn read(pin: u32) -> Result<u32> {
    // SAFETY: as above.
    check(unsafe { bindings::rttm_pin_read(pin) })
}

/// A closure that is called at the edges of a pin.
#[derive(Debug)]
pub struct Interrupt {
    _handle: Handle<rttm_pin_interrupt>,
}

impl Interrupt {
    pub fn new(pin: u32, edge: u32, closure: impl FnMut(usize) + Send + 'static) -> Result<Self> {
        let mut handle = Err(Error::Other);
        let register = |given| {
            // SAFETY: on success the function gives a new handle, and takes the callback.
            handle = unsafe { Handle::made(|place| bindings::rttm_pin_interrupt(pin, edge, given, place)) };
            handle.as_ref().map_or_else(|error| *error as i32, |_| 0)
        };
        // SAFETY: the kernel has taken the callback if there is a handle.
        unsafe { callback::register(closure, register) }?;
        handle.map(|handle| Interrupt { _handle: handle })
    }
}
