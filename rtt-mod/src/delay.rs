//! Delays with the trait of `embedded-hal`.
#![forbid(unsafe_code)]

use core::time::Duration;

use embedded_hal::delay::DelayNs;

use crate::thread;

/// A delay during which other threads run: `rt_thread_delay`. It implements [`DelayNs`] of `embedded-hal`.
///
/// With the feature `embedded-hal-async` it implements that trait of `embedded-hal-async` too.
///
/// The shortest time that RT-Thread has on all boards is its tick, which is usually 1 ms. Each delay is at least as
/// long as requested, and up to two ticks longer. A driver that needs delays of microseconds works, but not at full
/// speed.
///
/// # Panics
///
/// In an interrupt or a timer's callback, where nothing may wait.
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

/// The other futures of the thread run meanwhile, and the tick is the shortest time here too.
#[cfg(feature = "embedded-hal-async")]
impl embedded_hal_async::delay::DelayNs for Delay {
    async fn delay_ns(&mut self, nanoseconds: u32) {
        crate::task::sleep(Duration::from_nanos(nanoseconds.into())).await;
    }

    async fn delay_us(&mut self, microseconds: u32) {
        crate::task::sleep(Duration::from_micros(microseconds.into())).await;
    }

    async fn delay_ms(&mut self, milliseconds: u32) {
        crate::task::sleep(Duration::from_millis(milliseconds.into())).await;
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
