//! Condition variables.
//!
//! Each waiting thread has one of 32 event flags, its place. `waiting` contains the places whose threads were not
//! notified yet. A notification takes places from there and sets their flags. So it reaches a thread that was waiting
//! before, and no thread that begins to wait after it.

use core::{fmt, time::Duration};

use super::MutexGuard;
use crate::{
    Error, Result,
    error::expect,
    sys::{
        self,
        event::{Event, Then, Which},
        interrupt::Shared,
        time,
    },
};

/// A condition that threads wait for, under a [`Mutex`](super::Mutex): in the shape of `std::sync::Condvar`.
///
/// Threads are notified in turns, regardless of their priorities. Among notified threads, the one with the highest
/// priority locks the mutex first. As with `std`, a thread can wake up without a notification: check the condition
/// again, or use [`wait_while`](Condvar::wait_while). When more than 32 threads wait at once, the others wake up at
/// each tick.
///
/// ```no_run
/// use rtt_mod::sync::{Condvar, Mutex};
///
/// static READY: Mutex<bool> = Mutex::new(false);
/// static CHANGED: Condvar = Condvar::new();
///
/// // One thread:
/// *READY.lock() = true;
/// CHANGED.notify_one();
///
/// // Another one:
/// let ready = CHANGED.wait_while(READY.lock(), |ready| !*ready);
/// ```
pub struct Condvar {
    places: Shared<Places>,
    notified: Event,
}

impl Condvar {
    /// A condition variable for which no thread waits.
    ///
    /// ```
    /// static CHANGED: rtt_mod::sync::Condvar = rtt_mod::sync::Condvar::new();
    /// ```
    pub const fn new() -> Self {
        Condvar { places: Shared::new(Places::NONE), notified: Event::new() }
    }

    /// Unlocks the mutex, waits for a notification, and locks it again.
    ///
    /// # Panics
    ///
    /// When the kernel has no memory for the event flags.
    ///
    /// ```no_run
    /// # let (count, changed) = (rtt_mod::sync::Mutex::new(0), rtt_mod::sync::Condvar::new());
    /// let mut count = count.lock();
    /// while *count < 3 {
    ///     count = changed.wait(count);
    /// }
    /// ```
    #[track_caller]
    pub fn wait<'a, T: ?Sized>(&self, guard: MutexGuard<'a, T>) -> MutexGuard<'a, T> {
        self.wait_milliseconds(guard, time::FOREVER).0
    }

    /// Waits until `condition` returns false. It is called with the mutex locked.
    ///
    /// # Panics
    ///
    /// Those of [`wait`](Condvar::wait).
    ///
    /// ```no_run
    /// # let (count, changed) = (rtt_mod::sync::Mutex::new(0), rtt_mod::sync::Condvar::new());
    /// let count = changed.wait_while(count.lock(), |count| *count < 3);
    /// ```
    #[track_caller]
    pub fn wait_while<'a, T: ?Sized>(
        &self,
        mut guard: MutexGuard<'a, T>,
        mut condition: impl FnMut(&mut T) -> bool,
    ) -> MutexGuard<'a, T> {
        while condition(&mut guard) {
            guard = self.wait(guard);
        }
        guard
    }

    /// Does the same as [`wait`](Condvar::wait), but waits for at most `timeout`, which is rounded up to the kernel's
    /// tick. Locking the mutex again can take longer.
    ///
    /// # Panics
    ///
    /// Those of [`wait`](Condvar::wait).
    ///
    /// ```no_run
    /// # let (count, changed) = (rtt_mod::sync::Mutex::new(0), rtt_mod::sync::Condvar::new());
    /// let (count, result) = changed.wait_timeout(count.lock(), core::time::Duration::from_millis(100));
    /// if result.timed_out() {
    ///     rtt_mod::println!("still {count}");
    /// }
    /// ```
    #[track_caller]
    pub fn wait_timeout<'a, T: ?Sized>(
        &self,
        guard: MutexGuard<'a, T>,
        timeout: Duration,
    ) -> (MutexGuard<'a, T>, WaitTimeoutResult) {
        self.wait_milliseconds(guard, time::milliseconds(timeout))
    }

    /// Waits until `condition` returns false, but for at most `timeout`, which is rounded up to the kernel's tick.
    ///
    /// # Panics
    ///
    /// Those of [`wait`](Condvar::wait).
    ///
    /// ```no_run
    /// # let (count, changed) = (rtt_mod::sync::Mutex::new(0), rtt_mod::sync::Condvar::new());
    /// let timeout = core::time::Duration::from_millis(100);
    /// let (count, result) = changed.wait_timeout_while(count.lock(), timeout, |count| *count < 3);
    /// ```
    #[track_caller]
    pub fn wait_timeout_while<'a, T: ?Sized>(
        &self,
        mut guard: MutexGuard<'a, T>,
        timeout: Duration,
        mut condition: impl FnMut(&mut T) -> bool,
    ) -> (MutexGuard<'a, T>, WaitTimeoutResult) {
        let end = time::uptime().saturating_add(timeout);
        while condition(&mut guard) {
            let left = end.saturating_sub(time::uptime());
            if left.is_zero() {
                return (guard, WaitTimeoutResult(true));
            }
            guard = self.wait_timeout(guard, left).0;
        }
        (guard, WaitTimeoutResult(false))
    }

    /// Wakes one of the waiting threads, if there is one. Interrupts can call it too.
    ///
    /// ```no_run
    /// # let changed = rtt_mod::sync::Condvar::new();
    /// changed.notify_one();
    /// ```
    pub fn notify_one(&self) {
        self.notify(self.places.update(Places::take_one));
    }

    /// Wakes all waiting threads. Interrupts can call it too.
    ///
    /// ```no_run
    /// # let changed = rtt_mod::sync::Condvar::new();
    /// changed.notify_all();
    /// ```
    pub fn notify_all(&self) {
        self.notify(self.places.update(Places::take_all));
    }

    fn notify(&self, places: u32) {
        if places != 0 {
            // It does not fail: the event was made before the first thread got a place.
            let _ = self.notified.set(places);
        }
    }

    #[track_caller]
    fn wait_milliseconds<'a, T: ?Sized>(
        &self,
        guard: MutexGuard<'a, T>,
        milliseconds: u32,
    ) -> (MutexGuard<'a, T>, WaitTimeoutResult) {
        expect(self.notified.make());
        let place = self.places.update(Places::enter);
        let (guard, notified) = guard.unlocked(|| self.wait_in(place, milliseconds));
        let timed_out = match notified {
            Ok(()) => false,
            Err(Error::TimedOut) => true,
            Err(error) => error.panic(),
        };
        (expect(guard), WaitTimeoutResult(timed_out))
    }

    /// Waits for the flag of `place`. Without a place, the thread wakes up after a tick without a notification.
    fn wait_in(&self, place: u32, milliseconds: u32) -> Result<()> {
        if place == 0 {
            sys::thread::sleep(1);
            return Ok(());
        }
        let result = self.notified.wait(place, Which::Any, Then::Clear, milliseconds);
        let was_notified = self.places.update(|places| places.leave(place));
        match result {
            // The notification came when the time was just over. It counts, since no other thread gets it.
            Err(Error::TimedOut) if was_notified => {
                let _ = self.notified.wait(place, Which::Any, Then::Clear, 0);
                Ok(())
            }
            result => result.map(drop),
        }
    }
}

impl Default for Condvar {
    fn default() -> Self {
        Condvar::new()
    }
}

impl fmt::Debug for Condvar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Condvar").finish_non_exhaustive()
    }
}

/// The result of a wait with a timeout.
///
/// ```no_run
/// # let (count, changed) = (rtt_mod::sync::Mutex::new(0), rtt_mod::sync::Condvar::new());
/// let (_, result) = changed.wait_timeout(count.lock(), core::time::Duration::ZERO);
/// assert!(result.timed_out());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WaitTimeoutResult(bool);

impl WaitTimeoutResult {
    /// Returns whether the time was over before a notification came, or before the condition was false.
    ///
    /// ```no_run
    /// # let (count, changed) = (rtt_mod::sync::Mutex::new(0), rtt_mod::sync::Condvar::new());
    /// # let (_, result) = changed.wait_timeout(count.lock(), core::time::Duration::ZERO);
    /// let in_time = !result.timed_out();
    /// ```
    pub fn timed_out(&self) -> bool {
        self.0
    }
}

/// Sets of places, with one bit for each. A place that was notified stays taken until its thread has left it.
#[derive(Debug, Clone, Copy)]
struct Places {
    taken: u32,
    waiting: u32,
    /// The place after the one that was notified last.
    next: u32,
}

impl Places {
    const NONE: Places = Places { taken: 0, waiting: 0, next: 0 };

    /// Takes a free place. Returns 0 if there is none.
    fn enter(&mut self) -> u32 {
        let place = !self.taken & (self.taken.wrapping_add(1));
        self.taken |= place;
        self.waiting |= place;
        place
    }

    /// Leaves `place`, and returns whether it was notified.
    fn leave(&mut self, place: u32) -> bool {
        let was_notified = self.waiting & place == 0;
        self.taken &= !place;
        self.waiting &= !place;
        was_notified
    }

    /// Takes the next waiting place, in turns. Returns 0 if there is none.
    fn take_one(&mut self) -> u32 {
        let turned = self.waiting.rotate_right(self.next);
        let place = (turned & turned.wrapping_neg()).rotate_left(self.next);
        if place != 0 {
            self.waiting &= !place;
            self.next = (place.trailing_zeros() + 1) % u32::BITS;
        }
        place
    }

    fn take_all(&mut self) -> u32 {
        core::mem::take(&mut self.waiting)
    }
}

#[cfg(test)]
mod tests {
    extern crate std;

    use std::vec::Vec;

    use super::*;
    use crate::sync::Mutex;

    #[test]
    fn places_are_notified_in_turns() {
        let mut places = Places::NONE;
        let entered: Vec<_> = (0..33).map(|_| places.enter()).collect();
        assert!((0..32).all(|n| entered[n] == 1 << n));
        assert_eq!(entered[32], 0, "there is no 33rd");

        assert_eq!((places.take_one(), places.take_one()), (1, 2));
        assert!(places.leave(1));
        assert!(!places.leave(4), "nobody has notified it");
        assert_eq!(places.enter(), 1, "the free place is taken first");
        assert_eq!(places.take_one(), 8, "and notified last");
        assert_eq!(places.take_all(), !0 ^ 0b1110);
        assert_eq!((places.take_one(), places.take_all()), (0, 0));
    }

    #[test]
    fn a_wait_without_a_notification_times_out() {
        let (mutex, condvar) = (Mutex::new(()), Condvar::new());
        condvar.notify_all();
        let (guard, result) = condvar.wait_timeout(mutex.lock(), Duration::from_millis(1));
        assert!(result.timed_out());
        assert!(condvar.wait_timeout_while(guard, Duration::from_millis(2), |()| true).1.timed_out());
    }

    #[test]
    fn each_notification_lets_one_thread_go_on() {
        static TOKENS: Mutex<u32> = Mutex::new(0);
        static CHANGED: Condvar = Condvar::new();
        let taker = || *CHANGED.wait_while(TOKENS.lock(), |tokens| *tokens == 0) -= 1;
        std::thread::scope(|scope| {
            let takers: Vec<_> = (0..4).map(|_| scope.spawn(taker)).collect();
            for _ in &takers {
                *TOKENS.lock() += 1;
                CHANGED.notify_one();
            }
        });
        assert_eq!(*TOKENS.lock(), 0);
    }

    #[test]
    fn more_threads_than_there_are_places_go_on() {
        static OPEN: Mutex<bool> = Mutex::new(false);
        static OPENED: Condvar = Condvar::new();
        std::thread::scope(|scope| {
            (0..35).for_each(|_| drop(scope.spawn(|| drop(OPENED.wait_while(OPEN.lock(), |open| !*open)))));
            *OPEN.lock() = true;
            OPENED.notify_all();
        });
    }
}
