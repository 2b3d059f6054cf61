//! Modules that leave a pointer to themselves in the kernel: their image is freed only when the pointer is gone.

use std::error::Error;

use e2e::{Fixture, Session, c_module, card_with};
use qemu::Machine;

use super::{TestResult, Tests};

pub const TESTS: Tests = &[
    ("an_image_that_a_hook_points_to_is_quarantined", a_hook_that_is_called),
    ("a_variable_without_a_name_is_found", |fixture| is_quarantined(fixture, "hidden", &["bss+0x"])),
    ("a_device_is_named", |fixture| is_quarantined(fixture, "device", &["probe+0x"])),
    ("libraries_are_quarantined_with_their_owner", libraries),
];

/// Boots a firmware with places to leave a pointer in, and a card with a module that leaves one.
fn boot(fixture: &Fixture) -> Result<Session, Box<dyn Error>> {
    let command = fixture.source("tests/firmware/commands/hook.c");
    let elf = firmware::build_with(fixture.board, "rtthread-hook.elf", &[command])?.elf;
    let folder = tempfile::tempdir()?;
    let (module, image) = (folder.path().join("hook.mo"), folder.path().join("card.img"));
    c_module::build(fixture, &fixture.source("tests/c/hook.c"), &module)?;
    let mut card = card_with(&fixture.modules)?;
    card.put_file(&module)?;
    card.write_image(&image)?;
    Ok(Session::boot(&Machine::new(fixture.board, &elf, &image))?)
}

/// The firmware calls the module's function after its end, and the function finds its variables unchanged.
fn a_hook_that_is_called(fixture: &Fixture) -> TestResult {
    let mut session = boot(fixture)?;
    session.run("mod run hook nowhere")?.prints("exit code 0")?.prints_no("quarantined")?;
    let before = session.settled_memory()?;
    session
        .run("mod run hook exported")?
        .prints("hook: quarantined: firmware_hooks+0x4 (at 0x")?
        .prints("points to its image+0x")?
        .prints("exit code 0")?;
    session.run("mod list")?.prints("hook    quarantined")?;
    session.run("mod run hello")?.prints("exit code 0")?.prints_no("quarantined")?;
    session.run("hook")?.prints("the hook's call number 1")?;
    session.run("mod unload hook")?.prints("hook: quarantined: firmware_hooks+0x4")?;
    session.run("hook")?.prints("the hook's call number 2")?;
    goes_when_cleared(session, before)
}

fn is_quarantined(fixture: &Fixture, place: &str, texts: &[&str]) -> TestResult {
    let mut session = boot(fixture)?;
    session.run("mod run hook nowhere")?.prints("exit code 0")?;
    let before = session.settled_memory()?;
    let mut printed = session.run(&format!("mod run hook {place}"))?.prints("hook: quarantined: ")?;
    for text in texts {
        printed = printed.prints(text)?;
    }
    goes_when_cleared(session, before)
}

/// The hook's code may call the library, so the library stays too.
fn libraries(fixture: &Fixture) -> TestResult {
    let mut session = boot(fixture)?;
    session.run("mod run hook nowhere")?.prints("exit code 0")?;
    let before = session.settled_memory()?;
    session.run("mod run hook library")?.prints("hook: quarantined: ")?;
    session.run("mod list")?.prints("hook    quarantined")?.prints("library library")?;
    goes_when_cleared(session, before)
}

fn goes_when_cleared(mut session: Session, before: usize) -> TestResult {
    session.run("hook clear")?.prints_nothing()?;
    session.run("mod list")?.prints("hook    quarantined")?;
    session.run("mod unload hook")?.prints_nothing()?;
    session.lists_no("mod list", "hook")?;
    session.lists_no("mod list", "library")?;
    session.uses(before)?;
    Ok(())
}
