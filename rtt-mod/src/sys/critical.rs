//! A few instructions that no other thread of the module interrupts.

use super::bindings;

/// Runs `section` with every other thread kept out. It must not panic, block, or come here again.
pub fn without_other_threads<T>(section: impl FnOnce() -> T) -> T {
    // SAFETY: this is a thread of the module's.
    unsafe { bindings::rttm_critical_enter() };
    let result = section();
    // SAFETY: the section was entered above.
    unsafe { bindings::rttm_critical_exit() };
    result
}
