//! The console of the tests themselves: it must notice when a kernel stops.

use std::path::{Path, PathBuf};
use std::time::Duration;

use e2e::{Fixture, c_module};
use firmware::Card;
use qemu::{Console, Error, Machine};

use super::{TestResult, Tests};

pub const TESTS: Tests = &[
    ("a_fault_is_seen", fault),
    ("a_command_that_does_not_come_back_is_seen", hang),
    ("a_long_line_is_refused", long_line),
];

/// The kernel prints a fault within this time, even on a busy machine.
const FAULT_LIMIT: Duration = Duration::from_secs(180);

/// The test of a hang takes this long.
const HANG_LIMIT: Duration = Duration::from_secs(3);

fn fault(fixture: &Fixture) -> TestResult {
    match outcome_of(fixture, "fault.c", "fault", FAULT_LIMIT)? {
        Err(Error::Fault(_, line)) if ["fault", "prefetch abort"].iter().any(|word| line.contains(word)) => Ok(()),
        other => Err(format!("instead of a fault: {other:?}").into()),
    }
}

fn hang(fixture: &Fixture) -> TestResult {
    match outcome_of(fixture, "spin.c", "mod run spin", HANG_LIMIT)? {
        Err(Error::Hang(..)) => Ok(()),
        other => Err(format!("instead of a hang: {other:?}").into()),
    }
}

fn long_line(fixture: &Fixture) -> TestResult {
    match outcome_of(fixture, "spin.c", &"x".repeat(128), HANG_LIMIT)? {
        Err(Error::TooLong(_, 128)) => Ok(()),
        other => Err(format!("instead of a refusal: {other:?}").into()),
    }
}

/// The result of `command` on a machine whose card has this C program.
fn outcome_of(
    fixture: &Fixture,
    source: &str,
    command: &str,
    limit: Duration,
) -> Result<Result<String, Error>, Box<dyn std::error::Error>> {
    let folder = tempfile::tempdir()?;
    let mut console = Console::start(&machine_with(fixture, source, folder.path())?)?;
    console.wait_for_boot()?;
    Ok(console.command(command, limit))
}

fn machine_with(fixture: &Fixture, source: &str, folder: &Path) -> Result<Machine, Box<dyn std::error::Error>> {
    let module: PathBuf = folder.join(source).with_extension("mo");
    c_module::build(fixture, &fixture.source("tests/c").join(source), &module)?;
    let mut card = Card::default();
    card.put_file(&module)?;
    let image = folder.join("card.img");
    card.write_image(&image)?;
    Ok(Machine::new(fixture.board, &fixture.firmware.elf, &image))
}
