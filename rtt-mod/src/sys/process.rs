//! Ending the module.

use super::bindings;

pub fn exit(code: i32) -> ! {
    // SAFETY: the function takes any number and does not return.
    unsafe { bindings::rttm_exit(code) }
}
