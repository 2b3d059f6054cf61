//! The end of a program.

use std::{process, slice};

use crate::bindings::{RTTM_EXIT_PANIC, rttm_arg, rttm_location};

/// The exit code of the process for one of a module. Most systems keep only 8 bits; none of them makes a failure a success.
pub fn status(code: i32) -> i32 {
    if cfg!(unix) && code != 0 && code & 0xff == 0 { 1 } else { code }
}

/// See `rtt_mod.h`. In a test it ends the test run, as `std::process::exit` does.
#[unsafe(no_mangle)]
pub extern "C" fn rttm_exit(code: i32) -> ! {
    process::exit(status(code))
}

/// See `rtt_mod.h`. On a PC, `std` reports a panic itself, and this is for programs without `std`'s handler.
///
/// # Safety
///
/// As `rtt_mod.h` says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rttm_panic(location: *const rttm_location, _: *const rttm_arg) -> ! {
    // SAFETY: the caller's promise: a location, with a file name of so many bytes.
    let (file, line) = unsafe {
        let location = &*location;
        (slice::from_raw_parts(location.file.cast::<u8>(), location.file_length as usize), location.line)
    };
    eprintln!("panicked at {}:{line}", String::from_utf8_lossy(file));
    process::exit(RTTM_EXIT_PANIC as i32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_stays_a_failure() {
        assert_eq!([0, 3, -3, i32::MIN].map(status), [0, 3, -3, if cfg!(unix) { 1 } else { i32::MIN }]);
    }
}
