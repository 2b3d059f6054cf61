//! Sleeping and yielding.

use core::time::Duration;

use crate::{sys, time::Instant};

/// The longest sleep of one call of the ABI, with room for the milliseconds below a second.
const SECONDS_AT_ONCE: u32 = u32::MAX / 1000 - 1;

/// Puts the calling thread to sleep for at least `duration`, rounded up to the kernel's tick.
///
/// A duration of zero lets other threads of the same priority run.
///
/// In an interrupt or a timer's callback, where nothing may wait, it ends the module with the exit code of a panic.
///
/// ```no_run
/// use core::time::Duration;
///
/// rtt_mod::thread::sleep(Duration::from_millis(500));
/// ```
pub fn sleep(duration: Duration) {
    let mut seconds = duration.as_secs();
    while seconds > SECONDS_AT_ONCE.into() {
        sys::thread::sleep(SECONDS_AT_ONCE * 1000);
        seconds -= u64::from(SECONDS_AT_ONCE);
    }
    sys::thread::sleep(seconds as u32 * 1000 + duration.subsec_nanos().div_ceil(1_000_000));
}

/// Puts the calling thread to sleep until `deadline`. Returns at once if it has passed.
///
/// ```no_run
/// use core::time::Duration;
///
/// use rtt_mod::{thread, time::Instant};
///
/// let mut next = Instant::now();
/// for _ in 0..10 {
///     next += Duration::from_millis(100); // the period stays the same, however long the work takes
///     thread::sleep_until(next);
/// }
/// ```
pub fn sleep_until(deadline: Instant) {
    if let Some(left) = deadline.checked_duration_since(Instant::now()) {
        sleep(left);
    }
}

/// Lets other threads of the same priority run: `rt_thread_yield`.
///
/// ```no_run
/// rtt_mod::thread::yield_now();
/// ```
pub fn yield_now() {
    sys::thread::sleep(0);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sleeps_are_rounded_up_to_milliseconds() {
        let slept = |duration| rtt_mod_host::slept(|| sleep(duration));
        assert_eq!(slept(Duration::ZERO), [0]);
        assert_eq!(slept(Duration::from_nanos(1)), [1]);
        assert_eq!(slept(Duration::from_millis(1500)), [1500]);
        assert_eq!(slept(Duration::new(1, 999_999_999)), [2000]);
    }

    #[test]
    fn a_sleep_of_months_is_several() {
        let most = u64::from(SECONDS_AT_ONCE);
        assert_eq!(rtt_mod_host::slept(|| sleep(Duration::new(most, 999_999_999))), [SECONDS_AT_ONCE * 1000 + 1000]);
        let sleeps = rtt_mod_host::slept(|| sleep(Duration::from_secs(2 * most + 5)));
        assert_eq!(sleeps, [SECONDS_AT_ONCE * 1000, SECONDS_AT_ONCE * 1000, 5000]);
    }
}
