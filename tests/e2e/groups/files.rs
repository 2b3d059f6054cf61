//! Files and directories on a FAT card, and where FAT and the kernel differ from `std`.

use e2e::{Fixture, card_with};

use super::{TestResult, Tests};

pub const TESTS: Tests = &[
    ("a_program_keeps_files_and_folders", files),
    ("files_are_shown_and_missing_ones_told", show),
    ("fats_own_ways_are_levelled", edges),
    ("files_are_closed_and_written_when_a_module_ends", ends),
    ("threads_are_stopped_while_they_use_files", busy),
    ("too_many_open_files_are_an_error", many),
    ("a_full_card_is_an_error", full),
];

fn files(fixture: &Fixture) -> TestResult {
    let mut session = fixture.boot()?;
    session.run("mod run files")?.prints("exit code 0")?;
    let before = session.settled_memory()?;
    session
        .run("mod run files")?
        .prints("1. bread\n2. milk\n3. 6 apples\n")?
        .prints("folder 2026 of 0 bytes\n")?
        .prints("file old list.txt of 20 bytes\n")?
        .prints("still there: false\n")?
        .prints("exit code 0")?;
    session.uses(before)?;
    Ok(())
}

fn show(fixture: &Fixture) -> TestResult {
    let mut card = card_with(&fixture.modules)?;
    card.put("text/a long name.txt", b"first\nsecond\n".to_vec());
    let mut session = fixture.boot_with(&card)?;
    let before = session.settled_memory()?;
    session.run("mod run show \"text/a long name.txt\"")?.prints("first\nsecond\n")?.prints("exit code 0")?;
    session
        .run("mod run show none text a*b none/file TEXT/A")?
        .prints("none: not found\n")?
        .prints("text: is a directory\n")?
        .prints("a*b: invalid file name\n")?
        .prints("none/file: not found\n")?
        .prints("TEXT/A: not found\n")?
        .prints("exit code 1")?;
    session.run("cd text")?.prints_nothing()?;
    session.run("mod run /show.mo \"A LONG NAME.TXT\"")?.prints("second\n")?;
    session.uses(before)?;
    Ok(())
}

fn edges(fixture: &Fixture) -> TestResult {
    let mut session = fixture.boot()?;
    session.run("mod run filer edges")?.prints("as it should be")?.prints("exit code 0")?;
    let before = session.settled_memory()?;
    session.run("mod run filer edges")?.prints("as it should be")?.prints("exit code 0")?;
    session.uses(before)?;
    Ok(())
}

fn ends(fixture: &Fixture) -> TestResult {
    let mut session = fixture.boot()?;
    session.run("mod run filer exit")?.prints("exit code 3")?;
    let before = session.settled_memory()?;
    for end in ["exit 3", "panic 101", "exit 3", "panic 101"] {
        let (way, code) = end.split_once(' ').unwrap_or_default();
        session.run(&format!("mod run filer {way}"))?.prints(&format!("exit code {code}"))?;
        session.run("cat /open0.txt")?.prints("written before the end")?;
        session.run("mod run filer remove")?.prints("exit code 0")?;
        session.uses(before)?;
    }
    Ok(())
}

/// A thread that ends in a file operation must not keep the file system's lock.
fn busy(fixture: &Fixture) -> TestResult {
    let mut session = fixture.boot()?;
    session.run("mod run files")?.prints("exit code 0")?;
    session.run("mod run filer busy")?.prints("exit code 5")?;
    let before = session.settled_memory()?;
    for _ in 0..3 {
        session.run("mod run filer busy")?.prints("exit code 5")?;
        session.run("mod run files")?.prints("still there: false")?;
        session.uses(before)?;
    }
    Ok(())
}

fn many(fixture: &Fixture) -> TestResult {
    let mut session = fixture.boot()?;
    session.run("mod run filer many")?.prints("too many open files")?.prints("exit code 0")?;
    let before = session.settled_memory()?;
    session.run("mod run filer many")?.prints("too many open files")?.prints("exit code 0")?;
    session.uses(before)?;
    session.run("mod run status 7")?.prints("exit code 7")?;
    Ok(())
}

fn full(fixture: &Fixture) -> TestResult {
    let mut session = fixture.boot()?;
    session.run("mod run filer full")?.prints("no space left on the volume")?.prints("exit code 0")?;
    let before = session.settled_memory()?;
    session.run("mod run filer full")?.prints("no space left on the volume")?.prints("exit code 0")?;
    session.uses(before)?;
    session.run("mod run files")?.prints("3. 6 apples")?;
    Ok(())
}
