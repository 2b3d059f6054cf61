//! Something again and again.

use core::time::Duration;

use crate::{
    error::panic_with,
    sys::{alarm::Sleep, time},
};

/// Ticks at equal distances. Made by [`interval`].
#[derive(Debug)]
pub struct Interval {
    next: u64,
    period: u64,
}

/// Ticks at once, and then after each `period`. A tick that nobody waited for in time is caught up with.
///
/// # Panics
///
/// When `period` is less than a microsecond.
///
/// ```no_run
/// # use core::time::Duration;
/// # rtt_mod::task::block_on(async {
/// let mut seconds = rtt_mod::task::interval(Duration::from_secs(1));
/// loop {
///     seconds.tick().await;
///     rtt_mod::println!("tick");
/// }
/// # });
/// ```
#[track_caller]
pub fn interval(period: Duration) -> Interval {
    let period = time::micros(period);
    if period == 0 {
        panic_with("an interval lasts a microsecond at least");
    }
    Interval { next: time::uptime_micros(), period }
}

impl Interval {
    /// Waits for the next tick.
    ///
    /// ```no_run
    /// # use core::time::Duration;
    /// # rtt_mod::task::block_on(async {
    /// let mut blink = rtt_mod::task::interval(Duration::from_millis(250));
    /// blink.tick().await;
    /// # });
    /// ```
    pub async fn tick(&mut self) {
        Sleep::until(self.next).await;
        self.next = self.next.saturating_add(self.period);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::task::block_on;

    #[test]
    fn the_first_tick_is_at_once_and_late_ones_are_caught_up_with() {
        let begin = time::uptime_micros();
        let mut ticks = interval(Duration::from_millis(2));
        block_on(ticks.tick());
        while time::uptime_micros() < begin + 5000 {}
        block_on(async {
            ticks.tick().await;
            ticks.tick().await;
            ticks.tick().await;
        });
        assert!(time::uptime_micros() - begin >= 6000);
    }
}
