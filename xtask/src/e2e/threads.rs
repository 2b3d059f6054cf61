//! A module's threads, and its ends while they live.

use super::world::World;
use super::{TestResult, Tests};

pub const TESTS: Tests = &[("values_are_joined", values)];

fn values(world: &World) -> TestResult {
    let mut session = world.boot()?;
    let before = session.settled_memory()?;
    session
        .run("mod run threads")?
        .prints("the squares of 1 to 3 are 14")?
        .prints("clock has priority 12")?
        .prints("tick 3")?
        .prints("3 ticks")?
        .prints("exit code 0")?;
    session.uses(before)?;
    Ok(())
}
