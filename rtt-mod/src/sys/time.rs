//! Times to wait.

use core::time::Duration;

use super::bindings;

/// In place of milliseconds: without an end.
pub const FOREVER: u32 = bindings::RTTM_FOREVER;

/// The milliseconds of `duration`, rounded up. More than a `u32` has is 49 days.
pub fn milliseconds(duration: Duration) -> u32 {
    let rest = duration.subsec_nanos().div_ceil(1_000_000);
    let milliseconds = duration.as_secs().saturating_mul(1000).saturating_add(rest.into());
    if milliseconds < FOREVER.into() { milliseconds as u32 } else { FOREVER - 1 }
}

/// The time since the kernel booted.
pub fn uptime() -> Duration {
    // SAFETY: the function is called from anywhere.
    Duration::from_micros(unsafe { bindings::rttm_uptime() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn milliseconds_are_rounded_up_and_never_for_ever() {
        assert_eq!(milliseconds(Duration::ZERO), 0);
        assert_eq!(milliseconds(Duration::from_nanos(1)), 1);
        assert_eq!(milliseconds(Duration::from_micros(2001)), 3);
        assert_eq!(milliseconds(Duration::MAX), FOREVER - 1);
        assert_eq!(milliseconds(Duration::from_millis(u64::from(u32::MAX))), FOREVER - 1);
    }
}
