//! Files that a terminal program sends by YMODEM while the kernel runs.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use e2e::{Fixture, c_module, card_with};

use super::{TestResult, Tests};

pub const TESTS: Tests = &[
    ("the_next_run_is_the_new_version_and_the_old_one_goes_on", new_version),
    ("what_would_not_load_does_not_replace_what_does", refused),
    ("files_of_any_size_arrive_as_they_are", sizes),
];

fn new_version(fixture: &Fixture) -> TestResult {
    let folder = tempfile::tempdir()?;
    let first = edition(fixture, folder.path(), 1)?;
    let second = edition(fixture, folder.path(), 2)?;
    let mut card = card_with(&fixture.modules)?;
    card.put("edition.mo", first);
    let mut session = fixture.boot_with(&card)?;
    session.run("mod run hello")?.prints("exit code 0")?;
    let before = session.settled_memory()?;

    session.start("edition", "edition 1 begins")?;
    session.send("/edition.mo", &second)?;
    session.start("edition", "edition 2 begins")?.prints_no("edition 1")?;
    session.run("mod list")?.prints("edition")?;
    session.start("echo now /stop", "edition 1 ends")?;
    session.uses(before)?;
    session.run("mod run edition")?.prints("edition 2 ends")?.prints("exit code 2")?;
    session.run("ls")?.prints("edition.mo")?.prints_no(".part")?;
    session.uses(before)?;
    Ok(())
}

/// A damaged module, and one with an import that the kernel lacks.
fn refused(fixture: &Fixture) -> TestResult {
    let mut session = fixture.boot()?;
    session.run("mod run status 7")?.prints("exit code 7")?;
    let before = session.settled_memory()?;
    let whole = fs::read(fixture.module("hello")?)?;
    let missing = fs::read(fixture.module("missing")?)?;
    for (bytes, reason) in [(&whole[..whole.len() / 2], "cut off"), (&missing, "no_such_function")] {
        match session.send("/status.mo", bytes) {
            Err(said) if said.contains(reason) => {}
            other => return Err(format!("instead of `{reason}`: {other:?}").into()),
        }
        session.run("mod run status 7")?.prints("exit code 7")?;
    }
    session.run("ls")?.prints("status.mo")?.prints_no(".part")?;
    session.uses(before)?;
    Ok(())
}

/// Sizes around that of a block, and a larger one.
fn sizes(fixture: &Fixture) -> TestResult {
    let mut session = fixture.boot()?;
    for size in [1, 127, 128, 129, 20_000] {
        let said = session.send("/data", &vec![b'x'; size])?;
        if said != format!("received /data, {size} bytes") {
            return Err(format!("the kernel printed `{said}`").into());
        }
        let listed = session.run("ls /")?;
        if listed.line_of("data")?.get(1) != Some(&size.to_string()) {
            return Err(listed.failed(&format!("the file does not have {size} bytes")).into());
        }
    }
    Ok(())
}

fn edition(fixture: &Fixture, folder: &Path, number: u32) -> Result<Vec<u8>, Box<dyn Error>> {
    let module: PathBuf = folder.join(format!("edition{number}.mo"));
    let source = fixture.source("tests/c/edition.c");
    c_module::build_with(fixture, &format!("-DEDITION={number}"), &source, &module)?;
    Ok(fs::read(module)?)
}
