//! Waits as the ABI has them.

use std::{
    sync::{Condvar, MutexGuard},
    time::Duration,
};

use crate::bindings::RTTM_FOREVER;

/// Waits until `condition` is false, or the time is over.
pub fn wait_while<'a, T>(
    value: MutexGuard<'a, T>,
    changed: &Condvar,
    milliseconds: u32,
    condition: impl FnMut(&mut T) -> bool,
) -> MutexGuard<'a, T> {
    if milliseconds == RTTM_FOREVER {
        changed.wait_while(value, condition).expect("no test panics here")
    } else {
        let timeout = Duration::from_millis(milliseconds.into());
        changed.wait_timeout_while(value, timeout, condition).expect("no test panics here").0
    }
}
