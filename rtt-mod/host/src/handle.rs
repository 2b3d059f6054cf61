//! Handles: what `rttm_close` closes.

use std::{
    cell::Cell,
    ffi::{c_char, c_void},
    ops::Deref,
    sync::atomic::{AtomicUsize, Ordering},
};

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
    handles: AtomicUsize,
    value: T,
}

impl<T> Object<T> {
    /// An open handle of `value`. `H` is what the ABI calls it.
    pub fn open<H>(value: T) -> *mut H {
        OPEN.set(OPEN.get() + 1);
        Self::make(value)
    }

    /// A handle of `value` that the module does not know.
    pub fn make<H>(value: T) -> *mut H {
        Box::into_raw(Box::new(Object { close: close::<T>, handles: AtomicUsize::new(1), value })).cast()
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

    /// One more `close` is to come.
    ///
    /// # Safety
    ///
    /// That of `of`.
    pub unsafe fn retain<H>(handle: *const H) {
        // SAFETY: the caller's promise.
        unsafe { Self::of(handle) }.handles.fetch_add(1, Ordering::Relaxed);
    }

    /// One more handle of the module's: one more `rttm_close` is to come.
    ///
    /// # Safety
    ///
    /// That of `of`.
    pub unsafe fn reopen<H>(handle: *const H) {
        OPEN.set(OPEN.get() + 1);
        // SAFETY: the caller's promise.
        unsafe { Self::retain(handle) }
    }

    /// Closes a handle that the module does not know.
    ///
    /// # Safety
    ///
    /// That of `of`, and nobody uses this handle any more.
    pub unsafe fn close<H>(handle: *mut H) {
        // SAFETY: the caller's promise.
        unsafe { close::<T>(handle.cast()) }
    }
}

impl<T> Deref for Object<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

unsafe fn close<T>(handle: *mut c_void) {
    let object = handle.cast::<Object<T>>();
    // SAFETY: the handle is one of this type, says the object, and the last one closes it.
    unsafe {
        if (*object).handles.fetch_sub(1, Ordering::AcqRel) == 1 {
            drop(Box::from_raw(object));
        }
    }
}

/// See `rtt_mod.h`. Nobody lists the objects of a PC.
#[unsafe(no_mangle)]
pub extern "C" fn rttm_set_name(_: *mut c_void, _: *const c_char, _: u32) {}

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
