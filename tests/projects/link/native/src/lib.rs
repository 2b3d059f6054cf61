//! A driver in C and assembly, as a vendor gives it.
#![no_std]

use core::ffi::{CStr, c_char};

unsafe extern "C" {
    fn sensor_name(index: u32) -> *const c_char;
    fn sensor_count() -> u32;
    fn reverse_bits(value: u32) -> u32;
}

/// The names of all sensors.
pub fn names() -> impl Iterator<Item = &'static CStr> {
    // SAFETY: the function takes nothing, and reads a table that does not change.
    let count = unsafe { sensor_count() };
    // SAFETY: there are that many names, all of them NUL-terminated and static.
    (0..count).map(|index| unsafe { CStr::from_ptr(sensor_name(index)) })
}

/// The bits of `value`, last to first.
pub fn reverse(value: u32) -> u32 {
    // SAFETY: the function takes any number.
    unsafe { reverse_bits(value) }
}
