//! Values that are set once.

use core::{convert::Infallible, fmt};

use crate::{error::expect, sys};

/// A value that is set once: in the shape of `std::sync::OnceLock`.
///
/// ```no_run
/// use rtt_mod::sync::OnceLock;
///
/// static NAME: OnceLock<&str> = OnceLock::new();
///
/// NAME.set("sensor").unwrap();
/// assert_eq!(NAME.get(), Some(&"sensor"));
/// ```
pub struct OnceLock<T>(sys::once::Once<T>);

impl<T> OnceLock<T> {
    /// A lock without a value.
    ///
    /// ```
    /// static NAME: rtt_mod::sync::OnceLock<&str> = rtt_mod::sync::OnceLock::new();
    /// ```
    pub const fn new() -> Self {
        OnceLock(sys::once::Once::new(()))
    }

    /// Returns the value, if it is set. Interrupts can call it too.
    ///
    /// ```no_run
    /// assert_eq!(rtt_mod::sync::OnceLock::<u8>::new().get(), None);
    /// ```
    pub fn get(&self) -> Option<&T> {
        self.0.get()
    }

    /// Returns a mutable reference to the value, if it is set.
    ///
    /// ```no_run
    /// # let mut lock = rtt_mod::sync::OnceLock::from(1);
    /// if let Some(value) = lock.get_mut() {
    ///     *value += 1;
    /// }
    /// ```
    pub fn get_mut(&mut self) -> Option<&mut T> {
        self.0.get_mut()
    }

    /// Sets the value, unless it is set already.
    ///
    /// # Errors
    ///
    /// `value`, if a value is set already.
    ///
    /// # Panics
    ///
    /// Those of [`get_or_init`](OnceLock::get_or_init).
    ///
    /// ```no_run
    /// # let lock = rtt_mod::sync::OnceLock::new();
    /// assert_eq!(lock.set(1), Ok(()));
    /// assert_eq!(lock.set(2), Err(2));
    /// ```
    #[track_caller]
    pub fn set(&self, value: T) -> Result<(), T> {
        let mut value = Some(value);
        let _ = self.get_or_try_init(|| value.take().ok_or(()));
        value.map_or(Ok(()), Err)
    }

    /// Returns the value. If it is not set, `make` makes it first. If another thread is in `make`, waits for it.
    ///
    /// # Panics
    ///
    /// In its own `make`; in an interrupt or a timer's callback, unless the value is set; and when the kernel has no
    /// memory for the mutex.
    ///
    /// ```no_run
    /// # let lock = rtt_mod::sync::OnceLock::new();
    /// let value = lock.get_or_init(|| 6 * 7);
    /// ```
    #[track_caller]
    pub fn get_or_init(&self, make: impl FnOnce() -> T) -> &T {
        let Ok(value) = self.get_or_try_init(|| Ok::<T, Infallible>(make()));
        value
    }

    #[track_caller]
    fn get_or_try_init<E>(&self, make: impl FnOnce() -> Result<T, E>) -> Result<&T, E> {
        match self.0.get() {
            Some(value) => Ok(value),
            None => expect(self.0.init(|()| make())),
        }
    }

    /// Consumes the lock and returns the value, if it is set.
    ///
    /// ```no_run
    /// assert_eq!(rtt_mod::sync::OnceLock::<u8>::new().into_inner(), None);
    /// ```
    pub fn into_inner(mut self) -> Option<T> {
        self.take()
    }

    /// Takes the value out, so that another one can be set.
    ///
    /// ```no_run
    /// assert_eq!(rtt_mod::sync::OnceLock::<u8>::new().take(), None);
    /// ```
    pub fn take(&mut self) -> Option<T> {
        self.0.take()
    }
}

impl<T> Default for OnceLock<T> {
    fn default() -> Self {
        OnceLock::new()
    }
}

impl<T> From<T> for OnceLock<T> {
    fn from(value: T) -> Self {
        OnceLock(sys::once::Once::with_value(value))
    }
}

impl<T: fmt::Debug> fmt::Debug for OnceLock<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("OnceLock").field(&self.get()).finish()
    }
}

#[cfg(test)]
mod tests {
    extern crate std;

    use std::{rc::Rc, string::String};

    use super::*;

    #[test]
    fn the_first_value_stays() {
        let lock = OnceLock::new();
        assert_eq!(lock.get(), None);
        assert_eq!(lock.set(String::from("first")), Ok(()));
        assert_eq!(lock.set(String::from("second")), Err(String::from("second")));
        assert_eq!(lock.get_or_init(|| unreachable!()), "first");
        assert_eq!(lock.into_inner().as_deref(), Some("first"));
    }

    #[test]
    fn a_value_is_dropped_once() {
        let value = Rc::new(());
        let mut lock = OnceLock::from(Rc::clone(&value));
        drop(lock.take());
        assert_eq!(Rc::strong_count(&value), 1);
        assert!(lock.set(Rc::clone(&value)).is_ok());
        drop(lock);
        assert_eq!(Rc::strong_count(&value), 1);
    }

    #[test]
    fn all_threads_get_the_same_value() {
        static LOCK: OnceLock<std::thread::ThreadId> = OnceLock::new();
        let get = || *LOCK.get_or_init(|| std::thread::current().id());
        std::thread::scope(|scope| (0..4).for_each(|_| drop(scope.spawn(move || assert_eq!(get(), get())))));
    }
}
