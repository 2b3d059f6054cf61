//! A value that is set once.

use core::{
    cell::UnsafeCell,
    convert::Infallible,
    mem::MaybeUninit,
    sync::atomic::{AtomicBool, Ordering},
};

use super::{mutex::Mutex, time::FOREVER};
use crate::Result;

/// A value that is set once. `I` is what it is made from.
#[derive(Debug)]
pub struct Once<T, I = ()> {
    is_set: AtomicBool,
    /// Locked by the thread that sets the value.
    init: Mutex<I>,
    value: UnsafeCell<MaybeUninit<T>>,
}

// SAFETY: one thread sets the value and others use it, which needs `Send`. Then they share it, which needs `Sync`.
unsafe impl<T: Send + Sync, I: Send> Sync for Once<T, I> {}
// SAFETY: `value` and `init` move with it.
unsafe impl<T: Send, I: Send> Send for Once<T, I> {}

impl<T, I> Once<T, I> {
    pub const fn new(init: I) -> Self {
        Once { is_set: AtomicBool::new(false), init: Mutex::new(init), value: UnsafeCell::new(MaybeUninit::uninit()) }
    }

    pub fn with_value(value: T) -> Self
    where
        I: Default,
    {
        Once {
            is_set: AtomicBool::new(true),
            init: Mutex::new(I::default()),
            value: UnsafeCell::new(MaybeUninit::new(value)),
        }
    }

    #[inline(always)]
    pub fn get(&self) -> Option<&T> {
        // SAFETY: the value is set, and is not changed any more.
        self.is_set.load(Ordering::Acquire).then(|| unsafe { (*self.value.get()).assume_init_ref() })
    }

    pub fn get_mut(&mut self) -> Option<&mut T> {
        // SAFETY: the value is set, and `self` is borrowed exclusively.
        (*self.is_set.get_mut()).then(|| unsafe { self.value.get_mut().assume_init_mut() })
    }

    /// Takes the value out, so that another one can be set.
    pub fn take(&mut self) -> Option<T> {
        // SAFETY: the value was set, and does not count as set any more.
        core::mem::take(self.is_set.get_mut()).then(|| unsafe { self.value.get_mut().assume_init_read() })
    }

    /// The value. If there is none yet, `make` makes it; one thread calls it at a time.
    #[inline(always)]
    pub fn get_or_init(&self, make: impl FnOnce(&mut I) -> T) -> Result<&T> {
        match self.get() {
            Some(value) => Ok(value),
            None => self.init(|init| Ok::<T, Infallible>(make(init))).map(|Ok(value)| value),
        }
    }

    /// Sets the value if there is none yet. It stays unset if `make` fails.
    #[cold]
    #[inline(never)]
    pub fn init<E>(&self, make: impl FnOnce(&mut I) -> Result<T, E>) -> Result<Result<&T, E>> {
        let mut init = self.init.lock(FOREVER)?;
        if let Some(value) = self.get() {
            return Ok(Ok(value));
        }
        let value = match make(&mut init) {
            Ok(value) => value,
            Err(error) => return Ok(Err(error)),
        };
        // SAFETY: nobody reads the value before it is set, and the mutex keeps others from setting it.
        let value = unsafe { (*self.value.get()).write(value) };
        self.is_set.store(true, Ordering::Release);
        Ok(Ok(value))
    }
}

impl<T, I> Drop for Once<T, I> {
    fn drop(&mut self) {
        drop(self.take());
    }
}
