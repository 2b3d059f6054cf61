//! Critical sections: one lock for all threads.

use std::{
    cell::RefCell,
    sync::{Mutex, MutexGuard},
};

use crate::kernel::lock;

thread_local! {
    static INSIDE: RefCell<Option<MutexGuard<'static, ()>>> = const { RefCell::new(None) };
}

/// See `rtt_mod.h`.
#[unsafe(no_mangle)]
pub extern "C" fn rttm_critical_enter() {
    static LOCK: Mutex<()> = Mutex::new(());
    let is_inside = INSIDE.with_borrow(Option::is_some);
    assert!(!is_inside, "critical sections do not nest");
    INSIDE.set(Some(lock(&LOCK)));
}

/// See `rtt_mod.h`.
#[unsafe(no_mangle)]
pub extern "C" fn rttm_critical_exit() {
    assert!(INSIDE.take().is_some(), "a critical section is entered before it is left");
}
