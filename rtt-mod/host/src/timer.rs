//! Timers: a thread each, which is joined when the timer is closed.

use std::{
    sync::{Arc, Condvar, Mutex, PoisonError},
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use crate::{
    bindings::{RTTM_OK, RTTM_TIMER_PERIODIC, rttm_callback, rttm_timer},
    handle::Object,
    kernel::Kernel,
};

#[derive(Default)]
struct State {
    due: Option<Instant>,
    period: Duration,
    is_closed: bool,
}

struct Shared {
    callback: rttm_callback,
    is_periodic: bool,
    state: Mutex<State>,
    changed: Condvar,
}

// SAFETY: by the ABI, any thread may use the callback and its context, one at a time.
unsafe impl Send for Shared {}
// SAFETY: as above.
unsafe impl Sync for Shared {}

impl Shared {
    fn change(&self, change: impl FnOnce(&mut State)) {
        change(&mut self.state.lock().unwrap_or_else(PoisonError::into_inner));
        self.changed.notify_all();
    }

    fn run(&self) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        while !state.is_closed {
            let Some(due) = state.due else {
                state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
                continue;
            };
            let now = Instant::now();
            if now < due {
                state = self.changed.wait_timeout(state, due - now).unwrap_or_else(PoisonError::into_inner).0;
                continue;
            }
            state.due = self.is_periodic.then(|| now + state.period);
            drop(state);
            if let Some(call) = self.callback.call {
                // SAFETY: the callback's own context, not released yet.
                unsafe { call(self.callback.context, 0) };
            }
            state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        }
        drop(state);
        if let Some(release) = self.callback.release {
            // SAFETY: as above, and it is not called any more.
            unsafe { release(self.callback.context) };
        }
    }
}

struct Timer {
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

impl Drop for Timer {
    fn drop(&mut self) {
        self.shared.change(|state| state.is_closed = true);
        if let Some(thread) = self.thread.take().filter(|thread| thread.thread().id() != thread::current().id()) {
            drop(thread.join());
        }
    }
}

/// See `rtt_mod.h`.
///
/// # Safety
///
/// As `rtt_mod.h` says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rttm_timer_new(
    flags: u32,
    callback: *const rttm_callback,
    timer: *mut *mut rttm_timer,
) -> i32 {
    // SAFETY: the caller's promise.
    let callback = unsafe { callback.read() };
    let is_periodic = flags & RTTM_TIMER_PERIODIC != 0;
    let shared = Arc::new(Shared { callback, is_periodic, state: Mutex::default(), changed: Condvar::new() });
    let thread = thread::spawn({
        let (shared, kernel) = (Arc::clone(&shared), Kernel::current());
        move || {
            kernel.enter();
            shared.run();
        }
    });
    // SAFETY: the caller has a place for the handle.
    unsafe { timer.write(Object::open(Timer { shared, thread: Some(thread) })) };
    RTTM_OK as i32
}

/// See `rtt_mod.h`.
///
/// # Safety
///
/// As `rtt_mod.h` says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rttm_timer_start(timer: *mut rttm_timer, milliseconds: u32) -> i32 {
    let period = Duration::from_millis(milliseconds.into());
    // SAFETY: the handle is open.
    unsafe { Object::<Timer>::of(timer) }.shared.change(|state| {
        state.period = period;
        state.due = Some(Instant::now() + period);
    });
    RTTM_OK as i32
}

/// See `rtt_mod.h`.
///
/// # Safety
///
/// As `rtt_mod.h` says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rttm_timer_stop(timer: *mut rttm_timer) -> i32 {
    // SAFETY: the handle is open.
    unsafe { Object::<Timer>::of(timer) }.shared.change(|state| state.due = None);
    RTTM_OK as i32
}
