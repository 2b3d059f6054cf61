//! Event flags.

use std::sync::{Condvar, Mutex};

use crate::{
    bindings::{RTTM_ERROR_INVALID, RTTM_ERROR_TIMED_OUT, RTTM_EVENT_ALL, RTTM_EVENT_CLEAR, RTTM_OK, rttm_event},
    handle::Object,
    wait::wait_while,
};

struct Event {
    flags: Mutex<u32>,
    set: Condvar,
}

/// See `rtt_mod.h`.
///
/// # Safety
///
/// As `rtt_mod.h` says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rttm_event_new(event: *mut *mut rttm_event) -> i32 {
    let made = Object::open(Event { flags: Mutex::new(0), set: Condvar::new() });
    // SAFETY: the caller has a place for the handle.
    unsafe { event.write(made) };
    RTTM_OK as i32
}

/// See `rtt_mod.h`.
///
/// # Safety
///
/// As `rtt_mod.h` says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rttm_event_set(event: *mut rttm_event, flags: u32) -> i32 {
    // SAFETY: the handle is open.
    let event = unsafe { Object::<Event>::of(event) };
    *event.flags.lock().expect("no test panics here") |= flags;
    event.set.notify_all();
    RTTM_OK as i32
}

/// See `rtt_mod.h`.
///
/// # Safety
///
/// As `rtt_mod.h` says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rttm_event_wait(
    event: *mut rttm_event,
    flags: u32,
    options: u32,
    milliseconds: u32,
    received: *mut u32,
) -> i32 {
    if flags == 0 {
        return RTTM_ERROR_INVALID;
    }
    let is_there = |set: u32| if options & RTTM_EVENT_ALL != 0 { set & flags == flags } else { set & flags != 0 };
    // SAFETY: the handle is open.
    let event = unsafe { Object::<Event>::of(event) };
    let set = event.flags.lock().expect("no test panics here");
    let mut set = wait_while(set, &event.set, milliseconds, |set| !is_there(*set));
    if !is_there(*set) {
        return RTTM_ERROR_TIMED_OUT;
    }
    // SAFETY: the caller has a place for the flags.
    unsafe { received.write(*set & flags) };
    if options & RTTM_EVENT_CLEAR != 0 {
        *set &= !flags;
    }
    RTTM_OK as i32
}
