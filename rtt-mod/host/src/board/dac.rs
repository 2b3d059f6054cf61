//! Converters from numbers to voltages.

use std::{
    ffi::c_char,
    sync::{Arc, Mutex},
};

use super::open;
use crate::{
    bindings::{RTTM_OK, rttm_dac},
    handle::Object,
    kernel::lock,
};

/// A converter: what is told of each value that is put out on a channel.
pub struct Dac(Mutex<Box<dyn FnMut(u32, u32) + Send>>);

impl Dac {
    /// The converter that a test has made.
    pub fn new(changed: impl FnMut(u32, u32) + Send + 'static) -> Self {
        Dac(Mutex::new(Box::new(changed)))
    }
}

/// See `rtt_mod.h`.
///
/// # Safety
///
/// As `rtt_mod.h` says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rttm_dac_open(name: *const c_char, name_length: u32, dac: *mut *mut rttm_dac) -> i32 {
    // SAFETY: the caller's promise.
    unsafe { open(|board| &board.dacs, |device| device, name, name_length, dac) }
}

/// See `rtt_mod.h`. All channels are enabled.
#[unsafe(no_mangle)]
pub extern "C" fn rttm_dac_enable(_: *mut rttm_dac, _: u32) -> i32 {
    RTTM_OK as i32
}

/// See `rtt_mod.h`.
///
/// # Safety
///
/// As `rtt_mod.h` says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rttm_dac_write(dac: *mut rttm_dac, channel: u32, value: u32) -> i32 {
    // SAFETY: the handle is open.
    lock(&unsafe { Object::<Arc<Dac>>::of(dac) }.0)(channel, value);
    RTTM_OK as i32
}
