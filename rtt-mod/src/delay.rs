//! Waits of drivers, as `embedded-hal` has them.
#![forbid(unsafe_code)]

use core::time::Duration;

use embedded_hal::delay::DelayNs;

use crate::thread;

/// Waits by letting other threads run: `rt_thread_delay`. Implements `embedded-hal`'s [`DelayNs`].
///
/// RT-Thread has no shorter time that is the same on all boards than its tick, 1 ms as a rule: each wait is at least as
/// long as asked for, and up to two ticks longer. A driver that waits for microseconds works, but not at its full speed.
///
/// # Panics
///
/// In an interrupt and in a timer's call, where nothing may wait.
///
/// ```no_run
/// use embedded_hal::delay::DelayNs;
/// use rtt_mod::delay::Delay;
///
/// Delay.delay_ms(20);
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct Delay;

impl DelayNs for Delay {
    fn delay_ns(&mut self, nanoseconds: u32) {
        thread::sleep(Duration::from_nanos(nanoseconds.into()));
    }

    fn delay_us(&mut self, microseconds: u32) {
        thread::sleep(Duration::from_micros(microseconds.into()));
    }

    fn delay_ms(&mut self, milliseconds: u32) {
        thread::sleep(Duration::from_millis(milliseconds.into()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wait_is_one_sleep_and_never_shorter() {
        let sleeps = rtt_mod_host::slept(|| {
            Delay.delay_ns(1);
            Delay.delay_us(1_500);
            Delay.delay_ms(20);
        });
        assert_eq!(sleeps, [1, 2, 20]);
    }
}
