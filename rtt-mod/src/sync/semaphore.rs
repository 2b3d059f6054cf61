//! Counting semaphores.

use core::time::Duration;

use crate::{
    Result,
    error::expect,
    sys::{self, time},
};

/// A counting semaphore: RT-Thread's `rt_sem`.
///
/// A thread that takes a permit waits until there is one. Threads of higher priority get permits first.
///
/// ```no_run
/// use rtt_mod::sync::Semaphore;
///
/// /// At most two at once.
/// static SLOTS: Semaphore = Semaphore::new(2);
///
/// SLOTS.take();
/// // ...
/// SLOTS.release();
/// ```
#[derive(Debug)]
pub struct Semaphore(sys::semaphore::Semaphore);

impl Semaphore {
    /// A semaphore with `permits` permits, 0 to 65,535.
    ///
    /// ```
    /// static SLOTS: rtt_mod::sync::Semaphore = rtt_mod::sync::Semaphore::new(4);
    /// ```
    pub const fn new(permits: u16) -> Self {
        Semaphore(sys::semaphore::Semaphore::new(permits as u32))
    }

    /// Gives it a name. From then on it is in the list of the shell's command `list_sem`. The kernel keeps `RT_NAME_MAX` - 1 bytes of the
    /// name, usually 7.
    ///
    /// # Errors
    ///
    /// [`Error::OutOfMemory`](crate::Error::OutOfMemory) if the kernel has no memory for it;
    /// [`Error::WouldWait`](crate::Error::WouldWait) if it is not made yet and this is an interrupt or a timer's callback.
    ///
    /// ```no_run
    /// use rtt_mod::sync::Semaphore;
    ///
    /// static READY: Semaphore = Semaphore::new(0);
    ///
    /// READY.set_name("ready")?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn set_name(&self, name: &str) -> Result<()> {
        self.0.set_name(name)
    }

    /// Takes a permit, and waits for it without a limit: `rt_sem_take` with `RT_WAITING_FOREVER`.
    ///
    /// # Panics
    ///
    /// In an interrupt or a timer's callback, if it would wait; and when the kernel has no memory for the semaphore.
    ///
    /// ```no_run
    /// # let semaphore = rtt_mod::sync::Semaphore::new(1);
    /// semaphore.take();
    /// ```
    #[track_caller]
    #[inline(always)]
    pub fn take(&self) {
        expect(self.0.take(time::FOREVER));
    }

    /// Takes a permit if there is one. Interrupts can call it too.
    ///
    /// # Errors
    ///
    /// [`Error::TimedOut`](crate::Error::TimedOut) when there is no permit.
    ///
    /// ```no_run
    /// # let semaphore = rtt_mod::sync::Semaphore::new(1);
    /// if semaphore.try_take().is_err() {
    ///     rtt_mod::println!("none left");
    /// }
    /// ```
    pub fn try_take(&self) -> Result<()> {
        self.0.take(0)
    }

    /// Takes a permit, and waits for it for at most `timeout`, which is rounded up to the kernel's tick.
    ///
    /// # Errors
    ///
    /// [`Error::TimedOut`](crate::Error::TimedOut) when there is no permit in time;
    /// [`Error::WouldWait`](crate::Error::WouldWait) in an interrupt or a timer's callback.
    ///
    /// ```no_run
    /// # let semaphore = rtt_mod::sync::Semaphore::new(1);
    /// semaphore.take_timeout(core::time::Duration::from_millis(100))?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn take_timeout(&self, timeout: Duration) -> Result<()> {
        self.0.take(time::milliseconds(timeout))
    }

    /// Releases a permit: `rt_sem_release`. The waiting thread with the highest priority gets it. Interrupts can call
    /// it too.
    ///
    /// # Panics
    ///
    /// When there are 65,535 permits already, and when the kernel has no memory for the semaphore.
    ///
    /// ```no_run
    /// # let semaphore = rtt_mod::sync::Semaphore::new(1);
    /// semaphore.release();
    /// ```
    #[track_caller]
    #[inline(always)]
    pub fn release(&self) {
        expect(self.0.release());
    }

    /// Returns the current number of permits.
    ///
    /// # Panics
    ///
    /// When the kernel has no memory for the semaphore.
    ///
    /// ```no_run
    /// # let semaphore = rtt_mod::sync::Semaphore::new(1);
    /// assert!(semaphore.permits() <= 1);
    /// ```
    #[track_caller]
    pub fn permits(&self) -> u16 {
        expect(self.0.permits()) as u16
    }
}

#[cfg(test)]
mod tests {
    extern crate std;

    use super::*;
    use crate::Error;

    #[test]
    fn permits_are_counted() {
        let semaphore = Semaphore::new(1);
        semaphore.take();
        assert_eq!(semaphore.try_take(), Err(Error::TimedOut));
        assert_eq!(semaphore.take_timeout(Duration::from_millis(1)), Err(Error::TimedOut));
        semaphore.release();
        semaphore.release();
        assert_eq!(semaphore.permits(), 2);
    }

    #[test]
    fn who_takes_waits_for_who_releases() {
        static SEMAPHORE: Semaphore = Semaphore::new(0);
        let taker = std::thread::spawn(|| SEMAPHORE.take());
        SEMAPHORE.release();
        taker.join().unwrap();
    }

    #[test]
    fn a_semaphore_is_closed_when_it_is_dropped() {
        let before = rtt_mod_host::open_handles();
        let semaphore = Semaphore::new(3);
        assert_eq!(rtt_mod_host::open_handles(), before);
        assert_eq!(semaphore.permits(), 3);
        assert_eq!(rtt_mod_host::open_handles(), before + 1);
        drop(semaphore);
        assert_eq!(rtt_mod_host::open_handles(), before);
    }
}
