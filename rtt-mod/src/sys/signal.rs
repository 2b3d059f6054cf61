//! What a thread waits for while its future is pending, and the waker that ends the wait.
//!
//! A waker may outlive the wait that it is for, in a timer's callback or a static, and it is cloned and dropped in
//! interrupts, where no memory can be freed. So a waker is no more than the handle of a semaphore, and a semaphore that
//! had wakers is never closed before the module ends: the next wait takes it over. What an old waker then does is wake
//! somebody too early, which futures are made for.

use core::{
    ptr::{self, NonNull},
    sync::atomic::{AtomicPtr, Ordering},
    task::{RawWaker, RawWakerVTable, Waker},
};

use super::{
    bindings::{self, rttm_semaphore},
    critical,
    handle::Handle,
    result::check,
};
use crate::{Error, Result};

/// Semaphores that nobody waits for. More than these are made when more threads wait at once, and stay unused when
/// their waits are over.
static IDLE: [AtomicPtr<rttm_semaphore>; 8] = [const { AtomicPtr::new(ptr::null_mut()) }; 8];

/// A semaphore that stays open until the module ends.
pub struct Signal(NonNull<rttm_semaphore>);

impl Signal {
    /// One that nobody else waits for.
    pub fn new() -> Result<Self> {
        let idle = critical::without_other_threads(|| {
            let place = IDLE.iter().find(|place| !place.load(Ordering::Relaxed).is_null())?;
            let semaphore = place.load(Ordering::Relaxed);
            place.store(ptr::null_mut(), Ordering::Relaxed);
            NonNull::new(semaphore)
        });
        if let Some(semaphore) = idle {
            return Ok(Signal(semaphore));
        }
        // SAFETY: on success the function gives a new handle, which nobody closes.
        let handle = unsafe { Handle::made(|place| bindings::rttm_semaphore_new(0, place)) }?;
        Ok(Signal(handle.leak()))
    }

    /// A waker that ends a wait for this signal, the next one if nobody waits.
    pub fn waker(&self) -> Waker {
        // SAFETY: the functions of the table are what a waker's have to be: they take the handle of a semaphore that
        // stays open as long as there is code to call them, and may be called by any thread and interrupt.
        unsafe { Waker::from_raw(raw(self.0.as_ptr().cast())) }
    }

    /// Waits until a waker is used, or has been since the last wait.
    ///
    /// # Errors
    ///
    /// [`Error::TimedOut`] after so many milliseconds; [`Error::WouldWait`] where nothing may wait.
    pub fn wait(&self, milliseconds: u32) -> Result<()> {
        self.take(milliseconds)?;
        // Whoever is polled now sees what all of the wakers have told.
        while self.take(0).is_ok() {}
        Ok(())
    }

    fn take(&self, milliseconds: u32) -> Result<()> {
        // SAFETY: the semaphore stays open.
        check(unsafe { bindings::rttm_semaphore_take(self.0.as_ptr(), milliseconds) }).map(drop)
    }
}

impl Drop for Signal {
    fn drop(&mut self) {
        critical::without_other_threads(|| {
            let place = IDLE.iter().find(|place| place.load(Ordering::Relaxed).is_null());
            if let Some(place) = place {
                place.store(self.0.as_ptr(), Ordering::Relaxed);
            }
        });
    }
}

static TABLE: RawWakerVTable = RawWakerVTable::new(raw, wake, wake, |_| ());

fn raw(semaphore: *const ()) -> RawWaker {
    RawWaker::new(semaphore, &TABLE)
}

fn wake(semaphore: *const ()) {
    // SAFETY: it is the handle of a semaphore that stays open. At its limit there are permits enough.
    unsafe { bindings::rttm_semaphore_release(semaphore.cast_mut().cast()) };
}

const _: () = assert!(Error::TimedOut as i32 == bindings::RTTM_ERROR_TIMED_OUT);

#[cfg(test)]
mod tests {
    extern crate std;

    use super::*;

    #[test]
    fn a_waker_ends_one_wait() {
        let signal = Signal::new().unwrap();
        let waker = signal.waker();
        waker.wake_by_ref();
        let another = waker.clone();
        drop(waker);
        another.wake();
        assert_eq!(signal.wait(0), Ok(()));
        assert_eq!(signal.wait(0), Err(Error::TimedOut));
    }

    #[test]
    fn a_waker_outlives_its_signal() {
        let waker = Signal::new().unwrap().waker();
        waker.wake();
    }

    #[test]
    fn a_waker_is_used_by_another_thread() {
        let signal = Signal::new().unwrap();
        let waker = signal.waker();
        let thread = std::thread::spawn(move || waker.wake());
        assert_eq!(signal.wait(crate::sys::time::FOREVER), Ok(()));
        thread.join().unwrap();
    }

    #[test]
    fn signals_in_use_are_different() {
        let signals: [Signal; 4] = core::array::from_fn(|_| Signal::new().unwrap());
        for (n, signal) in signals.iter().enumerate() {
            assert!(signals[..n].iter().all(|other| other.0 != signal.0));
        }
    }
}
