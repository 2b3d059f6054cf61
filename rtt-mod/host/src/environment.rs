//! Environment variables: those of the PC.

use std::{env, ffi::c_char, slice};

use crate::bindings::RTTM_ERROR_NOT_FOUND;

/// Copies as much of `text` as there is room for.
///
/// # Safety
///
/// There is room for `size` bytes at `place`.
unsafe fn copy(text: Option<&str>, place: *mut c_char, size: u32) -> i32 {
    let Some(text) = text else { return RTTM_ERROR_NOT_FOUND };
    let count = text.len().min(size as usize);
    // SAFETY: the caller's promise.
    unsafe { place.cast::<u8>().copy_from_nonoverlapping(text.as_ptr(), count) };
    text.len() as i32
}

/// See `rtt_mod.h`.
///
/// # Safety
///
/// As `rtt_mod.h` says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rttm_environment_get(
    name: *const c_char,
    name_length: u32,
    value: *mut c_char,
    size: u32,
) -> i32 {
    // SAFETY: the text has that many bytes, and there is room for the value.
    unsafe {
        let name = slice::from_raw_parts(name.cast::<u8>(), name_length as usize);
        let name = std::str::from_utf8(name).unwrap_or_default();
        // `std` panics where a name can't be one.
        let found = if name.is_empty() || name.contains(['=', '\0']) { None } else { env::var(name).ok() };
        copy(found.as_deref(), value, size)
    }
}

/// See `rtt_mod.h`.
///
/// # Safety
///
/// As `rtt_mod.h` says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rttm_environment_entry(position: u32, text: *mut c_char, size: u32) -> i32 {
    let of_unicode = |(name, value): (std::ffi::OsString, std::ffi::OsString)| {
        Some(format!("{}={}", name.into_string().ok()?, value.into_string().ok()?))
    };
    let entry = env::vars_os().filter_map(of_unicode).nth(position as usize);
    // SAFETY: there is room for the text.
    unsafe { copy(entry.as_deref(), text, size) }
}
