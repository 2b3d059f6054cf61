//! The calling thread.

use super::bindings;

pub fn sleep(milliseconds: u32) {
    // SAFETY: the function takes any number, and this is a thread of the module's.
    unsafe { bindings::rttm_thread_sleep(milliseconds) }
}
