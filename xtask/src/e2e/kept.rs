//! What modules can't take back: an image that something in the kernel still points to stays, until nothing does.

use std::error::Error;

use super::session::Session;
use super::world::{World, card_with};
use super::{TestResult, Tests, c_module};
use crate::firmware;
use crate::qemu::Machine;

pub const TESTS: Tests = &[
    ("an_image_that_a_hook_points_to_is_kept", a_hook_that_is_called),
    ("a_variable_without_a_name_is_found", |world| is_kept(world, "hidden", &["bss+0x"])),
    ("a_device_is_named", |world| is_kept(world, "device", &["probe+0x"])),
    ("libraries_are_kept_with_their_owner", libraries),
];

/// In a firmware with something to leave a pointer in, and a module that does.
fn boot(world: &World) -> Result<Session, Box<dyn Error>> {
    let command = world.source("tests/firmware/commands/hook.c");
    let elf = firmware::build_with(world.board, "rtthread-hook.elf", &[command])?.elf;
    let folder = tempfile::tempdir()?;
    let (module, image) = (folder.path().join("hook.mo"), folder.path().join("card.img"));
    c_module::build(world, &world.source("tests/c/hook.c"), &module)?;
    let mut card = card_with(&world.modules)?;
    card.put_file(&module)?;
    card.write_image(&image)?;
    Ok(Session::boot(&Machine::new(world.board, &elf, &image))?)
}

/// The firmware still calls the module's function, which finds its variables as it left them.
fn a_hook_that_is_called(world: &World) -> TestResult {
    let mut session = boot(world)?;
    session.run("mod run hook nowhere")?.prints("exit code 0")?.prints_no("kept")?;
    let before = session.settled_memory()?;
    session
        .run("mod run hook exported")?
        .prints("hook: kept: firmware_hooks+0x4 (at 0x")?
        .prints("points to its image+0x")?
        .prints("exit code 0")?;
    session.run("mod list")?.prints("hook    kept")?;
    session.run("mod run hello")?.prints("exit code 0")?.prints_no("kept")?;
    session.run("hook")?.prints("the hook's call number 1")?;
    session.run("mod unload hook")?.prints("hook: kept: firmware_hooks+0x4")?;
    session.run("hook")?.prints("the hook's call number 2")?;
    goes_when_cleared(session, before)
}

fn is_kept(world: &World, place: &str, texts: &[&str]) -> TestResult {
    let mut session = boot(world)?;
    session.run("mod run hook nowhere")?.prints("exit code 0")?;
    let before = session.settled_memory()?;
    let mut printed = session.run(&format!("mod run hook {place}"))?.prints("hook: kept: ")?;
    for text in texts {
        printed = printed.prints(text)?;
    }
    goes_when_cleared(session, before)
}

/// What the hook calls may call them.
fn libraries(world: &World) -> TestResult {
    let mut session = boot(world)?;
    session.run("mod run hook nowhere")?.prints("exit code 0")?;
    let before = session.settled_memory()?;
    session.run("mod run hook library")?.prints("hook: kept: ")?;
    session.run("mod list")?.prints("hook    kept")?.prints("library library")?;
    goes_when_cleared(session, before)
}

fn goes_when_cleared(mut session: Session, before: usize) -> TestResult {
    session.run("hook clear")?;
    session.run("mod list")?.prints("hook    kept")?;
    session.run("mod unload hook")?.prints_no("kept:")?;
    session.run("mod list")?.prints_no("hook")?.prints_no("library")?;
    session.uses(before)?;
    Ok(())
}
