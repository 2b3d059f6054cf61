//! Handles: what a module has of the kernel.

use core::{
    mem::ManuallyDrop,
    ptr::{self, NonNull},
    sync::atomic::{AtomicPtr, Ordering},
};

use super::{bindings, critical, result::check};
use crate::{Error, Result};

/// An open handle of the ABI's type `T`. Closed when it is dropped.
#[derive(Debug)]
pub struct Handle<T>(NonNull<T>);

// SAFETY: all threads of a module share its handles, says the ABI; the kernel takes them from any.
unsafe impl<T> Send for Handle<T> {}
// SAFETY: as above.
unsafe impl<T> Sync for Handle<T> {}

impl<T> Handle<T> {
    /// The handle that `make`, which calls a function of the ABI, puts where it is told, if its result is not negative.
    ///
    /// # Safety
    ///
    /// Then `make` has put an open handle there that nobody else closes.
    #[inline(always)]
    pub unsafe fn made(make: impl FnOnce(*mut *mut T) -> i32) -> Result<Self> {
        let mut handle = ptr::null_mut();
        check(make(&mut handle))?;
        NonNull::new(handle).map(Handle).ok_or(Error::Other)
    }

    /// One more handle of the same.
    ///
    /// # Safety
    ///
    /// The kernel expects one more `rttm_close` of it.
    pub unsafe fn again(&self) -> Self {
        Handle(self.0)
    }

    /// Leaves the handle open until the module ends.
    #[cfg(any(feature = "async", test))]
    pub fn leak(self) -> NonNull<T> {
        ManuallyDrop::new(self).0
    }

    /// The handle for the ABI's functions. It is open as long as `self` is there.
    #[inline(always)]
    pub fn as_ptr(&self) -> *mut T {
        self.0.as_ptr()
    }
}

impl<T> Drop for Handle<T> {
    fn drop(&mut self) {
        // SAFETY: it is open, and whoever would use it borrows `self`.
        unsafe { bindings::rttm_close(self.0.as_ptr().cast()) }
    }
}

/// Only the kernel reads what a handle points to, and it does so through the handle: processors keep the order of dependent
/// reads. Miri also checks the host's implementation of the ABI, and needs the order to be stated.
const SEEN: Ordering = if cfg!(miri) { Ordering::Acquire } else { Ordering::Relaxed };

/// A place for a handle that is made when it is first used, so that what has it can be a `static`.
#[derive(Debug)]
pub struct LazyHandle<T>(AtomicPtr<T>);

impl<T> LazyHandle<T> {
    /// No handle yet.
    pub const fn new() -> Self {
        LazyHandle(AtomicPtr::new(ptr::null_mut()))
    }

    /// What `call`, which calls a function of the ABI, returns for the handle. Without one yet, `make`, another function of
    /// the ABI, puts it where it is told, if its result is not negative. It is open as long as `self` is there.
    ///
    /// # Errors
    ///
    /// Those of both functions.
    ///
    /// # Safety
    ///
    /// What `make` has put there is an open handle that nobody else closes.
    #[inline(always)]
    pub unsafe fn call(&self, make: impl FnOnce(*mut *mut T) -> i32, call: impl FnOnce(*mut T) -> i32) -> Result<u32> {
        let handle = self.made();
        check(if handle.is_null() {
            // SAFETY: the caller's promise.
            unsafe { self.make_and_call(make, call) }
        } else {
            call(handle)
        })
    }

    /// As `call`, with its results as they are: one look at them is enough.
    #[cold]
    #[inline(never)]
    unsafe fn make_and_call(&self, make: impl FnOnce(*mut *mut T) -> i32, call: impl FnOnce(*mut T) -> i32) -> i32 {
        // SAFETY: the caller's promise.
        match unsafe { Handle::made(make) } {
            Ok(made) => call(self.set(made)),
            Err(error) => error as i32,
        }
    }

    /// The handle from now on. Two threads may come here at once: the second one's is closed again.
    fn set(&self, made: Handle<T>) -> *mut T {
        let first = critical::without_other_threads(|| {
            let first = self.0.load(Ordering::Acquire);
            if first.is_null() {
                self.0.store(made.as_ptr(), Ordering::Release);
            }
            first
        });
        if first.is_null() { ManuallyDrop::new(made).as_ptr() } else { first }
    }

    /// The handle, if there is one; else null.
    #[inline(always)]
    pub fn made(&self) -> *mut T {
        self.0.load(SEEN)
    }

    /// Whether there is a handle.
    pub fn is_made(&mut self) -> bool {
        !self.0.get_mut().is_null()
    }
}

impl<T> Drop for LazyHandle<T> {
    fn drop(&mut self) {
        if let Some(handle) = NonNull::new(*self.0.get_mut()) {
            drop(Handle(handle));
        }
    }
}
