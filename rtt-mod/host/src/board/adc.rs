//! Converters from voltages to numbers.

use std::{
    ffi::c_char,
    sync::{Arc, Mutex},
};

use super::open;
use crate::{
    bindings::{RTTM_OK, rttm_adc},
    handle::Object,
    kernel::lock,
};

/// A converter: what it measures on a channel.
pub struct Adc(Mutex<Box<dyn FnMut(u32) -> u32 + Send>>);

impl Adc {
    /// The converter that a test has made.
    pub fn new(read: impl FnMut(u32) -> u32 + Send + 'static) -> Self {
        Adc(Mutex::new(Box::new(read)))
    }
}

/// See `rtt_mod.h`.
///
/// # Safety
///
/// As `rtt_mod.h` says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rttm_adc_open(name: *const c_char, name_length: u32, adc: *mut *mut rttm_adc) -> i32 {
    // SAFETY: the caller's promise.
    unsafe { open(|board| &board.adcs, |device| device, name, name_length, adc) }
}

/// See `rtt_mod.h`. All channels are enabled.
#[unsafe(no_mangle)]
pub extern "C" fn rttm_adc_enable(_: *mut rttm_adc, _: u32) -> i32 {
    RTTM_OK as i32
}

/// See `rtt_mod.h`.
///
/// # Safety
///
/// As `rtt_mod.h` says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rttm_adc_read(adc: *mut rttm_adc, channel: u32, value: *mut u32) -> i32 {
    // SAFETY: the handle is open, and the caller has a place for the value.
    unsafe { value.write(lock(&Object::<Arc<Adc>>::of(adc).0)(channel)) };
    RTTM_OK as i32
}
