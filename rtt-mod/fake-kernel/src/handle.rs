//! Handles: what `rttm_close` closes.

use std::{cell::Cell, ffi::c_void, ops::Deref};

thread_local! {
    static OPEN: Cell<isize> = const { Cell::new(0) };
}

/// How many handles this thread has opened and not closed.
pub fn open_handles() -> isize {
    OPEN.get()
}

/// What a handle points to.
#[repr(C)]
pub struct Object<T> {
    close: unsafe fn(*mut c_void),
    value: T,
}

impl<T> Object<T> {
    /// An open handle of `value`. `H` is what the ABI calls it.
    pub fn open<H>(value: T) -> *mut H {
        OPEN.set(OPEN.get() + 1);
        Box::into_raw(Box::new(Object { close: close::<T>, value })).cast()
    }

    /// The object of a handle.
    ///
    /// # Safety
    ///
    /// The handle is one of `open::<H>` of this type, and stays open.
    pub unsafe fn of<'a, H>(handle: *const H) -> &'a Self {
        // SAFETY: the caller's promise.
        unsafe { &*handle.cast() }
    }
}

impl<T> Deref for Object<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

unsafe fn close<T>(handle: *mut c_void) {
    // SAFETY: the handle is one of this type, says the object.
    drop(unsafe { Box::from_raw(handle.cast::<Object<T>>()) });
}

/// See `rtt_mod.h`.
///
/// # Safety
///
/// As `rtt_mod.h` says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rttm_close(handle: *mut c_void) {
    OPEN.set(OPEN.get() - 1);
    // SAFETY: an open handle points to an object, which begins with its function.
    unsafe { handle.cast::<unsafe fn(*mut c_void)>().read()(handle) }
}
