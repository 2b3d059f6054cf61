//! What threads share and wait for.

use super::world::World;
use super::{TestResult, Tests};

pub const TESTS: Tests = &[("permits_are_taken_and_given", semaphore)];

fn semaphore(world: &World) -> TestResult {
    let mut session = world.boot()?;
    let before = session.settled_memory()?;
    session
        .run("mod run semaphore")?
        .prints("0 permits left")?
        .prints("a third one: timed out")?
        .prints("1 permit left")?
        .prints("exit code 0")?;
    session.uses(before)?;
    Ok(())
}
