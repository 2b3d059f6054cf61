//! Modules that call functions of other modules, from Rust and from C, and what is left when a call fails.

use e2e::{Fixture, Session, c_module, card_with};

use super::{TestResult, Tests};

pub const TESTS: Tests = &[
    ("a_program_calls_a_library", called_from_rust),
    ("a_c_program_calls_a_library", called_from_c),
    ("a_function_of_another_type_is_refused", types),
    ("a_missing_file_and_a_missing_function_are_told", missing),
    ("a_library_is_not_run", not_run),
    ("a_library_allocates_from_its_own_heap", heap),
    ("a_library_that_is_dropped_stays_while_its_code_is_in_use", lingers),
    ("a_panic_in_a_library_ends_its_caller", |fixture| caller_ends(fixture, "panic", "exit code 101")),
    ("an_exit_in_a_library_ends_its_caller", |fixture| caller_ends(fixture, "leave", "exit code 3")),
];

/// What also runs where the other tests of the group do not.
pub const CALL_TESTS: Tests = &[("a_program_calls_a_library", called_from_rust)];

fn called_from_rust(fixture: &Fixture) -> TestResult {
    let mut session = fixture.boot()?;
    session.run("mod run plugin library.mo crc32 123456789")?.prints("crc32: cbf43926")?.prints("exit code 0")?;
    let before = session.settled_memory()?;
    session.run("mod run plugin library.mo adler32 123456789")?.prints("adler32: 091e01de")?;
    session.start("plugin /library.mo crc32 abc", "crc32: 352441c2")?;
    session.uses(before)?;
    Ok(())
}

/// Also runs a program that ends without closing the library.
fn called_from_c(fixture: &Fixture) -> TestResult {
    let folder = tempfile::tempdir()?;
    let module = folder.path().join("dlopen.mo");
    c_module::build(fixture, &fixture.source("tests/c/dlopen.c"), &module)?;
    let mut card = card_with(&fixture.modules)?;
    card.put_file(&module)?;
    let mut session = fixture.boot_with(&card)?;
    session
        .run("mod run dlopen")?
        .prints("crc32 cbf43926, adler32 91e01de")?
        .prints("a function that is not there: 0")?
        .prints("/nowhere.mo: no such file")?
        .prints("a file that is not there: 0")?
        .prints("exit code 1")?; // RT_TRUE, from dlclose
    let before = session.settled_memory()?;
    session.run("mod run dlopen and forget")?.prints("crc32 cbf43926")?;
    nothing_is_left(session, before)
}

fn types(fixture: &Fixture) -> TestResult {
    let mut session = fixture.boot()?;
    session.run("mod run opener types")?.prints("exit code 0")?;
    let before = session.settled_memory()?;
    session.run("mod run opener types")?.prints(
        "opened: true\n\
         None\n\
         crc32 is unsafe fn(*const u8, usize) -> u32, not fn(*const u8, usize) -> u32\n\
         Some(OtherType)\n\
         crc32 is unsafe fn(*const u8, usize) -> u32, not unsafe fn(*const i8, usize)\n\
         Some(OtherType)\n\
         Some(NoFunction)\n\
         Some(NoType)\n\
         exit code 0",
    )?;
    nothing_is_left(session, before)
}

fn missing(fixture: &Fixture) -> TestResult {
    let mut session = fixture.boot()?;
    session.run("mod run plugin library.mo crc32 1")?.prints("exit code 0")?;
    let before = session.settled_memory()?;
    session
        .run("mod run plugin nowhere.mo crc32 1")?
        .prints("nowhere.mo, crc32: the file does not exist")?
        .prints("exit code 1")?;
    session.run("mod run plugin library.mo crc64 1")?.prints("the library exports no function of this name")?;
    session
        .run("mod run plugin missing.mo crc32 1")?
        .prints("no_such_function")?
        .prints("missing.mo, crc32: the file cannot be loaded")?;
    nothing_is_left(session, before)
}

fn not_run(fixture: &Fixture) -> TestResult {
    let mut session = fixture.boot()?;
    session.run("mod run library")?.prints("library.mo: has no main: it is a library")?.prints_no("exit code")?;
    let before = session.settled_memory()?;
    session.start("library", "has no main")?;
    nothing_is_left(session, before)
}

fn heap(fixture: &Fixture) -> TestResult {
    let mut session = fixture.boot()?;
    session.run("mod run plugin unruly.mo squares abc")?.prints("squares: 0000000e")?.prints("exit code 0")?;
    let before = session.settled_memory()?;
    session.run("mod run plugin unruly.mo squares abc")?.prints("squares: 0000000e")?;
    nothing_is_left(session, before)
}

/// Its thread and its timer go on after the drop. With the program they end, and so does the library.
fn lingers(fixture: &Fixture) -> TestResult {
    let mut session = fixture.boot()?;
    let expected = "started: Some(1)\nthe library's timer ticks: true\nover: true\nexit code 0";
    session.run("mod run opener linger")?.prints("exit code")?;
    let before = session.settled_memory()?;
    session.run("mod run opener linger")?.prints(expected)?;
    session.lists_no("mod list", "unruly")?;
    nothing_is_left(session, before)
}

fn caller_ends(fixture: &Fixture, function: &str, exit: &str) -> TestResult {
    let mut session = fixture.boot()?;
    let command = format!("mod run plugin unruly.mo {function} abc");
    session.run(&command)?.prints(exit)?;
    let before = session.settled_memory()?;
    session.run(&command)?.prints(exit)?;
    nothing_is_left(session, before)
}

fn nothing_is_left(mut session: Session, before: usize) -> TestResult {
    session.uses(before)?;
    session.lists_no("mod list", "library")?;
    Ok(())
}
