//! Futures: what wakes them, and how they end with their module.

use std::io::Write;

use e2e::Fixture;

use super::{TestResult, Tests};

pub const TESTS: Tests = &[
    ("futures_run_side_by_side", side_by_side),
    ("timers_of_embassy_run", embassy),
    ("an_interrupt_wakes_a_future", interrupt),
    ("a_line_or_a_time_is_awaited", select),
    ("futures_that_are_pending_end_with_the_module", pending),
];

/// What also runs where the other tests of the group do not.
pub const SIDE_BY_SIDE_TESTS: Tests = &[("futures_run_side_by_side", side_by_side)];

fn side_by_side(fixture: &Fixture) -> TestResult {
    let mut session = fixture.boot()?;
    let before = session.settled_memory()?;
    session
        .run("mod run async")?
        .prints("ping 1\npong 1\nping 2\npong 2\nping 3\npong 3\n6 strokes\na third player: timed out\nexit code 0")?;
    session.uses(before)?;
    Ok(())
}

fn embassy(fixture: &Fixture) -> TestResult {
    let mut session = fixture.boot()?;
    let before = session.settled_memory()?;
    session.run("mod run embassy")?.prints("tick 1\ntick 2\ntick 3\ntoo late\nexit code 0")?;
    session.uses(before)?;
    Ok(())
}

fn interrupt(fixture: &Fixture) -> TestResult {
    let (mut session, sockets) = fixture.boot_with_sockets()?;
    let before = session.settled_memory()?;
    let mut port = sockets.serial()?;
    session.start("awaits", "listening")?;
    for turn in 1..=3 {
        port.write_all(b"x")?;
        session.hears(&format!("{turn}: 1 bytes"))?;
    }
    session.uses(before)?;
    Ok(())
}

fn select(fixture: &Fixture) -> TestResult {
    let (mut session, sockets) = fixture.boot_with_sockets()?;
    let before = session.settled_memory()?;
    let mut port = sockets.serial()?;
    session.start("listen", "nothing for half a second")?;
    port.write_all(b"a line\n")?;
    session.hears("\"a line\"")?;
    session.hears("nothing for half a second")?;
    port.write_all(b"quit\n")?;
    session.uses(before)?;
    Ok(())
}

fn pending(fixture: &Fixture) -> TestResult {
    let mut session = fixture.boot()?;
    let before = session.settled_memory()?;
    for _ in 0..2 {
        session.run("mod run pending")?.prints("Error: TimedOut\nexit code 1")?;
        session.run("mod run pending exit")?.prints("exit code 3")?;
        session.run("mod run pending panic")?.prints("in a future\nexit code 101")?;
    }
    session.uses(before)?;
    Ok(())
}
