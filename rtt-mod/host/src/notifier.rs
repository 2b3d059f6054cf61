//! Callbacks of those who have a device open.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use crate::{bindings::rttm_callback, calls::Calls, driver::Driver};

/// A callback. Its calls do not overlap.
pub struct Notifier {
    callback: rttm_callback,
    calls: Calls,
    is_called: AtomicBool,
    is_detached: AtomicBool,
}

// SAFETY: the callback may be called by any thread, one at a time, says the ABI.
unsafe impl Send for Notifier {}
// SAFETY: as above.
unsafe impl Sync for Notifier {}

impl Notifier {
    /// A notifier that is not attached to a device.
    pub fn new(callback: rttm_callback) -> Arc<Self> {
        let (calls, is_called, is_detached) = (Calls::default(), AtomicBool::new(false), AtomicBool::new(false));
        Arc::new(Notifier { callback, calls, is_called, is_detached })
    }

    /// Calls the callback, unless somebody does already.
    pub fn notify(&self, value: usize) {
        self.calls.during(|| {
            if self.is_detached.load(Ordering::Acquire) || self.is_called.swap(true, Ordering::Acquire) {
                return;
            }
            if let Some(call) = self.callback.call {
                // SAFETY: the callback is not released during a call.
                unsafe { call(self.callback.context, value) };
            }
            self.is_called.store(false, Ordering::Release);
        });
    }

    /// Detaches the notifier from `driver`.
    pub fn detach(self: &Arc<Self>, driver: &Driver) {
        driver.notifiers.lock().expect("no test panics here").retain(|notifier| !Arc::ptr_eq(notifier, self));
    }

    /// Waits for the calls of other threads, and releases the callback.
    pub fn release(&self) {
        self.is_detached.store(true, Ordering::Release);
        self.calls.drain();
        if let Some(release) = self.callback.release {
            // SAFETY: no call begins any more. One of this thread's own may be under way, as in the firmware.
            unsafe { release(self.callback.context) };
        }
    }
}
