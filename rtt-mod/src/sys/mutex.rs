//! A mutex of the kernel, and the value that it protects.

use core::{
    cell::UnsafeCell,
    marker::PhantomData,
    ops::{Deref, DerefMut},
};

use super::{
    bindings::{self, rttm_mutex},
    handle::LazyHandle,
};
use crate::Result;

/// A value that one thread at a time can access. The kernel makes the mutex when it is first locked.
#[derive(Debug)]
pub struct Mutex<T: ?Sized> {
    handle: LazyHandle<rttm_mutex>,
    value: UnsafeCell<T>,
}

// SAFETY: the value moves with the mutex.
unsafe impl<T: ?Sized + Send> Send for Mutex<T> {}
// SAFETY: only one thread at a time accesses the value, so it is sent between threads but never shared.
unsafe impl<T: ?Sized + Send> Sync for Mutex<T> {}

impl<T> Mutex<T> {
    pub const fn new(value: T) -> Self {
        Mutex { handle: LazyHandle::new(), value: UnsafeCell::new(value) }
    }

    pub fn into_inner(self) -> T {
        self.value.into_inner()
    }
}

impl<T: ?Sized> Mutex<T> {
    #[inline(always)]
    pub fn lock(&self, milliseconds: u32) -> Result<Guard<'_, T>> {
        // SAFETY: on success the first function gives a new handle; the other one gets an open one.
        unsafe {
            self.handle.call(
                |place| bindings::rttm_mutex_new(place),
                move |handle| bindings::rttm_mutex_lock(handle, milliseconds),
            )?
        };
        Ok(Guard { mutex: self, of_this_thread: PhantomData })
    }

    pub fn set_name(&self, name: &str) -> Result<()> {
        // SAFETY: on success the function gives a new handle, of a kind that has a name.
        unsafe { self.handle.set_name(name, |place| bindings::rttm_mutex_new(place)) }
    }

    pub fn get_mut(&mut self) -> &mut T {
        self.value.get_mut()
    }
}

/// Makes guards `!Send`: only the thread that has locked something can unlock it. The compiler shows this name in its
/// error.
pub trait OnlyItsThreadUnlocksIt {}

/// A locked mutex. It is unlocked when this is dropped.
#[derive(Debug)]
pub struct Guard<'a, T: ?Sized> {
    mutex: &'a Mutex<T>,
    of_this_thread: PhantomData<dyn OnlyItsThreadUnlocksIt>,
}

// SAFETY: `&Guard` gives access to nothing but `&T`.
unsafe impl<T: ?Sized + Sync> Sync for Guard<'_, T> {}

impl<'a, T: ?Sized> Guard<'a, T> {
    /// The mutex that is locked.
    pub fn mutex(&self) -> &'a Mutex<T> {
        self.mutex
    }
}

impl<T: ?Sized> Deref for Guard<'_, T> {
    type Target = T;

    #[inline(always)]
    fn deref(&self) -> &T {
        // SAFETY: the mutex is locked, and this is its only guard.
        unsafe { &*self.mutex.value.get() }
    }
}

impl<T: ?Sized> DerefMut for Guard<'_, T> {
    #[inline(always)]
    fn deref_mut(&mut self) -> &mut T {
        // SAFETY: as above.
        unsafe { &mut *self.mutex.value.get() }
    }
}

impl<T: ?Sized> Drop for Guard<'_, T> {
    #[inline(always)]
    fn drop(&mut self) {
        // It does not fail: this thread has locked the mutex and unlocks it once.
        // SAFETY: the handle was made for `lock`, and is open as long as the mutex, which the guard borrows.
        unsafe { bindings::rttm_mutex_unlock(self.mutex.handle.made()) };
    }
}
