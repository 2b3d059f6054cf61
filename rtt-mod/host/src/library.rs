//! Libraries: a PC can't load modules, so none is found.

use std::{
    ffi::{c_char, c_void},
    ptr,
};

use crate::bindings::{RTTM_LIBRARY_NOT_FOUND, RTTM_LIBRARY_REFUSED, rttm_library};

/// See `rtt_mod.h`.
#[unsafe(no_mangle)]
pub extern "C" fn rttm_library_open(_: *const c_char, _: u32, _: *mut *mut rttm_library) -> i32 {
    RTTM_LIBRARY_NOT_FOUND as i32
}

/// See `rtt_mod.h`.
#[unsafe(no_mangle)]
pub extern "C" fn rttm_library_open_bytes(
    _: *const c_void,
    _: u32,
    _: *const c_char,
    _: u32,
    _: *mut *mut rttm_library,
) -> i32 {
    RTTM_LIBRARY_REFUSED as i32
}

/// See `rtt_mod.h`. No library is open.
#[unsafe(no_mangle)]
pub extern "C" fn rttm_library_symbol(_: *mut rttm_library, _: *const c_char, _: u32) -> *mut c_void {
    ptr::null_mut()
}

/// See `rtt_mod.h`. No library is open.
#[unsafe(no_mangle)]
pub extern "C" fn rttm_library_close(_: *mut rttm_library) {}
