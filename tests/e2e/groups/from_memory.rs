//! Modules that are loaded from elsewhere than a card: from bytes in memory, and from a romfs.

use std::error::Error;

use e2e::{Fixture, Session};
use qemu::Machine;

use super::{TestResult, Tests};

pub const TESTS: Tests = &[
    ("a_program_runs_from_bytes_that_are_gone", program),
    ("a_library_is_loaded_from_bytes_that_are_gone", library),
    ("bytes_that_are_no_module_are_refused", refused),
    ("a_program_runs_from_a_romfs", romfs),
];

fn boot(fixture: &Fixture) -> Result<Session, Box<dyn Error>> {
    let command = fixture.source("tests/firmware/commands/memory.c");
    let elf = firmware::build_with(fixture.board, "rtthread-memory.elf", &[command])?.elf;
    Ok(Session::boot(&Machine::new(fixture.board, &elf, fixture.card()))?)
}

fn program(fixture: &Fixture) -> TestResult {
    let mut session = boot(fixture)?;
    session.start("run_bytes /hello.mo", "Hello from Rust on RT-Thread!\n")?;
    let before = session.settled_memory()?;
    session.start("run_bytes /hello.mo \"bytes a b\"", "argument 2: b")?;
    session.uses(before)?;
    // A resident module stays, under the name that it was given.
    session.run("run_bytes /greeter.mo")?.prints("bytes: loaded, until `mod unload bytes`")?;
    session.run("greet Ada")?.prints("Hello, Ada!")?;
    session.run("mod unload bytes")?.prints_nothing()?;
    session.uses(before)?;
    Ok(())
}

fn library(fixture: &Fixture) -> TestResult {
    let mut session = boot(fixture)?;
    session.run("call_bytes /library.mo crc32")?.prints("crc32: cbf43926")?;
    let before = session.settled_memory()?;
    session.run("call_bytes /library.mo adler32")?.prints("adler32: 091e01de")?;
    session.uses(before)?;
    Ok(())
}

fn refused(fixture: &Fixture) -> TestResult {
    let mut session = boot(fixture)?;
    session.run("run_bytes /missing.mo")?.prints("bytes: the kernel does not export no_such_function")?;
    let before = session.settled_memory()?;
    session.run("run_bytes /missing.mo")?.prints("bytes: the kernel does not export no_such_function")?;
    session.run("call_bytes /missing.mo crc32")?.prints("refused\n")?;
    session.run("call_bytes /hello.mo crc32")?.prints("no function crc32\n")?;
    session.uses(before)?;
    Ok(())
}

fn romfs(fixture: &Fixture) -> TestResult {
    let mut session = boot(fixture)?;
    session.run("rom /hello.mo")?.prints_nothing()?;
    session.run("mod run /rom/hello.mo a")?.prints("Hello from Rust on RT-Thread!\n")?.prints("exit code 0")?;
    let before = session.settled_memory()?;
    session.run("mod run /rom/hello.mo a")?.prints("argument 1: a")?.prints("exit code 0")?;
    session.uses(before)?;
    Ok(())
}
