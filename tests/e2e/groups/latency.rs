//! For how long interrupts are off and the scheduler is locked.

use e2e::{Fixture, latency};

use super::{TestResult, Tests};

/// In instructions.
const INTERRUPTS_OFF_MAX: f64 = 300.0;
const SCHEDULER_LOCKED_MAX: f64 = 2_000.0;

pub const TESTS: Tests = &[("interrupts_and_scheduler_are_off_for_a_bounded_time", bounded)];

fn bounded(fixture: &Fixture) -> TestResult {
    let latency = latency::measure(fixture)?;
    println!("{latency:?}");
    let is_short =
        latency.interrupts.instructions <= INTERRUPTS_OFF_MAX && latency.scheduler.instructions <= SCHEDULER_LOCKED_MAX;
    if is_short { Ok(()) } else { Err(format!("{latency:?}").into()) }
}
