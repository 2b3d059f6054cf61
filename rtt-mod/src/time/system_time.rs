//! The time of day.
#![forbid(unsafe_code)]

use core::{
    fmt,
    ops::{Add, AddAssign, Sub, SubAssign},
    time::Duration,
};

use crate::{Result, error::expect, sys::clock};

/// The beginning of 1970: the same as [`SystemTime::UNIX_EPOCH`].
pub const UNIX_EPOCH: SystemTime = SystemTime::UNIX_EPOCH;

/// A time of day: what the clock of the board shows, RT-Thread's device `rtc`.
///
/// The clock can be set while the program runs, so durations are better measured with an
/// [`Instant`](super::Instant). Most clocks have a resolution of one second.
///
/// A kernel without the component `RT_USING_RTC` refuses modules that read the clock, and `mkmod check` says so before.
///
/// ```no_run
/// use rtt_mod::{println, time::{SystemTime, UNIX_EPOCH}};
///
/// let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
/// println!("{} seconds since 1970", since.as_secs());
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SystemTime {
    /// Since 1970.
    seconds: i64,
    nanos: u32,
}

const NANOS_PER_SECOND: u32 = 1_000_000_000;

const LATEST: SystemTime = SystemTime { seconds: i64::MAX, nanos: NANOS_PER_SECOND - 1 };

impl SystemTime {
    /// The beginning of 1970, in UTC if the clock shows UTC.
    pub const UNIX_EPOCH: SystemTime = SystemTime { seconds: 0, nanos: 0 };

    pub(crate) const fn from_seconds(seconds: i64) -> Self {
        SystemTime { seconds, nanos: 0 }
    }

    /// Returns the current time: `time`.
    ///
    /// # Panics
    ///
    /// When the board has no clock, and in an interrupt or a timer's callback. [`try_now`](Self::try_now) returns an
    /// error instead.
    ///
    /// ```no_run
    /// let now = rtt_mod::time::SystemTime::now();
    /// ```
    #[track_caller]
    pub fn now() -> Self {
        expect(Self::try_now())
    }

    /// Returns the current time, if the board has a clock.
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`](crate::Error::NotFound) without a clock;
    /// [`Error::WouldWait`](crate::Error::WouldWait) in an interrupt or a timer's callback; what the driver reports.
    ///
    /// ```no_run
    /// if rtt_mod::time::SystemTime::try_now().is_err() {
    ///     rtt_mod::println!("no clock");
    /// }
    /// ```
    pub fn try_now() -> Result<Self> {
        clock::now().map(|(seconds, nanos)| SystemTime { seconds, nanos: nanos % NANOS_PER_SECOND })
    }

    /// Sets the clock of the board to this time, in whole seconds: `set_time`.
    ///
    /// # Errors
    ///
    /// Those of [`try_now`](Self::try_now); [`Error::InvalidInput`](crate::Error::InvalidInput) for a time that the C
    /// library does not have.
    ///
    /// ```no_run
    /// use core::time::Duration;
    ///
    /// let received = rtt_mod::time::UNIX_EPOCH + Duration::from_secs(1_795_000_000);
    /// received.set_clock()?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn set_clock(self) -> Result<()> {
        clock::set(self.seconds)
    }

    /// Returns the time that has passed since `earlier`.
    ///
    /// # Errors
    ///
    /// [`SystemTimeError`] if `earlier` is later.
    ///
    /// ```
    /// use core::time::Duration;
    ///
    /// use rtt_mod::time::UNIX_EPOCH;
    ///
    /// let later = UNIX_EPOCH + Duration::from_millis(1500);
    /// assert_eq!(later.duration_since(UNIX_EPOCH), Ok(Duration::from_millis(1500)));
    /// ```
    pub fn duration_since(&self, earlier: SystemTime) -> Result<Duration, SystemTimeError> {
        if *self >= earlier { Ok(between(earlier, *self)) } else { Err(SystemTimeError(between(*self, earlier))) }
    }

    /// Returns the time that has passed since this one.
    ///
    /// # Errors
    ///
    /// [`SystemTimeError`] if this one is in the future.
    ///
    /// # Panics
    ///
    /// Where [`now`](Self::now) panics.
    ///
    /// ```no_run
    /// let age = rtt_mod::fs::metadata("/data.bin")?.modified()?.elapsed();
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    #[track_caller]
    pub fn elapsed(&self) -> Result<Duration, SystemTimeError> {
        Self::now().duration_since(*self)
    }

    /// Returns the time `duration` later; `None` if it cannot be represented.
    ///
    /// ```
    /// assert!(rtt_mod::time::UNIX_EPOCH.checked_add(core::time::Duration::MAX).is_none());
    /// ```
    pub fn checked_add(&self, duration: Duration) -> Option<Self> {
        let nanos = self.nanos + duration.subsec_nanos();
        let carry = i64::from(nanos / NANOS_PER_SECOND);
        let seconds = self.seconds.checked_add_unsigned(duration.as_secs())?.checked_add(carry)?;
        Some(SystemTime { seconds, nanos: nanos % NANOS_PER_SECOND })
    }

    /// Returns the time `duration` earlier; `None` if it cannot be represented.
    ///
    /// ```
    /// assert!(rtt_mod::time::UNIX_EPOCH.checked_sub(core::time::Duration::from_secs(1)).is_some());
    /// ```
    pub fn checked_sub(&self, duration: Duration) -> Option<Self> {
        let nanos = self.nanos + NANOS_PER_SECOND - duration.subsec_nanos();
        let borrow = 1 - i64::from(nanos / NANOS_PER_SECOND);
        let seconds = self.seconds.checked_sub_unsigned(duration.as_secs())?.checked_sub(borrow)?;
        Some(SystemTime { seconds, nanos: nanos % NANOS_PER_SECOND })
    }
}

/// The time from `earlier` to `later`.
fn between(earlier: SystemTime, later: SystemTime) -> Duration {
    let seconds = later.seconds.abs_diff(earlier.seconds);
    if later.nanos >= earlier.nanos {
        Duration::new(seconds, later.nanos - earlier.nanos)
    } else {
        Duration::new(seconds.saturating_sub(1), later.nanos + NANOS_PER_SECOND - earlier.nanos)
    }
}

impl fmt::Debug for SystemTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SystemTime").field("tv_sec", &self.seconds).field("tv_nsec", &self.nanos).finish()
    }
}

/// Adds a duration. The result saturates at the latest time.
impl Add<Duration> for SystemTime {
    type Output = SystemTime;

    fn add(self, duration: Duration) -> SystemTime {
        self.checked_add(duration).unwrap_or(LATEST)
    }
}

impl AddAssign<Duration> for SystemTime {
    fn add_assign(&mut self, duration: Duration) {
        *self = *self + duration;
    }
}

/// Subtracts a duration. The result saturates at the earliest time.
impl Sub<Duration> for SystemTime {
    type Output = SystemTime;

    fn sub(self, duration: Duration) -> SystemTime {
        self.checked_sub(duration).unwrap_or(SystemTime { seconds: i64::MIN, nanos: 0 })
    }
}

impl SubAssign<Duration> for SystemTime {
    fn sub_assign(&mut self, duration: Duration) {
        *self = *self - duration;
    }
}

/// The error of [`SystemTime::duration_since`]: the other time is later.
///
/// ```
/// use core::time::Duration;
///
/// use rtt_mod::time::UNIX_EPOCH;
///
/// let error = UNIX_EPOCH.duration_since(UNIX_EPOCH + Duration::from_secs(2)).unwrap_err();
/// assert_eq!(error.duration(), Duration::from_secs(2));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SystemTimeError(Duration);

impl SystemTimeError {
    /// Returns how much later the other time is.
    ///
    /// ```
    /// # let error = rtt_mod::time::UNIX_EPOCH.duration_since(rtt_mod::time::UNIX_EPOCH + core::time::Duration::MAX).unwrap_err();
    /// let ahead = error.duration();
    /// ```
    pub fn duration(&self) -> Duration {
        self.0
    }
}

impl fmt::Display for SystemTimeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("second time provided was later than self")
    }
}

impl core::error::Error for SystemTimeError {}

#[cfg(test)]
mod tests {
    use super::*;

    const fn at(seconds: i64, nanos: u32) -> SystemTime {
        SystemTime { seconds, nanos }
    }

    #[test]
    fn durations_are_between_times() {
        assert_eq!(at(2, 100).duration_since(at(0, 900)), Ok(Duration::new(1, 999_999_200)));
        assert_eq!(at(-1, 500).duration_since(at(-3, 0)), Ok(Duration::new(2, 500)));
        assert_eq!(at(0, 0).duration_since(at(0, 1)), Err(SystemTimeError(Duration::from_nanos(1))));
        assert_eq!(at(i64::MAX, 0).duration_since(at(i64::MIN, 0)), Ok(Duration::from_secs(u64::MAX)));
    }

    #[test]
    fn times_move_by_durations() {
        let half = Duration::from_millis(500);
        assert_eq!(at(1, 700_000_000) + half, at(2, 200_000_000));
        assert_eq!(at(2, 200_000_000) - half, at(1, 700_000_000));
        assert_eq!(UNIX_EPOCH - half, at(-1, 500_000_000));
        assert_eq!(at(i64::MAX, 999_999_999).checked_add(Duration::from_nanos(1)), None);
        assert_eq!(at(i64::MIN, 0).checked_sub(Duration::from_nanos(1)), None);
    }

    #[test]
    #[cfg_attr(miri, ignore = "reads the clock of the PC")]
    fn the_clock_can_be_set() {
        let before = SystemTime::now();
        assert!(before > UNIX_EPOCH + Duration::from_secs(1_700_000_000));
        let new_year = UNIX_EPOCH + Duration::from_secs(1_798_761_600);
        new_year.set_clock().unwrap();
        assert!(new_year.elapsed().unwrap() < Duration::from_secs(60));
        before.set_clock().unwrap();
    }
}
