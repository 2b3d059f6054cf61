//! Closures that the kernel calls: in its own threads and interrupts.
//!
//! A closure can close its own registration while it runs, and cause an event that would call it again. So a callback
//! has two marks, whether it is registered and whether it runs: it is dropped when it has neither, and a call while it
//! runs is left out.

use core::{cell::UnsafeCell, ffi::c_void, ptr::NonNull};

use super::{bindings::rttm_callback, block, result::check};
use crate::{
    Result,
    sync::atomic::{AtomicUsize, Ordering},
};

/// Marks of a callback: the kernel has not released it.
const REGISTERED: usize = 1;
/// A call of it has not returned.
const RUNNING: usize = 2;

/// A closure and its marks, in a block of the kernel's heap.
pub struct Callback<F> {
    marks: AtomicUsize,
    closure: UnsafeCell<F>,
}

impl<F> Callback<F> {
    /// The context for the kernel. It stays until [`release`](Self::release).
    pub fn context(closure: F) -> Result<*mut c_void> {
        let callback = Callback { marks: AtomicUsize::new(REGISTERED), closure: UnsafeCell::new(closure) };
        Ok(block::filled(callback)?.as_ptr().cast())
    }

    /// Calls `work` with the closure, unless that is running already.
    ///
    /// # Safety
    ///
    /// `context` comes from [`context`](Self::context) of this type, and has a mark. `F` is `Send` if another thread
    /// than the one that made the closure calls.
    pub unsafe fn call(context: *mut c_void, work: impl FnOnce(&mut F)) {
        let callback = context.cast::<Self>();
        // SAFETY: the callback has a mark, so it is there. Whoever sets `RUNNING` has the closure alone until it is
        // taken off again.
        unsafe {
            if (*callback).marks.fetch_or(RUNNING, Ordering::Acquire) & RUNNING == 0 {
                work(&mut *(*callback).closure.get());
                Self::take_off(callback, RUNNING);
            }
        }
    }

    /// The kernel makes no more calls. One that is running returns as usual.
    ///
    /// # Safety
    ///
    /// `context` comes from [`context`](Self::context) of this type, and is released once.
    pub unsafe fn release(context: *mut c_void) {
        // SAFETY: the callback is registered, so it is there.
        unsafe { Self::take_off(context.cast(), REGISTERED) }
    }

    /// Takes a mark off. Without any mark the callback is dropped.
    ///
    /// # Safety
    ///
    /// The callback has the mark, and the caller is the one to take it off.
    unsafe fn take_off(callback: *mut Self, mark: usize) {
        // SAFETY: the mark keeps the callback. Whoever takes the last one off has it alone, and it is in a block.
        unsafe {
            if (*callback).marks.fetch_and(!mark, Ordering::AcqRel) == mark {
                block::free(NonNull::new_unchecked(callback));
            }
        }
    }
}

/// Hands `closure` to `register`, which calls a function of the ABI with it. The kernel releases it later. If the
/// function's result is negative, it is dropped at once.
///
/// # Safety
///
/// If its result is not negative, `register` has given the callback to the kernel.
pub unsafe fn register<F>(closure: F, register: impl FnOnce(*const rttm_callback) -> i32) -> Result<()>
where
    F: FnMut(usize) + Send + 'static,
{
    let context = Callback::context(closure)?;
    let callback = rttm_callback { call: Some(call::<F>), release: Some(release::<F>), context };
    check(register(&callback)).map(drop).inspect_err(|_| {
        // SAFETY: the kernel has not taken it.
        unsafe { release::<F>(context) }
    })
}

#[cfg_attr(target_os = "none", unsafe(link_section = ".text.rtt_mod.callback"))]
unsafe extern "C" fn call<F: FnMut(usize)>(context: *mut c_void, value: usize) {
    // SAFETY: the kernel gives back the context of `register`, and has not released it; `F` is `Send`.
    unsafe { Callback::<F>::call(context, |closure| closure(value)) }
}

#[cfg_attr(target_os = "none", unsafe(link_section = ".text.rtt_mod.release"))]
unsafe extern "C" fn release<F>(context: *mut c_void) {
    // SAFETY: the kernel gives back the context of `register`, once, when it makes no more calls.
    unsafe { Callback::<F>::release(context) }
}

#[cfg(test)]
mod tests {
    extern crate std;

    use super::*;
    use crate::Error;
    use std::sync::{Arc, Mutex};

    #[test]
    fn the_kernel_calls_the_closure_and_drops_it() {
        let values = Arc::new(Mutex::new(std::vec::Vec::new()));
        let theirs = Arc::clone(&values);
        let callback = registered(move |value| theirs.lock().unwrap().push(value));
        // SAFETY: as the kernel does it.
        unsafe {
            callback.call.unwrap()(callback.context, 3);
            callback.call.unwrap()(callback.context, 4);
            callback.release.unwrap()(callback.context);
        }
        assert_eq!(*values.lock().unwrap(), [3, 4]);
        assert_eq!(Arc::strong_count(&values), 1);
    }

    #[test]
    fn a_closure_that_the_kernel_refuses_is_dropped() {
        let value = Arc::new(());
        let theirs = Arc::clone(&value);
        // SAFETY: the result is negative.
        let result = unsafe { register(move |_| drop(Arc::clone(&theirs)), |_| -7) };
        assert_eq!(result, Err(Error::Busy));
        assert_eq!(Arc::strong_count(&value), 1);
    }

    /// What a closure of the tests has in common with the code around it.
    fn registered<F: FnMut(usize) + Send + 'static>(closure: F) -> rttm_callback {
        let mut callback = None;
        // SAFETY: the callback is kept.
        let result = unsafe {
            register(closure, |given| {
                callback = Some(given.read());
                0
            })
        };
        result.unwrap();
        callback.unwrap()
    }

    /// The context of a callback, for the closure itself.
    #[derive(Clone, Default)]
    struct Itself(Arc<Mutex<Option<rttm_callback>>>);

    // SAFETY: the tests have one thread.
    unsafe impl Send for Itself {}

    impl Itself {
        fn get(&self) -> rttm_callback {
            self.0.lock().unwrap().unwrap()
        }
    }

    #[test]
    fn a_closure_that_closes_its_own_registration_runs_to_its_end() {
        let (itself, value) = (Itself::default(), Arc::new([0x600d; 8]));
        let (theirs, words) = (itself.clone(), Arc::clone(&value));
        let callback = registered(move |_| {
            let callback = theirs.get();
            // SAFETY: as the kernel does it when the closure drops its own device.
            unsafe { callback.release.unwrap()(callback.context) };
            assert_eq!(words[3], 0x600d);
        });
        *itself.0.lock().unwrap() = Some(callback);
        // SAFETY: as the kernel does it.
        unsafe { callback.call.unwrap()(callback.context, 0) };
        assert_eq!(Arc::strong_count(&value), 1);
    }

    #[test]
    fn a_call_inside_of_a_call_is_left_out() {
        let (itself, calls) = (Itself::default(), Arc::new(Mutex::new(0)));
        let (theirs, counted) = (itself.clone(), Arc::clone(&calls));
        let callback = registered(move |_| {
            *counted.lock().unwrap() += 1;
            let callback = theirs.get();
            // SAFETY: as the kernel does it when the closure causes what it is called for.
            unsafe { callback.call.unwrap()(callback.context, 0) };
        });
        *itself.0.lock().unwrap() = Some(callback);
        // SAFETY: as the kernel does it.
        unsafe {
            callback.call.unwrap()(callback.context, 0);
            callback.release.unwrap()(callback.context);
        }
        assert_eq!(*calls.lock().unwrap(), 1);
    }
}
