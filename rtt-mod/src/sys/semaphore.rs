//! A semaphore of the kernel's.

use super::{
    bindings::{self, rttm_semaphore},
    handle::{Handle, LazyHandle},
    result::check,
};
use crate::Result;

/// A semaphore with so many permits at first, which the kernel makes when it is first used.
#[derive(Debug)]
pub struct Semaphore {
    permits: u32,
    handle: LazyHandle<rttm_semaphore>,
}

impl Semaphore {
    pub const fn new(permits: u32) -> Self {
        Semaphore { permits, handle: LazyHandle::new() }
    }

    #[inline(always)]
    fn handle(&self) -> Result<*mut rttm_semaphore> {
        self.handle.get(|| {
            // SAFETY: on success the function gives a new handle.
            unsafe { Handle::made(|place| bindings::rttm_semaphore_new(self.permits, place)) }
        })
    }

    #[inline(always)]
    pub fn take(&self, milliseconds: u32) -> Result<()> {
        // SAFETY: the handle is open.
        check(unsafe { bindings::rttm_semaphore_take(self.handle()?, milliseconds) }).map(drop)
    }

    #[inline(always)]
    pub fn release(&self) -> Result<()> {
        // SAFETY: the handle is open.
        check(unsafe { bindings::rttm_semaphore_release(self.handle()?) }).map(drop)
    }

    pub fn permits(&self) -> Result<u32> {
        // SAFETY: the handle is open.
        check(unsafe { bindings::rttm_semaphore_count(self.handle()?) })
    }
}
