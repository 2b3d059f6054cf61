//! The end of the module.

use super::bindings;

pub fn exit(code: i32) -> ! {
    // SAFETY: the function takes any number. It does not return, so nothing is used after the module's end.
    unsafe { bindings::rttm_exit(code) }
}
