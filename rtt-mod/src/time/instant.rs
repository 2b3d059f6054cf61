//! Points in time.

use core::{
    ops::{Add, AddAssign, Sub, SubAssign},
    time::Duration,
};

use crate::sys::time::uptime;

/// A point in time: `rt_tick_get`.
///
/// It is the time since the kernel booted, with the resolution of the kernel's tick. Unlike the tick count it does not
/// wrap around.
///
/// ```no_run
/// use rtt_mod::{println, time::Instant};
///
/// let begin = Instant::now();
/// println!("{} ms", begin.elapsed().as_millis() as u32);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant(Duration);

impl Instant {
    /// Returns the current time. Interrupts can call it too.
    ///
    /// ```no_run
    /// let begin = rtt_mod::time::Instant::now();
    /// # let _ = begin;
    /// ```
    pub fn now() -> Self {
        Instant(uptime())
    }

    /// Returns the time since this instant; zero if it is in the future.
    ///
    /// ```no_run
    /// # let begin = rtt_mod::time::Instant::now();
    /// assert!(begin.elapsed().as_secs() < 10);
    /// ```
    pub fn elapsed(&self) -> Duration {
        Self::now().duration_since(*self)
    }

    /// Returns the time from `earlier` to this instant; zero if `earlier` is later.
    ///
    /// ```no_run
    /// # let begin = rtt_mod::time::Instant::now();
    /// let end = rtt_mod::time::Instant::now();
    /// assert_eq!(begin.duration_since(end), core::time::Duration::ZERO);
    /// ```
    pub fn duration_since(&self, earlier: Self) -> Duration {
        self.checked_duration_since(earlier).unwrap_or_default()
    }

    /// Returns the time from `earlier` to this instant; `None` if `earlier` is later.
    ///
    /// ```no_run
    /// # let begin = rtt_mod::time::Instant::now();
    /// assert!(rtt_mod::time::Instant::now().checked_duration_since(begin).is_some());
    /// ```
    pub fn checked_duration_since(&self, earlier: Self) -> Option<Duration> {
        self.0.checked_sub(earlier.0)
    }

    /// The same as [`duration_since`](Self::duration_since). It is here because `std` has both.
    ///
    /// ```no_run
    /// # let begin = rtt_mod::time::Instant::now();
    /// rtt_mod::time::Instant::now().saturating_duration_since(begin);
    /// ```
    pub fn saturating_duration_since(&self, earlier: Self) -> Duration {
        self.duration_since(earlier)
    }

    /// Returns the instant `duration` later; `None` if it cannot be represented.
    ///
    /// ```no_run
    /// # use core::time::Duration;
    /// # let begin = rtt_mod::time::Instant::now();
    /// let now = begin + Duration::from_secs(1);
    /// assert_eq!(now.checked_add(Duration::MAX), None);
    /// ```
    pub fn checked_add(&self, duration: Duration) -> Option<Self> {
        self.0.checked_add(duration).map(Instant)
    }

    /// Returns the instant `duration` earlier; `None` if that is before the kernel booted.
    ///
    /// ```no_run
    /// # use core::time::Duration;
    /// # let begin = rtt_mod::time::Instant::now();
    /// assert_eq!(begin.checked_sub(Duration::MAX), None);
    /// ```
    pub fn checked_sub(&self, duration: Duration) -> Option<Self> {
        self.0.checked_sub(duration).map(Instant)
    }
}

/// Adds a duration. The result saturates at the latest instant.
impl Add<Duration> for Instant {
    type Output = Instant;

    fn add(self, duration: Duration) -> Instant {
        Instant(self.0.saturating_add(duration))
    }
}

impl AddAssign<Duration> for Instant {
    fn add_assign(&mut self, duration: Duration) {
        *self = *self + duration;
    }
}

/// Subtracts a duration. The result saturates at the time when the kernel booted.
impl Sub<Duration> for Instant {
    type Output = Instant;

    fn sub(self, duration: Duration) -> Instant {
        Instant(self.0.saturating_sub(duration))
    }
}

impl SubAssign<Duration> for Instant {
    fn sub_assign(&mut self, duration: Duration) {
        *self = *self - duration;
    }
}

/// The same as [`Instant::duration_since`].
impl Sub for Instant {
    type Output = Duration;

    fn sub(self, earlier: Instant) -> Duration {
        self.duration_since(earlier)
    }
}

#[cfg(test)]
mod tests {
    extern crate std;

    use super::*;

    const fn at(microseconds: u64) -> Instant {
        Instant(Duration::from_micros(microseconds))
    }

    #[test]
    fn durations_are_between_instants() {
        assert_eq!(at(5_000_001) - at(1_000_000), Duration::from_micros(4_000_001));
        assert_eq!(at(1) - at(2), Duration::ZERO);
        assert_eq!(at(1).checked_duration_since(at(2)), None);
    }

    #[test]
    fn instants_move_by_durations_and_stop_at_the_ends() {
        assert_eq!(at(1) + Duration::from_secs(2), at(2_000_001));
        assert_eq!(at(2_000_001) - Duration::from_secs(2), at(1));
        assert_eq!(at(1) - Duration::from_secs(2), at(0));
        assert_eq!(at(1) + Duration::MAX, Instant(Duration::MAX));
        assert_eq!(at(1).checked_sub(Duration::from_micros(2)), None);
        assert_eq!(Instant(Duration::MAX).checked_add(Duration::from_nanos(1)), None);
    }

    #[test]
    fn time_passes() {
        let begin = Instant::now();
        std::thread::sleep(Duration::from_millis(2));
        assert!(begin.elapsed() >= Duration::from_millis(2));
    }
}
