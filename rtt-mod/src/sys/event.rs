//! Event flags of the kernel.

use super::{
    bindings::{self, rttm_event},
    handle::LazyHandle,
    result::check,
};
use crate::Result;

/// Which of the flags to wait for.
#[derive(Debug, Clone, Copy)]
pub enum Which {
    Any,
    All,
}

/// What happens to the flags that ended a wait.
#[derive(Debug, Clone, Copy)]
pub enum Then {
    Keep,
    Clear,
}

/// 32 flags, none of which is set at first. The kernel makes them when they are first used.
#[derive(Debug)]
pub struct Event(LazyHandle<rttm_event>);

impl Event {
    pub const fn new() -> Self {
        Event(LazyHandle::new())
    }

    #[inline(always)]
    fn handle(&self) -> Result<*mut rttm_event> {
        // SAFETY: on success the function gives a new handle.
        unsafe { self.0.get(|place| bindings::rttm_event_new(place)) }
    }

    pub fn set_name(&self, name: &str) -> Result<()> {
        // SAFETY: on success the function gives a new handle, of a kind that has a name.
        unsafe { self.0.set_name(name, |place| bindings::rttm_event_new(place)) }
    }

    /// Makes the flags now, so that interrupts can set them.
    pub fn make(&self) -> Result<()> {
        self.set(0)
    }

    #[inline(always)]
    pub fn set(&self, flags: u32) -> Result<()> {
        let handle = self.handle()?;
        // SAFETY: the handle is open.
        check(unsafe { bindings::rttm_event_set(handle, flags) }).map(drop)
    }

    /// Waits for flags. Returns those of `flags` that were set.
    #[inline(always)]
    pub fn wait(&self, flags: u32, which: Which, then: Then, milliseconds: u32) -> Result<u32> {
        let which = match which {
            Which::Any => 0,
            Which::All => bindings::RTTM_EVENT_ALL,
        };
        let then = match then {
            Then::Keep => 0,
            Then::Clear => bindings::RTTM_EVENT_CLEAR,
        };
        let (handle, mut received) = (self.handle()?, 0);
        // SAFETY: the handle is open, and `received` a place for the flags.
        check(unsafe { bindings::rttm_event_wait(handle, flags, which | then, milliseconds, &mut received) })?;
        Ok(received)
    }
}
