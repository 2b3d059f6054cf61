//! Modules for other processors: `mkmod check` and the kernel agree about them.

use std::fs;

use e2e::{Fixture, c_module, card_with};
use firmware::BOARDS;
use setup::{Need, process};

use super::{TestResult, Tests};

pub const TESTS: Tests = &[("modules_for_other_processors_are_refused", others)];

pub const THUMB_TESTS: Tests = &[("a_module_in_thumb_state_runs", thumb)];

/// Runs `hello`, built for the target of each board.
fn others(fixture: &Fixture) -> TestResult {
    let mut card = card_with(&fixture.modules)?;
    let mut refused = Vec::new();
    let mut accepted = Vec::new();
    let folder = tempfile::tempdir()?;
    for (index, target) in targets().into_iter().enumerate() {
        setup::ensure(&[Need::RustTarget(target)])?;
        let modules = fixture.mkmod.build_some(&fixture.source("examples"), target, &["hello"])?;
        let hello = modules.first().ok_or("there is no `hello`")?;
        let module = folder.path().join(format!("hello{index}.mo"));
        fs::copy(hello, &module)?;
        card.put_file(&module)?;
        let mut check = fixture.mkmod.command();
        let passes = process::output(check.arg("check").arg(&module).arg("--kernel").arg(&fixture.firmware.elf))?;
        let name = format!("hello{index}");
        if passes.status.success() { accepted.push(name) } else { refused.push(name) }
    }
    if refused.is_empty() {
        return Err("`mkmod check` passes them all".into());
    }
    let mut session = fixture.boot_with(&card)?;
    session.run("mod run hello")?.prints("exit code 0")?;
    let before = session.settled_memory()?;
    for name in &refused {
        session.run(&format!("mod run {name}"))?.prints("built for")?.prints_no("exit code")?;
    }
    for name in &accepted {
        session.run(&format!("mod run {name}"))?.prints("exit code 0")?;
    }
    session.uses(before)?;
    Ok(())
}

/// A kernel in ARM state runs it too.
fn thumb(fixture: &Fixture) -> TestResult {
    let folder = tempfile::tempdir()?;
    let module = folder.path().join("thumb.mo");
    c_module::build_thumb(fixture, &fixture.source("tests/c/tables.c"), &module)?;
    let mut session = fixture.boot_with(&card_with(&[module])?)?;
    session.run("mod run thumb red green")?.prints("seen 9, not seen 0")?.prints("exit code")?;
    let before = session.settled_memory()?;
    session.start("thumb blue", "blue has 4 letters")?;
    session.uses(before)?;
    Ok(())
}

/// The targets of all boards, each once.
fn targets() -> Vec<&'static str> {
    let mut targets: Vec<_> = BOARDS.iter().map(|board| board.target).collect();
    targets.sort_unstable();
    targets.dedup();
    targets
}
