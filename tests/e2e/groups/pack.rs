//! `mkmod pack`: a module that GCC has linked runs as before and is smaller.

use std::fs;
use std::path::{Path, PathBuf};

use e2e::{Fixture, c_module, card_with};
use object::{Object, ObjectSegment};
use setup::process;

use super::{TestResult, Tests};

pub const TESTS: Tests = &[
    ("a_packed_program_does_the_same", |fixture| same_program(fixture, c_module::build)),
    ("so_does_one_that_was_linked_as_usual", |fixture| same_program(fixture, c_module::build_as_usual)),
    ("a_packed_library_does_the_same", library),
];

type Build = fn(&Fixture, &Path, &Path) -> Result<(), process::Error>;

fn same_program(fixture: &Fixture, build: Build) -> TestResult {
    let folder = tempfile::tempdir()?;
    let (before, after) = both(fixture, folder.path(), "tables", build)?;
    let mut session = fixture.boot_with(&card_with(&[before, after])?)?;
    let unpacked = session.run("mod run before red green")?.prints("seen 9, not seen 0")?.prints("exit code")?;
    let packed = session.run("mod run after red green")?;
    if unpacked.text() != packed.text() {
        return Err(packed.failed("the packed program prints something else").into());
    }
    let used = session.settled_memory()?;
    session.start("after blue", "seen 8")?.prints("blue has 4 letters")?;
    session.uses(used)?;
    Ok(())
}

fn library(fixture: &Fixture) -> TestResult {
    let folder = tempfile::tempdir()?;
    let (before, after) = both(fixture, folder.path(), "counter", c_module::build_library)?;
    let count = folder.path().join("count.mo");
    c_module::build(fixture, &fixture.source("tests/c/count.c"), &count)?;
    let mut session = fixture.boot_with(&card_with(&[before, after, count])?)?;
    for library in ["/before.mo", "/after.mo"] {
        let printed = session.run(&format!("mod run count {library}"))?;
        printed.prints("counter_step(2)")?.prints("counted to 101")?.prints("exit code 0")?;
    }
    Ok(())
}

/// Builds a C source to `before.mo` and packs it to `after.mo`. Both must pass the check, and the second must be smaller.
fn both(
    fixture: &Fixture,
    folder: &Path,
    source: &str,
    build: Build,
) -> Result<(PathBuf, PathBuf), Box<dyn std::error::Error>> {
    let (before, after) = (folder.join("before.mo"), folder.join("after.mo"));
    build(fixture, &fixture.source("tests/c").join(source).with_extension("c"), &before)?;
    process::run(fixture.mkmod.command().arg("pack").arg(&before).arg("-o").arg(&after))?;
    for module in [&before, &after] {
        process::run(fixture.mkmod.command().arg("check").arg(module).arg("--kernel").arg(&fixture.firmware.elf))?;
    }
    let (large, small) = (size_of(&before)?, size_of(&after)?);
    println!("{source}: file and image of {large:?} bytes become {small:?}");
    if small.0 >= large.0 || small.1 >= large.1 {
        return Err(format!("{source} did not become smaller").into());
    }
    Ok((before, after))
}

/// The sizes of the file and of its image in bytes.
fn size_of(module: &Path) -> Result<(usize, u64), Box<dyn std::error::Error>> {
    let bytes = fs::read(module)?;
    let file = object::File::parse(&*bytes)?;
    let start = file.segments().map(|segment| segment.address()).min().unwrap_or_default();
    let end = file.segments().map(|segment| segment.address() + segment.size()).max().unwrap_or_default();
    Ok((bytes.len(), end - start))
}
