//! Sleep, which tests can leave out.

use std::{thread, time::Duration};

use crate::kernel::{Kernel, lock};

/// Returns the milliseconds of each sleep of `program` and its threads, in order. None of them takes any time.
///
/// ```
/// assert_eq!(rtt_mod_host::slept(|| ()), []);
/// ```
pub fn slept(program: impl FnOnce()) -> Vec<u32> {
    let kernel = Kernel::current();
    let outer = lock(&kernel.sleeps).replace(Vec::new());
    program();
    std::mem::replace(&mut *lock(&kernel.sleeps), outer).unwrap_or_default()
}

/// See `rtt_mod.h`.
#[unsafe(no_mangle)]
pub extern "C" fn rttm_thread_sleep(milliseconds: u32) {
    if let Some(sleeps) = &mut *lock(&Kernel::current().sleeps) {
        return sleeps.push(milliseconds);
    }
    thread::sleep(Duration::from_millis(milliseconds.into()));
}
