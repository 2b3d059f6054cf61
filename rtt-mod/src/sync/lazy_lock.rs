//! Values that are initialized when they are first used.

use core::{fmt, ops::Deref};

use crate::{Error, error::expect, sys::once::Once};

/// A value that is initialized when it is first used: in the shape of `std::sync::LazyLock`.
///
/// ```no_run
/// use rtt_mod::sync::LazyLock;
///
/// static SQUARES: LazyLock<[u32; 16]> = LazyLock::new(|| core::array::from_fn(|n| (n * n) as u32));
///
/// assert_eq!(SQUARES[7], 49);
/// ```
pub struct LazyLock<T, F = fn() -> T>(Once<T, Option<F>>);

impl<T, F: FnOnce() -> T> LazyLock<T, F> {
    /// A value that `make` makes when it is first used.
    ///
    /// ```
    /// static ANSWER: rtt_mod::sync::LazyLock<u32> = rtt_mod::sync::LazyLock::new(|| 6 * 7);
    /// ```
    pub const fn new(make: F) -> Self {
        LazyLock(Once::new(Some(make)))
    }

    /// Returns the value, which is made first if necessary. Dereferencing does the same.
    ///
    /// # Panics
    ///
    /// In the function that makes the value; in an interrupt or a timer's callback, unless the value is made already;
    /// and when the kernel has no memory for the mutex.
    ///
    /// ```no_run
    /// # let answer = rtt_mod::sync::LazyLock::new(|| 42);
    /// rtt_mod::sync::LazyLock::force(&answer);
    /// ```
    #[track_caller]
    pub fn force(this: &Self) -> &T {
        expect(this.0.get_or_init(|make| match make.take() {
            Some(make) => make(),
            // Only the thread that makes the value takes the function.
            None => Error::Other.panic(),
        }))
    }
}

impl<T, F: FnOnce() -> T> Deref for LazyLock<T, F> {
    type Target = T;

    #[track_caller]
    fn deref(&self) -> &T {
        LazyLock::force(self)
    }
}

impl<T: Default> Default for LazyLock<T> {
    fn default() -> Self {
        LazyLock::new(T::default)
    }
}

impl<T: fmt::Debug, F> fmt::Debug for LazyLock<T, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("LazyLock").field(&self.0.get()).finish()
    }
}

#[cfg(test)]
mod tests {
    extern crate std;

    use core::sync::atomic::{AtomicU32, Ordering};
    use std::{string::String, vec::Vec};

    use super::*;

    #[test]
    fn it_is_made_once_and_late() {
        static MADE: AtomicU32 = AtomicU32::new(0);
        static TEXT: LazyLock<String> = LazyLock::new(|| {
            MADE.fetch_add(1, Ordering::Relaxed);
            "made".into()
        });
        assert_eq!(MADE.load(Ordering::Relaxed), 0);
        std::thread::scope(|scope| (0..4).for_each(|_| drop(scope.spawn(|| assert_eq!(*TEXT, "made")))));
        assert_eq!(MADE.load(Ordering::Relaxed), 1);
    }

    #[test]
    fn what_it_is_made_of_may_be_captured() {
        let parts = Vec::from([1, 2, 3]);
        let lazy = LazyLock::new(move || parts.into_iter().sum::<i32>());
        assert_eq!(*lazy, 6);
    }
}
