//! Handles of kernel objects.

use core::{
    mem::ManuallyDrop,
    ptr::{self, NonNull},
    sync::atomic::{AtomicPtr, Ordering},
};

use super::{bindings, critical, length, result::check};
use crate::{Error, Result};

/// An open handle of the ABI's type `T`. It is closed when it is dropped.
#[derive(Debug)]
pub struct Handle<T>(NonNull<T>);

// SAFETY: by the ABI, all threads of a module share its handles.
unsafe impl<T> Send for Handle<T> {}
// SAFETY: as above.
unsafe impl<T> Sync for Handle<T> {}

impl<T> Handle<T> {
    /// The handle that `make` writes to its argument. `make` calls a function of the ABI and returns its result.
    ///
    /// # Safety
    ///
    /// If the result is not negative, `make` has written an open handle that nobody else closes.
    #[inline(always)]
    pub unsafe fn made(make: impl FnOnce(*mut *mut T) -> i32) -> Result<Self> {
        let mut handle = ptr::null_mut();
        check(make(&mut handle))?;
        NonNull::new(handle).map(Handle).ok_or(Error::Other)
    }

    /// One more handle of the same object.
    ///
    /// # Safety
    ///
    /// The kernel expects one more `rttm_close` of the handle.
    pub unsafe fn again(&self) -> Self {
        Handle(self.0)
    }

    /// Leaves the handle open until the module ends.
    #[cfg(any(feature = "async", test))]
    pub fn leak(self) -> NonNull<T> {
        ManuallyDrop::new(self).0
    }

    /// The handle for functions of the ABI. It is open as long as `self` exists.
    #[inline(always)]
    pub fn as_ptr(&self) -> *mut T {
        self.0.as_ptr()
    }
}

impl<T> Drop for Handle<T> {
    fn drop(&mut self) {
        // SAFETY: the handle is open, and nobody uses it any more: users borrow `self`.
        unsafe { bindings::rttm_close(self.0.as_ptr().cast()) }
    }
}

/// Only the kernel reads what a handle points to, and it does so through the handle: processors keep the order of
/// dependent reads. Miri also checks the host's implementation of the ABI, and needs the order to be stated.
const SEEN: Ordering = if cfg!(miri) { Ordering::Acquire } else { Ordering::Relaxed };

/// A handle that is made when it is first used, so that its owner can be a `static`.
#[derive(Debug)]
pub struct LazyHandle<T>(AtomicPtr<T>);

impl<T> LazyHandle<T> {
    /// A place without a handle.
    pub const fn new() -> Self {
        LazyHandle(AtomicPtr::new(ptr::null_mut()))
    }

    /// Calls `call` with the handle and returns its result. If there is no handle yet, `make` makes it first. Both call
    /// a function of the ABI.
    ///
    /// # Errors
    ///
    /// Those of both functions.
    ///
    /// # Safety
    ///
    /// If the result of `make` is not negative, it has written an open handle that nobody else closes.
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

    /// Does what `call` does, but returns the result unchecked: `call` checks it.
    #[cold]
    #[inline(never)]
    unsafe fn make_and_call(&self, make: impl FnOnce(*mut *mut T) -> i32, call: impl FnOnce(*mut T) -> i32) -> i32 {
        // SAFETY: the caller's promise.
        match unsafe { Handle::made(make) } {
            Ok(made) => call(self.set(made)),
            Err(error) => error as i32,
        }
    }

    /// The handle. If there is none yet, `make` makes it first. For calls with so many arguments that a closure of them would
    /// not be inlined.
    ///
    /// # Errors
    ///
    /// Those of `make`.
    ///
    /// # Safety
    ///
    /// That of [`call`](Self::call).
    #[inline(always)]
    pub unsafe fn get(&self, make: impl FnOnce(*mut *mut T) -> i32) -> Result<*mut T> {
        let handle = self.made();
        // SAFETY: the caller's promise.
        if handle.is_null() { unsafe { self.make(make) } } else { Ok(handle) }
    }

    #[cold]
    #[inline(never)]
    unsafe fn make(&self, make: impl FnOnce(*mut *mut T) -> i32) -> Result<*mut T> {
        // SAFETY: the caller's promise.
        unsafe { Handle::made(make) }.map(|made| self.set(made))
    }

    /// Stores the handle and returns the one that is stored. If another thread was quicker, `made` is closed again.
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

    /// Gives the kernel object a name for the shell's lists. If there is none yet, `make` makes it first.
    ///
    /// # Errors
    ///
    /// Those of `make`.
    ///
    /// # Safety
    ///
    /// That of [`call`](Self::call). The object is a semaphore, a mutex, an event, a mailbox or a queue.
    pub unsafe fn set_name(&self, name: &str, make: impl FnOnce(*mut *mut T) -> i32) -> Result<()> {
        let (name, length) = length::text(name)?;
        // SAFETY: the caller's promise; the text has that many bytes.
        unsafe { bindings::rttm_set_name(self.get(make)?.cast(), name, length) };
        Ok(())
    }

    /// The handle, or null if it was not made yet.
    #[inline(always)]
    pub fn made(&self) -> *mut T {
        self.0.load(SEEN)
    }

    /// Whether the handle was made.
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
