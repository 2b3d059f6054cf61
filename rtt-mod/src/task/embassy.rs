//! The clock of `embassy-time`.
//!
//! Its sleeping futures wait in a queue of their own, and [`block_on`](super::block_on) waits no longer than until the
//! nearest time. All futures that a thread polls by itself need one place, since they have one waker.

use core::task::Waker;

use embassy_time_driver::{Driver, TICK_HZ, time_driver_impl};
use embassy_time_queue_utils::queue_generic::ConstGenericQueue;

use crate::{
    sync::Mutex,
    sys::{
        alarm,
        time::{MICROS_PER_SECOND, uptime_micros},
    },
};

/// When it is full, who would be woken first is woken at once, and asks again.
type Queue = ConstGenericQueue<16>;

struct Clock(Mutex<Queue>);

// Futures are polled by threads only, so that a lock for threads does.
time_driver_impl!(static CLOCK: Clock = Clock(Mutex::new(Queue::new())));

impl Driver for Clock {
    fn now(&self) -> u64 {
        ticks(uptime_micros())
    }

    fn schedule_wake(&self, at: u64, waker: &Waker) {
        alarm::others::set(ring);
        // Whoever polls does not wait before the future has returned.
        self.0.lock().schedule_wake(at, waker);
    }
}

/// Wakes those whose time has come by `now`, and returns the nearest time of the others: microseconds of uptime.
fn ring(now: u64) -> Option<u64> {
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
