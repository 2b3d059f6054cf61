//! Images in a heap of their own, on a board that has one in another RAM.

use e2e::Fixture;

use super::{TestResult, Tests};

pub const TESTS: Tests = &[("images_are_in_the_heap_that_the_firmware_names", own_heap)];

/// That heap is at 0x20200000.
fn own_heap(fixture: &Fixture) -> TestResult {
    let mut session = fixture.boot()?;
    session.run("mod run status 7")?.prints("exit code 7")?;
    let before = session.settled_memory()?;
    session.run("mod load greeter")?.prints("greeter.mo: loaded")?;
    session.run("mod info greeter")?.prints("bytes at 0x2020")?;
    session.run("greet Ada")?.prints("Hello, Ada!")?;
    session.run("mod unload greeter")?.prints_nothing()?;
    session.uses(before)?;
    session.run("mod run plugin library.mo crc32 123456789")?.prints("crc32: cbf43926")?;
    session.run("mod run panic")?.prints("exit code 101")?;
    session.uses(before)?;
    // Its image is larger than that heap.
    session.run("mod run heap")?.prints("sum: 385")?;
    session.uses(before)?;
    Ok(())
}
