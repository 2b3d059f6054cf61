//! Sections without interrupts: one lock for all threads, as interrupts are off for all.

use std::{
    cell::Cell,
    sync::atomic::{AtomicBool, Ordering},
    thread,
};

static OFF: AtomicBool = AtomicBool::new(false);

thread_local! {
    static NESTING: Cell<usize> = const { Cell::new(0) };
}

/// See `rtt_mod.h`.
#[unsafe(no_mangle)]
pub extern "C" fn rttm_interrupt_disable() -> usize {
    let nesting = NESTING.get();
    NESTING.set(nesting + 1);
    while nesting == 0 && OFF.swap(true, Ordering::Acquire) {
        thread::yield_now();
    }
    nesting
}

/// See `rtt_mod.h`.
#[unsafe(no_mangle)]
pub extern "C" fn rttm_interrupt_restore(level: usize) {
    assert_eq!(NESTING.get(), level + 1, "sections are inside of each other");
    NESTING.set(level);
    if level == 0 {
        OFF.store(false, Ordering::Release);
    }
}
