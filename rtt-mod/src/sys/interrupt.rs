//! A few instructions that no thread and no interrupt comes between.

use core::cell::UnsafeCell;

use super::bindings;

/// Runs `section` with interrupts off. It must not wait.
#[inline(always)]
pub fn without<T>(section: impl FnOnce() -> T) -> T {
    // SAFETY: the function is called from anywhere.
    let level = unsafe { bindings::rttm_interrupt_disable() };
    let result = section();
    // SAFETY: `level` is what it was before; sections are inside of each other.
    unsafe { bindings::rttm_interrupt_restore(level) };
    result
}

/// A small value that all threads and interrupts of a module change.
#[derive(Debug)]
pub struct Shared<T>(UnsafeCell<T>);

// SAFETY: the value is copied in and out with interrupts off, by one thread or interrupt at a time.
unsafe impl<T: Send> Sync for Shared<T> {}

impl<T: Copy> Shared<T> {
    pub const fn new(value: T) -> Self {
        Shared(UnsafeCell::new(value))
    }

    /// Changes the value by a few instructions of `change`. No other change comes between.
    pub fn update<R>(&self, change: impl FnOnce(&mut T) -> R) -> R {
        without(|| {
            // SAFETY: nobody else is here. `change` works on a copy, so that it does no harm if it comes here again.
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

    // SAFETY: with interrupts off, and on several cores the kernel's lock taken, nobody else runs until `release`.
    unsafe impl critical_section::Impl for Interrupts {
        unsafe fn acquire() -> critical_section::RawRestoreState {
            // SAFETY: the function is called from anywhere.
            unsafe { bindings::rttm_interrupt_disable() }
        }

        unsafe fn release(level: critical_section::RawRestoreState) {
            // SAFETY: `level` is that of the `acquire` before, says the trait.
            unsafe { bindings::rttm_interrupt_restore(level) }
        }
    }
}
