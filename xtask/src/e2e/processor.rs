//! Modules for other processors: `mkmod check` and the kernel are of one mind about them.

use std::fs;

use super::world::{World, card_with};
use super::{TestResult, Tests};
use crate::board::BOARDS;
use crate::process;
use crate::workspace;

pub const TESTS: Tests = &[("modules_for_other_processors_are_refused", others)];

/// Runs `hello` as it is built for each of the boards.
fn others(world: &World) -> TestResult {
    let mut card = card_with(&world.modules)?;
    let mut refused = Vec::new();
    let mut accepted = Vec::new();
    let folder = tempfile::tempdir()?;
    for (index, target) in targets().into_iter().enumerate() {
        let modules = world.mkmod.build_modules(&workspace::root().join("examples"), target)?;
        let hello = modules.iter().find(|module| module.ends_with("hello.mo")).ok_or("there is no `hello`")?;
        let module = folder.path().join(format!("hello{index}.mo"));
        fs::copy(hello, &module)?;
        card.put_file(&module)?;
        let mut check = world.mkmod.command();
        let passes = process::output(check.arg("check").arg(&module).arg("--kernel").arg(&world.firmware.elf))?;
        let name = format!("hello{index}");
        if passes.status.success() { accepted.push(name) } else { refused.push(name) }
    }
    if refused.is_empty() {
        return Err("`mkmod check` passes them all".into());
    }
    let mut session = world.boot_with(&card)?;
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

/// Each once.
fn targets() -> Vec<&'static str> {
    let mut targets: Vec<_> = BOARDS.iter().map(|board| board.target).collect();
    targets.sort_unstable();
    targets.dedup();
    targets
}
