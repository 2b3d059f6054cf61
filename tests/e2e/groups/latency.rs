//! For how long interrupts are off and the scheduler is locked.

use e2e::{Fixture, latency};
use firmware::Version;

use super::{TestResult, Tests};

/// In instructions.
const INTERRUPTS_OFF_MAX: f64 = 300.0;
const SCHEDULER_LOCKED_MAX: f64 = 2_000.0;

/// From this version on, the kernel's own functions that stop a thread take longer: 5.2 takes 2,030 instructions.
const SLOWER: Version = Version::new(5, 0, 0);
const SCHEDULER_LOCKED_MAX_SLOWER: f64 = 2_100.0;

pub const TESTS: Tests = &[("interrupts_and_scheduler_are_off_for_a_bounded_time", bounded)];

fn bounded(fixture: &Fixture) -> TestResult {
    let latency = latency::measure(fixture)?;
    println!("{latency:?}");
    let scheduler_locked_max = match fixture.firmware.version < SLOWER {
        true => SCHEDULER_LOCKED_MAX,
        false => SCHEDULER_LOCKED_MAX_SLOWER,
    };
    let is_short =
        latency.interrupts.instructions <= INTERRUPTS_OFF_MAX && latency.scheduler.instructions <= scheduler_locked_max;
    if is_short { Ok(()) } else { Err(format!("{latency:?}").into()) }
}
