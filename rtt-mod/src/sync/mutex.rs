//! Mutual exclusion.

use core::{
    fmt,
    ops::{Deref, DerefMut},
    time::Duration,
};

use crate::{
    Result,
    error::expect,
    sys::{mutex, time},
};

/// A value that one thread at a time can access: RT-Thread's `rt_mutex`, in the shape of `std::sync::Mutex`.
///
/// The thread that has locked the mutex inherits the priority of waiting threads. There is no poisoning: a panic ends
/// the whole module, so no thread can see a half-changed value.
///
/// Only threads can lock a mutex. Locking it in an interrupt or a timer's callback is an error, even if it would not
/// wait.
///
/// ```no_run
/// use rtt_mod::sync::Mutex;
///
/// static READINGS: Mutex<[u16; 4]> = Mutex::new([0; 4]);
///
/// READINGS.lock()[2] = 812;
/// ```
pub struct Mutex<T: ?Sized>(mutex::Mutex<T>);

impl<T> Mutex<T> {
    /// An unlocked mutex with `value` in it.
    ///
    /// ```
    /// static COUNT: rtt_mod::sync::Mutex<u32> = rtt_mod::sync::Mutex::new(0);
    /// ```
    pub const fn new(value: T) -> Self {
        Mutex(mutex::Mutex::new(value))
    }

    /// Consumes the mutex and returns the value.
    ///
    /// ```no_run
    /// assert_eq!(rtt_mod::sync::Mutex::new(7).into_inner(), 7);
    /// ```
    pub fn into_inner(self) -> T {
        self.0.into_inner()
    }
}

impl<T: ?Sized> Mutex<T> {
    /// Gives it a name. From then on it is in the list of the shell's command `list_mutex`. The kernel keeps `RT_NAME_MAX` - 1 bytes of the
    /// name, usually 7.
    ///
    /// # Errors
    ///
    /// [`Error::OutOfMemory`](crate::Error::OutOfMemory) if the kernel has no memory for it;
    /// [`Error::WouldWait`](crate::Error::WouldWait) if it is not made yet and this is an interrupt or a timer's callback.
    ///
    /// ```no_run
    /// use rtt_mod::sync::Mutex;
    ///
    /// static READY: Mutex<u32> = Mutex::new(0);
    ///
    /// READY.set_name("ready")?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn set_name(&self, name: &str) -> Result<()> {
        self.0.set_name(name)
    }

    /// Locks the mutex, and waits for it without a limit: `rt_mutex_take` with `RT_WAITING_FOREVER`.
    ///
    /// # Panics
    ///
    /// When the calling thread has locked it already; in an interrupt or a timer's callback; and when the kernel has no
    /// memory for the mutex.
    ///
    /// ```no_run
    /// # let count = rtt_mod::sync::Mutex::new(0);
    /// *count.lock() += 1;
    /// ```
    #[track_caller]
    #[inline(always)]
    pub fn lock(&self) -> MutexGuard<'_, T> {
        MutexGuard { inner: expect(self.0.lock(time::FOREVER)) }
    }

    /// Locks the mutex if it is not locked.
    ///
    /// # Errors
    ///
    /// [`Error::TimedOut`](crate::Error::TimedOut) when another thread has locked it;
    /// [`Error::Deadlock`](crate::Error::Deadlock) when it was this one;
    /// [`Error::WouldWait`](crate::Error::WouldWait) in an interrupt or a timer's callback.
    ///
    /// ```no_run
    /// # let count = rtt_mod::sync::Mutex::new(0);
    /// if let Ok(mut count) = count.try_lock() {
    ///     *count += 1;
    /// }
    /// ```
    pub fn try_lock(&self) -> Result<MutexGuard<'_, T>> {
        self.0.lock(0).map(|inner| MutexGuard { inner })
    }

    /// Locks the mutex, and waits for it for at most `timeout`, which is rounded up to the kernel's tick.
    ///
    /// # Errors
    ///
    /// [`Error::TimedOut`](crate::Error::TimedOut) when another thread does not unlock it in time; otherwise those of
    /// [`try_lock`](Mutex::try_lock).
    ///
    /// ```no_run
    /// # let count = rtt_mod::sync::Mutex::new(0);
    /// *count.lock_timeout(core::time::Duration::from_millis(100))? += 1;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn lock_timeout(&self, timeout: Duration) -> Result<MutexGuard<'_, T>> {
        self.0.lock(time::milliseconds(timeout)).map(|inner| MutexGuard { inner })
    }

    /// Returns a mutable reference to the value. It needs no lock, since `self` is borrowed exclusively.
    ///
    /// ```no_run
    /// let mut count = rtt_mod::sync::Mutex::new(0);
    /// *count.get_mut() += 1;
    /// ```
    pub fn get_mut(&mut self) -> &mut T {
        self.0.get_mut()
    }
}

impl<T: Default> Default for Mutex<T> {
    fn default() -> Self {
        Mutex::new(T::default())
    }
}

impl<T> From<T> for Mutex<T> {
    fn from(value: T) -> Self {
        Mutex::new(value)
    }
}

impl<T: ?Sized> fmt::Debug for Mutex<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mutex").finish_non_exhaustive()
    }
}

/// Access to the value of a locked [`Mutex`]. The mutex is unlocked when this is dropped: `rt_mutex_release`.
///
/// The guard stays in the thread that has locked the mutex. If a thread forgets it and ends, the mutex stays locked,
/// and the kernel frees the thread's memory only when the module ends.
///
/// ```no_run
/// # let names = rtt_mod::sync::Mutex::new(["a", "b"]);
/// let mut guard = names.lock();
/// guard.swap(0, 1);
/// drop(guard);
/// ```
#[must_use = "the mutex is unlocked at once if the guard is not used"]
pub struct MutexGuard<'a, T: ?Sized> {
    inner: mutex::Guard<'a, T>,
}

impl<'a, T: ?Sized> MutexGuard<'a, T> {
    /// Unlocks the mutex while `wait` runs.
    pub(super) fn unlocked<R>(self, wait: impl FnOnce() -> R) -> (Result<Self>, R) {
        let mutex = self.inner.mutex();
        drop(self);
        let result = wait();
        (mutex.lock(time::FOREVER).map(|inner| MutexGuard { inner }), result)
    }
}

impl<T: ?Sized> Deref for MutexGuard<'_, T> {
    type Target = T;

    #[inline(always)]
    fn deref(&self) -> &T {
        &self.inner
    }
}

impl<T: ?Sized> DerefMut for MutexGuard<'_, T> {
    #[inline(always)]
    fn deref_mut(&mut self) -> &mut T {
        &mut self.inner
    }
}

impl<T: ?Sized + fmt::Debug> fmt::Debug for MutexGuard<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        T::fmt(self, f)
    }
}

impl<T: ?Sized + fmt::Display> fmt::Display for MutexGuard<'_, T> {
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
    fn threads_count_together() {
        static COUNT: Mutex<u32> = Mutex::new(0);
        let count = || (0..20).for_each(|_| *COUNT.lock() += 1);
        std::thread::scope(|scope| (0..4).for_each(|_| drop(scope.spawn(count))));
        assert_eq!(*COUNT.lock(), 80);
    }

    #[test]
    fn a_second_lock_of_the_same_thread_is_a_deadlock() {
        let mutex = Mutex::new(());
        let guard = mutex.lock();
        assert_eq!(mutex.try_lock().err(), Some(Error::Deadlock));
        assert_eq!(mutex.lock_timeout(Duration::from_millis(1)).err(), Some(Error::Deadlock));
        drop(guard);
        assert!(mutex.try_lock().is_ok());
    }

    #[test]
    fn another_thread_waits_no_longer_than_it_is_told() {
        let mutex = Mutex::new(());
        let _guard = mutex.lock();
        let other = || (mutex.try_lock().err(), mutex.lock_timeout(Duration::from_millis(1)).err());
        let errors = std::thread::scope(|scope| scope.spawn(other).join().unwrap());
        assert_eq!(errors, (Some(Error::TimedOut), Some(Error::TimedOut)));
    }

    #[test]
    fn the_value_may_have_no_size() {
        let mutex: &Mutex<[u8]> = &Mutex::new([1, 2, 3]);
        mutex.lock()[1] = 7;
        assert_eq!(*mutex.lock(), [1, 7, 3]);
    }

    #[test]
    fn a_mutex_is_closed_when_it_is_dropped() {
        let before = rtt_mod_host::open_handles();
        let mutex = Mutex::new(std::boxed::Box::new(3));
        **mutex.lock() += 1;
        assert_eq!(rtt_mod_host::open_handles(), before + 1);
        assert_eq!(*mutex.into_inner(), 4);
        assert_eq!(rtt_mod_host::open_handles(), before);
    }
}
