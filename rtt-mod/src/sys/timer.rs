//! Timers of the kernel.

use core::ffi::c_void;

use super::{
    bindings::{self, rttm_callback, rttm_timer},
    callback::Callback,
    handle::Handle,
    result::check,
};
use crate::Result;

/// How often a timer calls its closure.
#[derive(Clone, Copy, Debug)]
pub enum Times {
    Once,
    Periodically,
}

/// Where a timer calls its closure.
#[derive(Clone, Copy, Debug)]
pub enum Place {
    Thread,
    Interrupt,
}

/// A timer that calls a closure. When it is dropped it stops, and the closure is dropped after its last call has
/// returned.
#[derive(Debug)]
pub struct Timer(Handle<rttm_timer>);

impl Timer {
    pub fn new<F: FnMut() + Send + 'static>(times: Times, place: Place, work: F) -> Result<Self> {
        let times = match times {
            Times::Once => 0,
            Times::Periodically => bindings::RTTM_TIMER_PERIODIC,
        };
        let (place, call): (_, unsafe extern "C" fn(*mut c_void, usize)) = match place {
            Place::Thread => (0, call::<F>),
            Place::Interrupt => (bindings::RTTM_TIMER_HARD, call_in_interrupt::<F>),
        };
        let context = Callback::context(work)?;
        let callback = rttm_callback { call: Some(call), release: Some(release::<F>), context };
        // SAFETY: on success the function gives a new handle; the functions are for a closure of this type.
        let made = unsafe { Handle::made(|handle| bindings::rttm_timer_new(times | place, &callback, handle)) };
        if made.is_err() {
            // SAFETY: the kernel has not taken it.
            unsafe { release::<F>(context) };
        }
        made.map(Timer)
    }

    pub fn start(&self, milliseconds: u32) -> Result<()> {
        // SAFETY: the handle is open.
        check(unsafe { bindings::rttm_timer_start(self.0.as_ptr(), milliseconds) }).map(drop)
    }

    pub fn stop(&self) {
        // SAFETY: the handle is open.
        unsafe { bindings::rttm_timer_stop(self.0.as_ptr()) };
    }
}

impl Drop for Timer {
    /// Stops the timer before its handle is closed: a timer that is dropped in its own call is closed after that.
    fn drop(&mut self) {
        self.stop();
    }
}

#[cfg_attr(target_os = "none", unsafe(link_section = ".text.rtt_mod.timer"))]
unsafe extern "C" fn call<F: FnMut()>(context: *mut c_void, _: usize) {
    // SAFETY: the kernel gives back the context of `new`, and has not released it; `F` is `Send`.
    unsafe { Callback::<F>::call(context, |work| work()) }
}

/// The same for the stack of interrupts: its section tells the linker so.
#[cfg_attr(target_os = "none", unsafe(link_section = ".text.rtt_mod.interrupt"))]
unsafe extern "C" fn call_in_interrupt<F: FnMut()>(context: *mut c_void, _: usize) {
    // SAFETY: as in `call`.
    unsafe { Callback::<F>::call(context, |work| work()) }
}

#[cfg_attr(target_os = "none", unsafe(link_section = ".text.rtt_mod.release"))]
unsafe extern "C" fn release<F>(context: *mut c_void) {
    // SAFETY: the kernel gives back the context of `new`, once, when it makes no more calls.
    unsafe { Callback::<F>::release(context) }
}
