//! Wakers: semaphores that a thread waits for while its future is pending.
//!
//! A waker can outlive the wait that it was made for, for example in a timer's callback or in a static. It is also
//! cloned and dropped in interrupts, where memory cannot be freed. So a waker is just the handle of a semaphore, and a
//! semaphore that had wakers stays open until the module ends. Later waits use it again. An old waker can then wake the
//! wrong thread, which is harmless: a future that is polled too early is still pending.

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

/// Semaphores that no thread waits for. When more threads wait at once than there are places here, the semaphores of
/// the others stay open unused after their waits.
static IDLE: [AtomicPtr<rttm_semaphore>; 8] = [const { AtomicPtr::new(ptr::null_mut()) }; 8];

/// A semaphore that stays open until the module ends.
pub struct WakeSemaphore(NonNull<rttm_semaphore>);

impl WakeSemaphore {
    /// A semaphore that no other thread waits for.
    pub fn new() -> Result<Self> {
        let idle = critical::without_other_threads(|| {
            let place = IDLE.iter().find(|place| !place.load(Ordering::Relaxed).is_null())?;
            let semaphore = place.load(Ordering::Relaxed);
            place.store(ptr::null_mut(), Ordering::Relaxed);
            NonNull::new(semaphore)
        });
        if let Some(semaphore) = idle {
            return Ok(WakeSemaphore(semaphore));
        }
        // SAFETY: on success the function gives a new handle, which nobody closes.
        let handle = unsafe { Handle::made(|place| bindings::rttm_semaphore_new(0, place)) }?;
        Ok(WakeSemaphore(handle.leak()))
    }

    /// A waker that ends a wait for this semaphore, or the next wait if there is none.
    pub fn waker(&self) -> Waker {
        // SAFETY: the functions of the table are what a waker's have to be: they take the handle of a semaphore that
        // stays open as long as there is code to call them, and may be called by any thread and interrupt.
        unsafe { Waker::from_raw(raw(self.0.as_ptr().cast())) }
    }

    /// Waits until a waker is used. Returns at once if one was used since the last wait.
    ///
    /// # Errors
    ///
    /// [`Error::TimedOut`] after `milliseconds`; [`Error::WouldWait`] where nothing may wait.
    pub fn wait(&self, milliseconds: u32) -> Result<()> {
        self.take(milliseconds)?;
        // The poll that follows serves all wakers that were used.
        while self.take(0).is_ok() {}
        Ok(())
    }

    fn take(&self, milliseconds: u32) -> Result<()> {
        // SAFETY: the semaphore stays open.
        check(unsafe { bindings::rttm_semaphore_take(self.0.as_ptr(), milliseconds) }).map(drop)
    }
}

impl Drop for WakeSemaphore {
    fn drop(&mut self) {
        critical::without_other_threads(|| {
            let place = IDLE.iter().find(|place| place.load(Ordering::Relaxed).is_null());
            if let Some(place) = place {
                place.store(self.0.as_ptr(), Ordering::Relaxed);
            }
        });
    }
}

static TABLE: RawWakerVTable = RawWakerVTable::new(raw, wake, wake, forget);

#[cfg_attr(target_os = "none", unsafe(link_section = ".text.rtt_mod.waker"))]
fn raw(semaphore: *const ()) -> RawWaker {
    RawWaker::new(semaphore, &TABLE)
}

#[cfg_attr(target_os = "none", unsafe(link_section = ".text.rtt_mod.waker"))]
fn wake(semaphore: *const ()) {
    // SAFETY: it is the handle of a semaphore that stays open. An error means that it is full, which wakes as well.
    unsafe { bindings::rttm_semaphore_release(semaphore.cast_mut().cast()) };
}

/// The semaphore stays: a waker that is dropped has nothing to give back.
#[cfg_attr(target_os = "none", unsafe(link_section = ".text.rtt_mod.waker"))]
fn forget(_: *const ()) {}

const _: () = assert!(Error::TimedOut as i32 == bindings::RTTM_ERROR_TIMED_OUT);

#[cfg(test)]
mod tests {
    extern crate std;

    use super::*;

    #[test]
    fn a_waker_ends_one_wait() {
        let semaphore = WakeSemaphore::new().unwrap();
        let waker = semaphore.waker();
        waker.wake_by_ref();
        let another = waker.clone();
        drop(waker);
        another.wake();
        assert_eq!(semaphore.wait(0), Ok(()));
        assert_eq!(semaphore.wait(0), Err(Error::TimedOut));
    }

    #[test]
    fn a_waker_outlives_its_wait() {
        let waker = WakeSemaphore::new().unwrap().waker();
        waker.wake();
    }

    #[test]
    fn a_waker_is_used_by_another_thread() {
        let semaphore = WakeSemaphore::new().unwrap();
        let waker = semaphore.waker();
        let thread = std::thread::spawn(move || waker.wake());
        assert_eq!(semaphore.wait(crate::sys::time::FOREVER), Ok(()));
        thread.join().unwrap();
    }

    #[test]
    fn semaphores_in_use_are_different() {
        let semaphores: [WakeSemaphore; 4] = core::array::from_fn(|_| WakeSemaphore::new().unwrap());
        for (n, semaphore) in semaphores.iter().enumerate() {
            assert!(semaphores[..n].iter().all(|other| other.0 != semaphore.0));
        }
    }
}
