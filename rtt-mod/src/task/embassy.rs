//! The time driver of `embassy-time`.
//!
//! Futures that sleep with that crate wait in a queue of their own. [`block_on`](super::block_on) waits no longer than
//! until the earliest time in it. All futures that one thread polls share a waker, so they need one place in the queue.

use core::task::Waker;

use embassy_time_driver::{Driver, TICK_HZ, time_driver_impl};
use embassy_time_queue_utils::queue_generic::ConstGenericQueue;

use crate::{
    sync::Mutex,
    sys::{
        time::{MICROS_PER_SECOND, uptime_micros},
        timer_queue,
    },
};

/// When the queue is full, the future with the earliest time is woken at once, and enters the queue again.
type Queue = ConstGenericQueue<16>;

struct Clock(Mutex<Queue>);

// Only threads poll futures, so a mutex is enough.
time_driver_impl!(static CLOCK: Clock = Clock(Mutex::new(Queue::new())));

impl Driver for Clock {
    fn now(&self) -> u64 {
        ticks(uptime_micros())
    }

    fn schedule_wake(&self, at: u64, waker: &Waker) {
        timer_queue::second::set(wake_expired);
        // The thread that polls this future looks at the queue before it waits.
        self.0.lock().schedule_wake(at, waker);
    }
}

/// Wakes the futures whose time is not after `now`. Returns the earliest time of the others, in microseconds of uptime.
fn wake_expired(now: u64) -> Option<u64> {
    match CLOCK.0.lock().next_expiration(ticks(now)) {
        u64::MAX => None,
        at => Some(micros(at)),
    }
}

fn ticks(micros: u64) -> u64 {
    match TICK_HZ {
        MICROS_PER_SECOND => micros,
        hertz => (u128::from(micros) * u128::from(hertz) / u128::from(MICROS_PER_SECOND)) as u64,
    }
}

fn micros(ticks: u64) -> u64 {
    match TICK_HZ {
        MICROS_PER_SECOND => ticks,
        hertz => (u128::from(ticks) * u128::from(MICROS_PER_SECOND)).div_ceil(u128::from(hertz)) as u64,
    }
}
