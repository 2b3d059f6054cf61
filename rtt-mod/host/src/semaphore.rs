//! Semaphores.

use std::sync::{Condvar, Mutex};

use crate::{
    bindings::{RTTM_ERROR_TIMED_OUT, RTTM_OK, rttm_semaphore},
    handle::Object,
    wait::wait_while,
};

struct Semaphore {
    count: Mutex<u32>,
    released: Condvar,
}

/// See `rtt_mod.h`.
///
/// # Safety
///
/// As `rtt_mod.h` says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rttm_semaphore_new(count: u32, semaphore: *mut *mut rttm_semaphore) -> i32 {
    let made = Object::open(Semaphore { count: Mutex::new(count), released: Condvar::new() });
    // SAFETY: the caller has a place for the handle.
    unsafe { semaphore.write(made) };
    RTTM_OK as i32
}

/// See `rtt_mod.h`.
///
/// # Safety
///
/// As `rtt_mod.h` says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rttm_semaphore_take(semaphore: *mut rttm_semaphore, milliseconds: u32) -> i32 {
    // SAFETY: the handle is open.
    let semaphore = unsafe { Object::<Semaphore>::of(semaphore) };
    let count = semaphore.count.lock().expect("no test panics here");
    let mut count = wait_while(count, &semaphore.released, milliseconds, |count| *count == 0);
    if *count == 0 {
        return RTTM_ERROR_TIMED_OUT;
    }
    *count -= 1;
    RTTM_OK as i32
}

/// See `rtt_mod.h`.
///
/// # Safety
///
/// As `rtt_mod.h` says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rttm_semaphore_release(semaphore: *mut rttm_semaphore) -> i32 {
    // SAFETY: the handle is open.
    let semaphore = unsafe { Object::<Semaphore>::of(semaphore) };
    *semaphore.count.lock().expect("no test panics here") += 1;
    semaphore.released.notify_one();
    RTTM_OK as i32
}

/// See `rtt_mod.h`.
///
/// # Safety
///
/// As `rtt_mod.h` says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rttm_semaphore_count(semaphore: *const rttm_semaphore) -> i32 {
    // SAFETY: the handle is open.
    let semaphore = unsafe { Object::<Semaphore>::of(semaphore) };
    *semaphore.count.lock().expect("no test panics here") as i32
}
