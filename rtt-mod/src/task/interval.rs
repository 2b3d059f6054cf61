//! Intervals: ticks at equal distances.

use core::time::Duration;

use crate::{
    error::panic_with,
    sys::{time, timer_queue::Sleep},
};

/// Ticks at equal distances. [`interval`] makes it.
#[derive(Debug)]
pub struct Interval {
    next: u64,
    period: u64,
}

/// Makes an interval whose first tick is now, and which ticks after each `period`. Missed ticks are made up for at
/// once.
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
        panic_with("the period of an interval is at least one microsecond");
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
