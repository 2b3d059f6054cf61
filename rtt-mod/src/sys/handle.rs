//! Handles: what a module has of the kernel.

use core::{
    mem,
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

/// A place for a handle that is made when it is first used, so that what has it can be a `static`.
#[derive(Debug)]
pub struct LazyHandle<T>(AtomicPtr<T>);

impl<T> LazyHandle<T> {
    /// No handle yet.
    pub const fn new() -> Self {
        LazyHandle(AtomicPtr::new(ptr::null_mut()))
    }

    /// The handle for the ABI's functions; without one yet, `make` makes it. It is open as long as `self` is there.
    ///
    /// # Errors
    ///
    /// Those of `make`.
    #[inline(always)]
    pub fn get(&self, make: impl FnOnce() -> Result<Handle<T>>) -> Result<*mut T> {
        let handle = self.0.load(Ordering::Acquire);
        if handle.is_null() { self.make(make) } else { Ok(handle) }
    }

    /// Two threads may come here at once: the second one's handle is closed again.
    #[cold]
    #[inline(never)]
    fn make(&self, make: impl FnOnce() -> Result<Handle<T>>) -> Result<*mut T> {
        let made = make()?;
        let (handle, is_first) = critical::without_other_threads(|| {
            let first = self.0.load(Ordering::Acquire);
            if first.is_null() {
                self.0.store(made.as_ptr(), Ordering::Release);
                (made.as_ptr(), true)
            } else {
                (first, false)
            }
        });
        if is_first {
            mem::forget(made);
        }
        Ok(handle)
    }
}

impl<T> Drop for LazyHandle<T> {
    fn drop(&mut self) {
        if let Some(handle) = NonNull::new(*self.0.get_mut()) {
            drop(Handle(handle));
        }
    }
}
