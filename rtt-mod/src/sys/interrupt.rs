//! Critical sections between threads and interrupts: neither runs in between.

use core::cell::UnsafeCell;

use super::bindings;

/// Runs `section` with interrupts off. `section` must not wait.
#[inline(always)]
pub fn without<T>(section: impl FnOnce() -> T) -> T {
    // SAFETY: the function is called from anywhere.
    let level = unsafe { bindings::rttm_interrupt_disable() };
    let result = section();
    // SAFETY: `level` is the result of the call above, and sections nest.
    unsafe { bindings::rttm_interrupt_restore(level) };
    result
}

/// A small value that all threads and interrupts of a module can change.
#[derive(Debug)]
pub struct Shared<T>(UnsafeCell<T>);

// SAFETY: the value is copied in and out with interrupts off, by one thread or interrupt at a time.
unsafe impl<T: Send> Sync for Shared<T> {}

impl<T: Copy> Shared<T> {
    pub const fn new(value: T) -> Self {
        Shared(UnsafeCell::new(value))
    }

    /// Changes the value. `change` takes a few instructions, during which nobody else changes it.
    pub fn update<R>(&self, change: impl FnOnce(&mut T) -> R) -> R {
        without(|| {
            // SAFETY: interrupts are off, so nobody else accesses the value. `change` works on a copy, so a nested
            // update is lost but does no harm.
            let mut value = unsafe { *self.0.get() };
            let result = change(&mut value);
            // SAFETY: as above.
            unsafe { *self.0.get() = value };
            result
        })
    }
}

#[cfg(any(feature = "critical-section", not(target_has_atomic = "ptr")))]
mod critical_section {
    use super::bindings;

    struct Interrupts;

    critical_section::set_impl!(Interrupts);

    // SAFETY: interrupts are off, no other thread is scheduled, and on several cores the kernel's lock is taken: nobody
    // else runs until `release`.
    unsafe impl critical_section::Impl for Interrupts {
        unsafe fn acquire() -> critical_section::RawRestoreState {
            // SAFETY: the function is called from anywhere.
            unsafe { bindings::rttm_interrupt_disable() }
        }

        unsafe fn release(level: critical_section::RawRestoreState) {
            // SAFETY: by the trait, `level` is the result of the matching `acquire`.
            unsafe { bindings::rttm_interrupt_restore(level) }
        }
    }
}
