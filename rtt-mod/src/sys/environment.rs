//! Environment variables.

use alloc::vec::Vec;

use super::{bindings, length};

/// Room for most values.
const USUAL_BYTES: usize = 32;

/// The value of the variable `name`.
pub fn get(name: &str) -> Option<Vec<u8>> {
    let (name, name_length) = length::text(name).ok()?;
    // SAFETY: the text has that many bytes, and there is room for the value.
    unsafe { copied(|place, size| bindings::rttm_environment_get(name, name_length, place.cast(), size)) }
}

/// The variable at `position` as `NAME=VALUE`.
pub fn entry(position: u32) -> Option<Vec<u8>> {
    // SAFETY: there is room for the text.
    unsafe { copied(|place, size| bindings::rttm_environment_entry(position, place.cast(), size)) }
}

/// The bytes that `copy` writes, if its result is not negative. It is called again with more room if they do not fit.
///
/// # Safety
///
/// `copy` writes at most as many bytes as it is told, and returns how many there are.
unsafe fn copied(copy: impl Fn(*mut u8, u32) -> i32) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(USUAL_BYTES);
    loop {
        let capacity = length::at_most(bytes.capacity());
        let length = usize::try_from(copy(bytes.as_mut_ptr(), capacity)).ok()?;
        if length <= capacity as usize {
            // SAFETY: the caller's promise.
            unsafe { bytes.set_len(length) };
            return Some(bytes);
        }
        bytes.reserve_exact(length);
    }
}
