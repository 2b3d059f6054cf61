//! Critical sections between threads: no other thread of the module runs in between.

use super::bindings;

/// Runs `section` while no other thread runs. `section` must not panic, block, or enter another critical section.
pub fn without_other_threads<T>(section: impl FnOnce() -> T) -> T {
    // SAFETY: this is a thread of the module's.
    unsafe { bindings::rttm_critical_enter() };
    let result = section();
    // SAFETY: the section was entered above.
    unsafe { bindings::rttm_critical_exit() };
    result
}
