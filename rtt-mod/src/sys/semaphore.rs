//! A semaphore of the kernel.

use super::{
    bindings::{self, rttm_semaphore},
    handle::LazyHandle,
};
use crate::Result;

/// A semaphore that begins with `permits` permits. The kernel makes it when it is first used.
#[derive(Debug)]
pub struct Semaphore {
    permits: u32,
    handle: LazyHandle<rttm_semaphore>,
}

impl Semaphore {
    pub const fn new(permits: u32) -> Self {
        Semaphore { permits, handle: LazyHandle::new() }
    }

    pub fn set_name(&self, name: &str) -> Result<()> {
        // SAFETY: on success the function gives a new handle, of a kind that has a name.
        unsafe { self.handle.set_name(name, |place| bindings::rttm_semaphore_new(self.permits, place)) }
    }

    #[inline(always)]
    fn call(&self, call: impl FnOnce(*mut rttm_semaphore) -> i32) -> Result<u32> {
        // SAFETY: on success the function gives a new handle.
        unsafe { self.handle.call(move |place| bindings::rttm_semaphore_new(self.permits, place), call) }
    }

    #[inline(always)]
    pub fn take(&self, milliseconds: u32) -> Result<()> {
        // SAFETY: the handle is open.
        self.call(move |handle| unsafe { bindings::rttm_semaphore_take(handle, milliseconds) }).map(drop)
    }

    #[inline(always)]
    pub fn release(&self) -> Result<()> {
        // SAFETY: the handle is open.
        self.call(|handle| unsafe { bindings::rttm_semaphore_release(handle) }).map(drop)
    }

    pub fn permits(&self) -> Result<u32> {
        // SAFETY: the handle is open.
        self.call(|handle| unsafe { bindings::rttm_semaphore_count(handle) })
    }
}
