//! Closures that the kernel calls: in its own threads and interrupts.

use alloc::boxed::Box;
use core::ffi::c_void;

use super::{bindings::rttm_callback, result::check};
use crate::Result;

/// Hands `closure` to `register`, which calls a function of the ABI with it. The kernel drops it later; at once if the
/// function's result is negative.
///
/// # Safety
///
/// If its result is not negative, `register` has given the callback to the kernel, which does not let calls overlap.
pub unsafe fn register<F>(closure: F, register: impl FnOnce(*const rttm_callback) -> i32) -> Result<()>
where
    F: FnMut(usize) + Send + 'static,
{
    let context = Box::into_raw(Box::new(closure));
    let callback = rttm_callback { call: Some(call::<F>), release: Some(release::<F>), context: context.cast() };
    check(register(&callback)).map(drop).inspect_err(|_| {
        // SAFETY: it comes from a box, and the kernel has not taken it.
        drop(unsafe { Box::from_raw(context) });
    })
}

unsafe extern "C" fn call<F: FnMut(usize)>(context: *mut c_void, value: usize) {
    // SAFETY: the kernel gives back the closure that it got, makes no two calls at once, and none after `release`.
    unsafe { (*context.cast::<F>())(value) }
}

unsafe extern "C" fn release<F>(context: *mut c_void) {
    // SAFETY: it comes from a box, and the kernel calls this once, when it makes no more calls.
    drop(unsafe { Box::from_raw(context.cast::<F>()) });
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
        let mut callback = None;
        let registered = |given: *const rttm_callback| {
            // SAFETY: there is a callback.
            callback = Some(unsafe { given.read() });
            0
        };
        // SAFETY: the callback is kept and its calls do not overlap.
        unsafe { register(move |value| theirs.lock().unwrap().push(value), registered) }.unwrap();

        let callback = callback.unwrap();
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
}
