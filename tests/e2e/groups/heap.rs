//! Modules that allocate from the kernel's heap.

use e2e::Fixture;

use super::{TestResult, Tests};

pub const TESTS: Tests = &[
    ("a_program_allocates_from_the_kernels_heap", kheap),
    ("blocks_are_given_back_whatever_the_end", ends),
    ("a_full_heap_is_told_by_its_name", full),
    ("the_arena_has_figures", arena),
    ("an_arena_that_is_too_small_is_told_by_its_option", full_arena),
];

fn kheap(fixture: &Fixture) -> TestResult {
    let mut session = fixture.boot()?;
    let before = session.settled_memory()?;
    for _ in 0..2 {
        session
            .run("mod run kheap")?
            .prints("0 bytes used\n400 bytes used for 100 squares\n")?
            .prints("not all of the heap is free\n0 bytes used\n")?
            .prints("exit code 0")?;
        session.uses(before)?;
    }
    Ok(())
}

fn ends(fixture: &Fixture) -> TestResult {
    let mut session = fixture.boot()?;
    let before = session.settled_memory()?;
    for _ in 0..2 {
        session.run("mod run holder exit")?.prints("50 blocks, aligned")?.prints("exit code 3")?;
        session.uses(before)?;
        session.run("mod run holder panic")?.prints("with blocks in hand")?.prints("exit code 101")?;
        session.uses(before)?;
    }
    Ok(())
}

fn full(fixture: &Fixture) -> TestResult {
    let mut session = fixture.boot()?;
    let before = session.settled_memory()?;
    for _ in 0..2 {
        session
            .run("mod run holder fill")?
            .prints("out of memory: 1000 bytes; the kernel's heap has no free block of this size")?
            .prints("exit code 101")?;
        session.uses(before)?;
    }
    session.run("mod run heap")?.prints("exit code 0")?;
    Ok(())
}

fn full_arena(fixture: &Fixture) -> TestResult {
    let mut session = fixture.boot()?;
    let before = session.settled_memory()?;
    for _ in 0..2 {
        session
            .run("mod run ends fill")?
            .prints("out of memory: 5000 bytes; the heap is 2048 bytes, as its option `heap` says")?
            .prints("exit code 101")?;
        session.uses(before)?;
    }
    Ok(())
}

fn arena(fixture: &Fixture) -> TestResult {
    let mut session = fixture.boot()?;
    session.run("mod run filer arena")?.prints("of 24576 bytes are used")?.prints("exit code 0")?;
    Ok(())
}
