//! Mutexes.

use std::{
    sync::{Condvar, Mutex as StdMutex},
    thread::{self, ThreadId},
};

use crate::{
    bindings::{RTTM_ERROR_DEADLOCK, RTTM_ERROR_PERMISSION, RTTM_ERROR_TIMED_OUT, RTTM_OK, rttm_mutex},
    handle::Object,
    wait::wait_while,
};

struct Mutex {
    owner: StdMutex<Option<ThreadId>>,
    unlocked: Condvar,
}

/// See `rtt_mod.h`.
///
/// # Safety
///
/// As `rtt_mod.h` says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rttm_mutex_new(mutex: *mut *mut rttm_mutex) -> i32 {
    let made = Object::open(Mutex { owner: StdMutex::new(None), unlocked: Condvar::new() });
    // SAFETY: the caller has a place for the handle.
    unsafe { mutex.write(made) };
    RTTM_OK as i32
}

/// See `rtt_mod.h`.
///
/// # Safety
///
/// As `rtt_mod.h` says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rttm_mutex_lock(mutex: *mut rttm_mutex, milliseconds: u32) -> i32 {
    // SAFETY: the handle is open.
    let mutex = unsafe { Object::<Mutex>::of(mutex) };
    let owner = mutex.owner.lock().expect("no test panics here");
    let caller = Some(thread::current().id());
    if *owner == caller {
        return RTTM_ERROR_DEADLOCK;
    }
    let mut owner = wait_while(owner, &mutex.unlocked, milliseconds, |owner| owner.is_some());
    if owner.is_some() {
        return RTTM_ERROR_TIMED_OUT;
    }
    *owner = caller;
    RTTM_OK as i32
}

/// See `rtt_mod.h`.
///
/// # Safety
///
/// As `rtt_mod.h` says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rttm_mutex_unlock(mutex: *mut rttm_mutex) -> i32 {
    // SAFETY: the handle is open.
    let mutex = unsafe { Object::<Mutex>::of(mutex) };
    let mut owner = mutex.owner.lock().expect("no test panics here");
    if *owner != Some(thread::current().id()) {
        return RTTM_ERROR_PERMISSION;
    }
    *owner = None;
    mutex.unlocked.notify_one();
    RTTM_OK as i32
}
