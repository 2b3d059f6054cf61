//! Lengths for the ABI, which has 32 bits for them.
//!
//! On processors of 32 bits every length fits, and these functions are no code at all.

use core::ffi::c_char;

use crate::{Error, Result};

/// The length of a slice that one call has to take as a whole.
///
/// # Errors
///
/// [`Error::InvalidInput`] for 4 GiB and more.
#[inline(always)]
pub fn whole(bytes: usize) -> Result<u32> {
    u32::try_from(bytes).map_err(|_| Error::InvalidInput)
}

/// As much of a slice as one call takes.
#[inline(always)]
pub fn at_most(bytes: usize) -> u32 {
    u32::try_from(bytes).unwrap_or(u32::MAX)
}

/// The bytes that the kernel has read or written, of a buffer of `most`. The compiler then knows that they are no more, so a
/// program that takes that part of its buffer has no code for a panic.
#[inline(always)]
pub fn within(bytes: u32, most: usize) -> usize {
    (bytes as usize).min(most)
}

/// The length of a text that is known when the program is compiled.
///
/// # Panics
///
/// For 4 GiB and more.
pub const fn of_static(text: &'static [u8]) -> u32 {
    assert!(text.len() <= u32::MAX as usize, "a text has less than 4 GiB");
    text.len() as u32
}

/// A text as the ABI takes it: its first byte and its length.
///
/// # Errors
///
/// Those of [`whole`].
#[inline(always)]
pub fn text(text: &str) -> Result<(*const c_char, u32)> {
    whole(text.len()).map(|length| (text.as_ptr().cast(), length))
}

#[cfg(all(test, target_pointer_width = "64"))]
mod tests {
    use super::*;

    #[test]
    fn a_length_is_never_taken_modulo_32_bits() {
        assert_eq!(whole(u32::MAX as usize), Ok(u32::MAX));
        assert_eq!(whole((1 << 32) + 16), Err(Error::InvalidInput));
        assert_eq!(at_most((1 << 32) + 16), u32::MAX);
    }
}
