//! Values that the kernel calls functions with, and that several callers use at once: drivers and shell commands.
//!
//! The kernel releases a value when no other thread is in a call with it. A call can also close the registration of the
//! value that it works on, as when a driver unregisters itself in its `read`. So each value counts its users: the
//! registration is one, each call is another one, and the last to leave drops the value. A value without bytes and without
//! `Drop`, such as a closure that captures nothing, needs neither a block nor a count.

use core::{
    ffi::c_void,
    mem::needs_drop,
    ptr::{self, NonNull},
};

use super::block;
use crate::{
    Result,
    sync::atomic::{AtomicUsize, Ordering},
};

/// A value and the number of its users, in a block of the kernel's heap.
pub struct Counted<T> {
    users: AtomicUsize,
    value: T,
}

impl<T> Counted<T> {
    /// Whether there is nothing of a value that could be dropped too early.
    const IS_NOTHING: bool = size_of::<T>() == 0 && !needs_drop::<T>();

    /// The context for the kernel. Its registration is the first user; [`release`](Self::release) ends that.
    pub fn context(value: T) -> Result<*mut c_void> {
        if Self::IS_NOTHING {
            return Ok(ptr::null_mut());
        }
        Ok(block::filled(Counted { users: AtomicUsize::new(1), value })?.as_ptr().cast())
    }

    /// Calls `work` with the value, which stays until `work` returns.
    ///
    /// # Safety
    ///
    /// `context` comes from [`context`](Self::context) of this type. Its registration, or a call that has not returned,
    /// is still a user. If several threads call at once, `T` is `Sync`.
    pub unsafe fn call<R>(context: *mut c_void, work: impl FnOnce(&T) -> R) -> R {
        if Self::IS_NOTHING {
            // SAFETY: the caller has a value of this type, and one without bytes is wherever its alignment is.
            return work(unsafe { NonNull::dangling().as_ref() });
        }
        let counted = context.cast::<Self>();
        // SAFETY: the caller's promise: there is a user, so the value is there.
        let result = unsafe {
            (*counted).users.fetch_add(1, Ordering::Relaxed);
            work(&(*counted).value)
        };
        // SAFETY: the user that was counted above leaves.
        unsafe { Self::release(context) };
        result
    }

    /// One user leaves. The last one drops the value.
    ///
    /// # Safety
    ///
    /// `context` comes from [`context`](Self::context) of this type, and the caller is one of its users.
    pub unsafe fn release(context: *mut c_void) {
        if Self::IS_NOTHING {
            return;
        }
        let counted = context.cast::<Self>();
        // SAFETY: the caller is a user, so the value is there. Whoever leaves last has it alone, and it is in a block.
        unsafe {
            if (*counted).users.fetch_sub(1, Ordering::AcqRel) == 1 {
                block::free(NonNull::new_unchecked(counted));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    extern crate std;

    use super::*;
    use std::sync::Arc;

    #[test]
    fn the_last_user_drops_the_value() {
        let value = Arc::new(0x600d);
        let context = Counted::context(Arc::clone(&value)).unwrap();
        // SAFETY: the context is of this type, and released once.
        let seen = unsafe {
            Counted::<Arc<i32>>::call(context, |inner| {
                // The call closes the registration of its own value.
                Counted::<Arc<i32>>::release(context);
                assert_eq!(Arc::strong_count(&value), 2);
                **inner
            })
        };
        assert_eq!(seen, 0x600d);
        assert_eq!(Arc::strong_count(&value), 1);
    }

    #[test]
    fn a_value_without_bytes_has_no_block() {
        fn check<F: Fn() -> i32>(run: F) {
            let context = Counted::context(run).unwrap();
            assert!(context.is_null());
            // SAFETY: the context is of this type, and released once.
            unsafe {
                assert_eq!(Counted::<F>::call(context, |run| run()), 7);
                Counted::<F>::release(context);
            }
        }
        check(|| 7);
    }

    #[test]
    fn calls_of_several_threads_keep_the_value() {
        let value = Arc::new(());
        let context = Counted::context(Arc::clone(&value)).unwrap().expose_provenance();
        std::thread::scope(|scope| {
            for _ in 0..3 {
                let call = || {
                    let context = core::ptr::with_exposed_provenance_mut(context);
                    // SAFETY: the context is of this type, and its registration is a user until the threads are joined.
                    unsafe { Counted::<Arc<()>>::call(context, Arc::clone) }
                };
                scope.spawn(call);
            }
        });
        // SAFETY: the registration's own release.
        unsafe { Counted::<Arc<()>>::release(core::ptr::with_exposed_provenance_mut(context)) };
        assert_eq!(Arc::strong_count(&value), 1);
    }
}
