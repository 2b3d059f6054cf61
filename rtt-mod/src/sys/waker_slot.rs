//! The waker of a future that an interrupt wakes.

use core::{cell::UnsafeCell, fmt, task::Waker};

use super::interrupt;

/// A place for a waker, which threads set and interrupts use.
pub struct WakerSlot(UnsafeCell<Option<Waker>>);

// SAFETY: the waker is accessed with interrupts off, by one thread or interrupt at a time, and it is `Send`.
unsafe impl Send for WakerSlot {}
// SAFETY: as above.
unsafe impl Sync for WakerSlot {}

impl WakerSlot {
    pub const fn new() -> Self {
        WakerSlot(UnsafeCell::new(None))
    }

    /// The next [`wake`](Self::wake) uses `waker`.
    pub fn set(&self, waker: Waker) {
        drop(self.replace(Some(waker)));
    }

    /// Uses the waker, once.
    pub fn wake(&self) {
        if let Some(waker) = self.replace(None) {
            waker.wake();
        }
    }

    fn replace(&self, waker: Option<Waker>) -> Option<Waker> {
        // SAFETY: interrupts are off, so nobody else accesses the waker.
        interrupt::without(|| core::mem::replace(unsafe { &mut *self.0.get() }, waker))
    }
}

impl fmt::Debug for WakerSlot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WakerSlot").finish_non_exhaustive()
    }
}
