//! Futures: what they wait for, and how they end.

use std::io::Write;

use super::world::World;
use super::{TestResult, Tests};

pub const TESTS: Tests = &[
    ("futures_run_side_by_side", side_by_side),
    ("timers_of_embassy_run", embassy),
    ("an_interrupt_wakes_a_future", interrupt),
    ("futures_that_are_pending_end_with_the_module", pending),
];

fn side_by_side(world: &World) -> TestResult {
    let mut session = world.boot()?;
    let before = session.settled_memory()?;
    session
        .run("mod run async")?
        .prints("ping 1\npong 1\nping 2\npong 2\nping 3\npong 3\n6 strokes\na third player: timed out\nexit code 0")?;
    session.uses(before)?;
    Ok(())
}

fn embassy(world: &World) -> TestResult {
    let mut session = world.boot()?;
    let before = session.settled_memory()?;
    session.run("mod run embassy")?.prints("tick 1\ntick 2\ntick 3\ntoo late\nexit code 0")?;
    session.uses(before)?;
    Ok(())
}

fn interrupt(world: &World) -> TestResult {
    let (mut session, wires) = world.boot_wired()?;
    let before = session.settled_memory()?;
    let mut port = wires.serial()?;
    session.start("awaits", "listening")?;
    for turn in 1..=3 {
        port.write_all(b"x")?;
        session.hears(&format!("{turn}: 1 bytes"))?;
    }
    session.uses(before)?;
    Ok(())
}

fn pending(world: &World) -> TestResult {
    let mut session = world.boot()?;
    let before = session.settled_memory()?;
    for _ in 0..2 {
        session.run("mod run pending")?.prints("Error: TimedOut\nexit code 1")?;
        session.run("mod run pending exit")?.prints("exit code 3")?;
        session.run("mod run pending panic")?.prints("in a future\nexit code 101")?;
    }
    session.uses(before)?;
    Ok(())
}
