//! Resident modules, and modules that start at boot.

use std::fs;

use e2e::{Fixture, Session};
use firmware::Card;

use super::{TestResult, Tests};

pub const TESTS: Tests = &[
    ("a_resident_module_stays_until_it_is_unloaded", stays),
    ("its_name_and_mod_run_load_it_too", by_name),
    ("there_is_one_of_a_name_at_a_time", twice),
    ("an_init_that_fails_leaves_nothing", |fixture| {
        not_loaded(fixture, "refuses", "Error: \"no sensor\"", "has ended the module with 1")
    }),
    ("an_init_that_panics_leaves_nothing", |fixture| {
        not_loaded(fixture, "panics", "no sensor", "has ended the module with 101")
    }),
    ("its_threads_go_with_it", threads),
    ("a_panic_in_its_thread_ends_it", |fixture| thread_panics(fixture, "crash")),
    ("a_panic_in_its_thread_frees_the_shell", |fixture| thread_panics(fixture, "stuck")),
    ("a_resident_module_is_no_library", not_a_library),
    ("what_cannot_be_loaded_or_unloaded_is_told", refused),
    ("modules_start_at_boot_in_the_order_of_their_names", at_boot),
];

/// What also runs where the other tests of the group do not.
pub const STAY_TESTS: Tests = &[("a_resident_module_stays_until_it_is_unloaded", stays)];

fn stays(fixture: &Fixture) -> TestResult {
    let mut session = fixture.boot()?;
    let before = session.settled_memory()?;
    for _ in 0..2 {
        session.run("mod load greeter")?.prints("greeter.mo: loaded, until `mod unload greeter`")?;
        session.run("mod list")?.prints("greeter resident")?.prints("greets by name")?;
        session.run("greet Ada Bob")?.prints("Hello, Ada!")?.prints("Hello, Bob!")?;
        session.run("mod unload greeter")?.prints_nothing()?;
        session.lists_no("mod list", "greeter")?;
        session.run("greet Ada")?.prints("command not found")?;
        session.uses(before)?;
    }
    Ok(())
}

fn by_name(fixture: &Fixture) -> TestResult {
    let mut session = fixture.boot()?;
    let before = session.settled_memory()?;
    for command in ["greeter", "./greeter.mo", "mod run greeter", "mod load greeter.mo"] {
        session.run(command)?.prints("loaded, until `mod unload greeter`")?.prints_no("exit code")?;
        session.run("mod unload greeter.mo")?.prints_nothing()?;
        session.uses(before)?;
    }
    Ok(())
}

fn twice(fixture: &Fixture) -> TestResult {
    let mut session = fixture.boot()?;
    let before = session.settled_memory()?;
    session.run("mod load greeter")?.prints("loaded")?;
    let loaded = session.settled_memory()?;
    for command in ["mod load greeter", "greeter"] {
        session.run(command)?.prints("greeter.mo: a resident module of this name is loaded already")?;
    }
    session.uses(loaded)?;
    session.run("mod unload greeter")?.prints_nothing()?;
    session.uses(before)?;
    Ok(())
}

fn not_loaded(fixture: &Fixture, module: &str, said: &str, reason: &str) -> TestResult {
    let mut session = fixture.boot()?;
    let before = session.settled_memory()?;
    for command in ["mod load", "mod run"] {
        let reason = format!("{module}.mo: its init {reason}; it is not loaded");
        session.run(&format!("{command} {module}"))?.prints(said)?.prints(&reason)?;
        nothing_is_left(&mut session, module, before)?;
    }
    session.start(module, "it is not loaded")?;
    nothing_is_left(&mut session, module, before)
}

/// Fails if the module is there, or the command that it registered before it failed.
fn nothing_is_left(session: &mut Session, module: &str, before: usize) -> TestResult {
    session.run("left")?.prints("command not found")?;
    session.uses(before)?;
    session.lists_no("mod list", module)?;
    Ok(())
}

fn threads(fixture: &Fixture) -> TestResult {
    let mut session = fixture.boot()?;
    let before = session.settled_memory()?;
    for _ in 0..2 {
        session.run("worker")?.prints("loaded")?;
        let list = session.run("mod list")?;
        let [_, state, _, _, _, threads, ..] = &list.line_of("worker")?[..] else {
            return Err(list.failed("the line of `worker` is too short").into());
        };
        if (state.as_str(), threads.as_str()) != ("resident", "1") {
            return Err(list.failed("`worker` is resident, and has one thread").into());
        }
        session.run("mod unload worker")?.prints_nothing()?;
        session.uses(before)?;
    }
    Ok(())
}

/// The shell is in one of the module's commands meanwhile.
fn thread_panics(fixture: &Fixture, command: &str) -> TestResult {
    let mut session = fixture.boot()?;
    let before = session.settled_memory()?;
    for _ in 0..2 {
        session.run("worker")?.prints("loaded")?;
        session.start(command, "told to")?.prints("panicked at")?.prints_no("after a minute")?;
        session.uses(before)?;
        session.lists_no("mod list", "worker")?;
    }
    Ok(())
}

fn not_a_library(fixture: &Fixture) -> TestResult {
    let mut session = fixture.boot()?;
    let before = session.settled_memory()?;
    session.run("mod run plugin greeter.mo greet a")?.prints("is a resident module, and no library")?;
    session.uses(before)?;
    Ok(())
}

fn refused(fixture: &Fixture) -> TestResult {
    let mut session = fixture.boot()?;
    let before = session.settled_memory()?;
    session.run("mod load hello")?.prints("hello.mo: is a program: `mod run` runs it")?;
    session.run("mod load library")?.prints("library.mo: has no main: it is a library")?;
    session.run("mod load nowhere")?.prints("mod: no file nowhere.mo here or in /bin")?;
    session.run("mod unload nowhere")?.prints("nowhere: no module has this name; see `mod list`")?;
    session.run("mod load")?.prints("mod load    FILE")?;
    session.uses(before)?;
    Ok(())
}

/// The card has modules that start at boot, one that does not, and damaged ones.
fn at_boot(fixture: &Fixture) -> TestResult {
    let demo = fs::read(fixture.module("demo")?)?;
    let mut card = Card::default();
    card.put("autostart/1-first.mo", demo.clone());
    card.put("autostart/2-cut.mo", demo[..demo.len() / 2].to_vec());
    card.put("autostart/3-text.mo", b"not a module\n".to_vec());
    card.put("autostart/4-last.mo", demo.clone());
    card.put("autostart/5-no.mo", fs::read(fixture.module("hello")?)?);
    card.put("autostart/notes.txt", b"what starts at boot\n".to_vec());
    card.put("demo.mo", demo);
    let mut session = fixture.boot_with(&card)?;
    session.run("mod run demo")?.prints("exit code 0")?;
    let damaged =
        ["2-cut.mo: cut off: the file ends too early", "3-text.mo: damaged, not started; run `mkmod check` on it"];
    let boot = session.so_far().prints_in_order(&damaged)?;
    boot.prints_in_order(&["parameter 0: 1-first", "parameter 0: 4-last"])?.prints_no("Hello from Rust")?;

    let before = session.settled_memory()?;
    let list = session.run("mod auto")?;
    list.prints_in_order(&["1-first.mo", "4-last.mo"])?.prints_no("5-no")?.prints_no("notes")?;
    session.start("mod auto start", "parameter 0: 4-last")?.prints("parameter 0: 1-first")?;
    session.uses(before)?;
    Ok(())
}
