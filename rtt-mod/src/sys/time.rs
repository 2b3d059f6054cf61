//! The uptime, and durations in the units of the ABI.

use core::time::Duration;

use super::bindings;

/// Stands for an unlimited time, in place of milliseconds.
pub const FOREVER: u32 = bindings::RTTM_FOREVER;

/// The longest time that the ABI has: 49 days.
const LONGEST: u32 = FOREVER - 2;

/// The milliseconds of `duration`, rounded up, and at most [`LONGEST`].
pub fn milliseconds(duration: Duration) -> u32 {
    let rest = duration.subsec_nanos().div_ceil(1_000_000);
    let milliseconds = duration.as_secs().saturating_mul(1000).saturating_add(rest.into());
    if milliseconds < LONGEST.into() { milliseconds as u32 } else { LONGEST }
}

/// The nanoseconds since the kernel booted.
#[inline(always)]
pub fn uptime_nanos() -> u64 {
    // SAFETY: the function is called from anywhere.
    unsafe { bindings::rttm_uptime() }.wrapping_mul(1000) // 584 years are enough
}

/// The time since the kernel booted.
pub fn uptime() -> Duration {
    // SAFETY: the function is called from anywhere.
    Duration::from_micros(unsafe { bindings::rttm_uptime() })
}

/// The resolution of [`uptime_micros`].
#[cfg(feature = "embassy-time")]
pub const MICROS_PER_SECOND: u64 = 1_000_000;

/// The time since the kernel booted, in microseconds.
#[cfg(any(feature = "async", test))]
pub fn uptime_micros() -> u64 {
    // SAFETY: it may be called from anywhere.
    unsafe { bindings::rttm_uptime() }
}

/// The uptime when `duration` is over, in microseconds.
#[cfg(any(feature = "async", test))]
pub fn uptime_after(duration: Duration) -> u64 {
    uptime_micros().saturating_add(micros(duration))
}

/// The microseconds of `duration`, rounded up, and at most half a million years.
#[cfg(any(feature = "async", test))]
pub fn micros(duration: Duration) -> u64 {
    let rest = duration.subsec_nanos().div_ceil(1000);
    duration.as_secs().saturating_mul(1_000_000).saturating_add(rest.into())
}

/// The milliseconds of `micros`, rounded up, and at most 71 minutes. Waiting again after that time takes less code than
/// a 64-bit division.
#[cfg(any(feature = "async", test))]
pub fn milliseconds_at_once(micros: u64) -> u32 {
    u32::try_from(micros).unwrap_or(u32::MAX).div_ceil(1000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn milliseconds_are_rounded_up_and_never_for_ever() {
        assert_eq!(milliseconds(Duration::ZERO), 0);
        assert_eq!(milliseconds(Duration::from_nanos(1)), 1);
        assert_eq!(milliseconds(Duration::from_micros(2001)), 3);
        assert_eq!(milliseconds(Duration::MAX), LONGEST);
        assert_eq!(milliseconds(Duration::from_millis(u64::from(u32::MAX))), LONGEST);
    }
}
