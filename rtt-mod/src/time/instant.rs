//! Points in time.

use core::{
    fmt,
    ops::{Add, AddAssign, Sub, SubAssign},
    time::Duration,
};

use crate::sys::time::uptime_nanos;

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
// Nanoseconds since the boot, for 584 years. A `Duration` would need a division, which takes ten times as long as the call.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant(u64);

const NANOS_PER_SECOND: u64 = 1_000_000_000;

/// `None` for 584 years and more.
fn nanos(duration: Duration) -> Option<u64> {
    duration.as_secs().checked_mul(NANOS_PER_SECOND)?.checked_add(duration.subsec_nanos().into())
}

impl Instant {
    /// Returns the current time. Interrupts can call it too.
    ///
    /// ```no_run
    /// let begin = rtt_mod::time::Instant::now();
    /// # let _ = begin;
    /// ```
    pub fn now() -> Self {
        Instant(uptime_nanos())
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
        self.0.checked_sub(earlier.0).map(Duration::from_nanos)
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
        self.0.checked_add(nanos(duration)?).map(Instant)
    }

    /// Returns the instant `duration` earlier; `None` if that is before the kernel booted.
    ///
    /// ```no_run
    /// # use core::time::Duration;
    /// # let begin = rtt_mod::time::Instant::now();
    /// assert_eq!(begin.checked_sub(Duration::MAX), None);
    /// ```
    pub fn checked_sub(&self, duration: Duration) -> Option<Self> {
        self.0.checked_sub(nanos(duration)?).map(Instant)
    }
}

/// Adds a duration. The result saturates at the latest instant.
impl fmt::Debug for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Instant").field(&Duration::from_nanos(self.0)).finish()
    }
}

impl Add<Duration> for Instant {
    type Output = Instant;

    fn add(self, duration: Duration) -> Instant {
        Instant(self.0.saturating_add(nanos(duration).unwrap_or(u64::MAX)))
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
        Instant(self.0.saturating_sub(nanos(duration).unwrap_or(u64::MAX)))
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
        Instant(microseconds * 1000)
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
        assert_eq!(at(1) + Duration::MAX, Instant(u64::MAX));
        assert_eq!(at(1).checked_sub(Duration::from_micros(2)), None);
        assert_eq!(Instant(u64::MAX).checked_add(Duration::from_nanos(1)), None);
    }

    #[test]
    fn time_passes() {
        let begin = Instant::now();
        std::thread::sleep(Duration::from_millis(2));
        assert!(begin.elapsed() >= Duration::from_millis(2));
    }
}
