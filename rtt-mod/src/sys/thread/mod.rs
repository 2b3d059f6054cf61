//! Handles of threads, and functions for the calling thread.

pub mod local;
mod packet;
mod scope;

pub use packet::{Joint, spawn};
pub use scope::{Scope, scope};

use core::slice;

use super::{
    bindings::{self, rttm_thread, rttm_thread_options},
    handle::Handle,
    length,
    result::check,
    time::FOREVER,
};
use crate::Result;

pub fn sleep(milliseconds: u32) {
    // SAFETY: the function takes any number, and this is a thread of the module's.
    unsafe { bindings::rttm_thread_sleep(milliseconds) }
}

/// Waits until the calling thread is unparked.
pub fn park(milliseconds: u32) -> Result<()> {
    // SAFETY: the function takes any number.
    check(unsafe { bindings::rttm_thread_park(milliseconds) }).map(drop)
}

/// Returns `WouldWait` where nothing may wait.
pub fn may_wait() -> Result<()> {
    // SAFETY: it is called from anywhere.
    check(unsafe { bindings::rttm_may_wait() }).map(drop)
}

/// The number of processors that run threads.
pub fn processors() -> usize {
    // SAFETY: it takes nothing.
    unsafe { bindings::rttm_thread_processors() }.unsigned_abs() as usize
}

/// The properties of a new thread.
#[derive(Clone, Copy, Debug)]
pub struct Options<'a> {
    pub name: &'a str,
    pub stack_bytes: u32,
    /// In ticks. 0: the kernel's default.
    pub time_slice: u32,
    /// `None`: the caller's priority.
    pub priority: Option<u8>,
}

impl Options<'_> {
    fn to_abi(self) -> Result<rttm_thread_options> {
        let (name, name_length) = length::text(self.name)?;
        Ok(rttm_thread_options {
            name,
            name_length,
            stack_bytes: self.stack_bytes,
            time_slice: self.time_slice,
            priority: self.priority.map_or(bindings::RTTM_PRIORITY_DEFAULT, priority_to_abi),
        })
    }
}

/// In the ABI, 255 stands for the caller's priority. The kernel makes 254 and 255 its lowest priority.
fn priority_to_abi(priority: u8) -> u32 {
    u32::from(priority).min(bindings::RTTM_PRIORITY_DEFAULT - 1)
}

/// A handle of a thread. The thread may have ended.
#[derive(Debug)]
pub struct Thread(Handle<rttm_thread>);

impl Thread {
    fn new(handle: Handle<rttm_thread>) -> Self {
        Thread(handle)
    }

    pub fn current() -> Result<Self> {
        // SAFETY: on success the function gives a handle that is ours to close.
        unsafe { Handle::made(|place| bindings::rttm_thread_current(place)) }.map(Thread)
    }

    /// Waits until the thread has returned.
    pub fn join(&self) -> Result<()> {
        // SAFETY: the handle is open.
        check(unsafe { bindings::rttm_thread_join(self.0.as_ptr(), FOREVER) }).map(drop)
    }

    pub fn unpark(&self) -> Result<()> {
        // SAFETY: the handle is open.
        check(unsafe { bindings::rttm_thread_unpark(self.0.as_ptr()) }).map(drop)
    }

    pub fn suspend(&self) -> Result<()> {
        // SAFETY: the handle is open.
        check(unsafe { bindings::rttm_thread_suspend(self.0.as_ptr()) }).map(drop)
    }

    pub fn resume(&self) -> Result<()> {
        // SAFETY: the handle is open.
        check(unsafe { bindings::rttm_thread_resume(self.0.as_ptr()) }).map(drop)
    }

    pub fn priority(&self) -> Result<u8> {
        // SAFETY: the handle is open.
        check(unsafe { bindings::rttm_thread_priority(self.0.as_ptr()) }).map(|priority| priority as u8)
    }

    pub fn set_priority(&self, priority: u8) -> Result<()> {
        // SAFETY: the handle is open.
        check(unsafe { bindings::rttm_thread_set_priority(self.0.as_ptr(), priority_to_abi(priority)) }).map(drop)
    }

    /// The bytes of the name.
    pub fn name(&self) -> &[u8] {
        let mut length = 0;
        // SAFETY: the handle is open. The name has `length` bytes and stays valid while the handle is open.
        unsafe {
            let name = bindings::rttm_thread_name(self.0.as_ptr(), &mut length);
            slice::from_raw_parts(name.cast(), length as usize)
        }
    }

    /// A number that identifies the thread: all its handles have the same.
    pub fn address(&self) -> usize {
        self.0.as_ptr().addr()
    }
}

impl Clone for Thread {
    fn clone(&self) -> Self {
        // SAFETY: the handle is open, and `retain` makes the kernel expect one more `rttm_close`.
        unsafe {
            bindings::rttm_thread_retain(self.0.as_ptr());
            Thread(self.0.again())
        }
    }
}
