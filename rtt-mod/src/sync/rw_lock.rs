//! Reader-writer locks.

use core::{
    fmt,
    ops::{Deref, DerefMut},
};

use crate::{Result, error::expect, sys::rw_lock};

/// A value that many threads read or one thread writes: in the shape of `std::sync::RwLock`.
///
/// A waiting writer goes before new readers. After a writer, the waiting readers go first. Unlike with a
/// [`Mutex`](super::Mutex), priorities are not inherited, and a thread that locks the lock twice can wait for itself
/// for ever. There is no poisoning: a panic ends the whole module.
///
/// ```no_run
/// use rtt_mod::sync::RwLock;
///
/// static LIMITS: RwLock<[u16; 2]> = RwLock::new([0, 1000]);
///
/// LIMITS.write()[1] = 1200;
/// let [low, high] = *LIMITS.read();
/// ```
pub struct RwLock<T: ?Sized>(rw_lock::RwLock<T>);

impl<T> RwLock<T> {
    /// An unlocked lock with `value` in it.
    ///
    /// ```
    /// static LIMIT: rtt_mod::sync::RwLock<u32> = rtt_mod::sync::RwLock::new(7);
    /// ```
    pub const fn new(value: T) -> Self {
        RwLock(rw_lock::RwLock::new(value))
    }

    /// Consumes the lock and returns the value.
    ///
    /// ```no_run
    /// assert_eq!(rtt_mod::sync::RwLock::new(7).into_inner(), 7);
    /// ```
    pub fn into_inner(self) -> T {
        self.0.into_inner()
    }
}

impl<T: ?Sized> RwLock<T> {
    /// Locks the value for reading. It waits while another thread writes the value, or waits to write it.
    ///
    /// # Panics
    ///
    /// In an interrupt or a timer's callback, if it would wait; and when the kernel has no memory for a semaphore.
    ///
    /// ```no_run
    /// # let limit = rtt_mod::sync::RwLock::new(7);
    /// let limit = *limit.read();
    /// ```
    #[track_caller]
    pub fn read(&self) -> RwLockReadGuard<'_, T> {
        RwLockReadGuard { inner: expect(self.0.read()) }
    }

    /// Locks the value for reading, if no thread writes it or waits to write it.
    ///
    /// # Errors
    ///
    /// [`Error::TimedOut`](crate::Error::TimedOut) if a thread does.
    ///
    /// ```no_run
    /// # let limit = rtt_mod::sync::RwLock::new(7);
    /// if let Ok(limit) = limit.try_read() {
    ///     rtt_mod::println!("{}", *limit);
    /// }
    /// ```
    pub fn try_read(&self) -> Result<RwLockReadGuard<'_, T>> {
        self.0.try_read().map(|inner| RwLockReadGuard { inner })
    }

    /// Locks the value for writing. It waits while another thread reads or writes the value.
    ///
    /// # Panics
    ///
    /// Those of [`read`](RwLock::read).
    ///
    /// ```no_run
    /// # let limit = rtt_mod::sync::RwLock::new(7);
    /// *limit.write() += 1;
    /// ```
    #[track_caller]
    pub fn write(&self) -> RwLockWriteGuard<'_, T> {
        RwLockWriteGuard { inner: expect(self.0.write()) }
    }

    /// Locks the value for writing, if no thread reads or writes it.
    ///
    /// # Errors
    ///
    /// [`Error::TimedOut`](crate::Error::TimedOut) if a thread does.
    ///
    /// ```no_run
    /// # let limit = rtt_mod::sync::RwLock::new(7);
    /// if let Ok(mut limit) = limit.try_write() {
    ///     *limit += 1;
    /// }
    /// ```
    pub fn try_write(&self) -> Result<RwLockWriteGuard<'_, T>> {
        self.0.try_write().map(|inner| RwLockWriteGuard { inner })
    }

    /// Returns a mutable reference to the value. It needs no lock, since `self` is borrowed exclusively.
    ///
    /// ```no_run
    /// let mut limit = rtt_mod::sync::RwLock::new(7);
    /// *limit.get_mut() += 1;
    /// ```
    pub fn get_mut(&mut self) -> &mut T {
        self.0.get_mut()
    }
}

impl<T: Default> Default for RwLock<T> {
    fn default() -> Self {
        RwLock::new(T::default())
    }
}

impl<T> From<T> for RwLock<T> {
    fn from(value: T) -> Self {
        RwLock::new(value)
    }
}

impl<T: ?Sized> fmt::Debug for RwLock<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RwLock").finish_non_exhaustive()
    }
}

/// Read access to the value of a [`RwLock`]. The lock is released when this is dropped.
///
/// ```no_run
/// # let limit = rtt_mod::sync::RwLock::new(7);
/// let guard = limit.read();
/// let other = limit.read();
/// ```
#[must_use = "the value is unlocked at once if the guard is not used"]
pub struct RwLockReadGuard<'a, T: ?Sized> {
    inner: rw_lock::ReadGuard<'a, T>,
}

impl<T: ?Sized> Deref for RwLockReadGuard<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.inner
    }
}

impl<T: ?Sized + fmt::Debug> fmt::Debug for RwLockReadGuard<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        T::fmt(self, f)
    }
}

/// Write access to the value of a [`RwLock`]. The lock is released when this is dropped.
///
/// ```no_run
/// # let limit = rtt_mod::sync::RwLock::new(7);
/// let mut guard = limit.write();
/// *guard += 1;
/// ```
#[must_use = "the value is unlocked at once if the guard is not used"]
pub struct RwLockWriteGuard<'a, T: ?Sized> {
    inner: rw_lock::WriteGuard<'a, T>,
}

impl<T: ?Sized> Deref for RwLockWriteGuard<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.inner
    }
}

impl<T: ?Sized> DerefMut for RwLockWriteGuard<'_, T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.inner
    }
}

impl<T: ?Sized + fmt::Debug> fmt::Debug for RwLockWriteGuard<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        T::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    extern crate std;

    use super::*;
    use crate::Error;

    #[test]
    fn many_read_or_one_writes() {
        let lock = RwLock::new(1);
        let first = lock.read();
        assert_eq!(*first + *lock.read(), 2);
        assert_eq!(lock.try_write().err(), Some(Error::TimedOut));
        drop(first);
        let mut writer = lock.write();
        *writer = 2;
        assert_eq!(lock.try_read().err(), Some(Error::TimedOut));
        assert_eq!(lock.try_write().err(), Some(Error::TimedOut));
        drop(writer);
        assert_eq!(lock.into_inner(), 2);
    }

    #[test]
    fn without_a_wait_the_kernel_makes_nothing() {
        let before = rtt_mod_host::open_handles();
        let lock = RwLock::new(());
        drop(lock.read());
        drop(lock.write());
        assert_eq!(rtt_mod_host::open_handles(), before);
    }

    #[test]
    fn readers_never_see_half_of_what_is_written() {
        static PAIR: RwLock<(u32, u32)> = RwLock::new((0, 0));
        let write = || {
            for _ in 0..10 {
                let mut pair = PAIR.write();
                pair.0 += 1;
                std::thread::yield_now();
                pair.1 += 1;
            }
        };
        let read = || {
            for _ in 0..10 {
                let pair = PAIR.read();
                std::thread::yield_now();
                assert_eq!(pair.0, pair.1);
            }
        };
        std::thread::scope(|scope| {
            (0..2).for_each(|_| drop(scope.spawn(write)));
            (0..3).for_each(|_| drop(scope.spawn(read)));
        });
        assert_eq!(*PAIR.read(), (20, 20));
    }
}
