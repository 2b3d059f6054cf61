//! Built-in programs: application crates that are linked into the firmware as shell commands.

use std::error::Error;
use std::path::{Path, PathBuf};

use e2e::{Fixture, Session, card_with};
use firmware::Card;
use firmware::{Board, MICROBIT, WITHOUT_MODULES};
use qemu::Machine;
use setup::{process, workspace};

use super::{TestResult, Tests};

pub const TESTS: Tests = &[
    ("programs_in_the_firmware_are_commands", commands),
    ("they_end_as_those_from_a_file_do", ends),
    ("each_run_has_fresh_variables", variables),
    ("a_kernel_without_modules_and_files_runs_them", commands_without_modules),
    ("they_end_without_modules_as_they_do_with_them", ends_without_modules),
    ("mod_without_modules_tells_how_they_ended", mod_without_modules),
    ("a_program_with_a_description_is_a_command", described),
    ("a_program_with_a_description_runs_without_modules", described_without_modules),
    ("a_resident_module_stays_until_it_is_unloaded", resident),
    ("a_resident_module_stays_without_modules", resident_without_modules),
    ("modules_are_loaded_at_the_levels_of_the_kernels_initialization", levels),
    ("from_a_card_a_level_means_at_boot", level_from_a_card),
    ("options_of_the_firmware_are_cfgs", options),
    ("options_that_need_a_compiler_are_refused", options_refused),
    ("a_cortex_m0_with_16_kb_of_ram_runs_them", on_cortex_m0),
];

const EXAMPLES: &[&str] = &["demo", "greeter", "hello", "panic", "semaphore", "status", "threads"];
const APPS: &[&str] = &["anew", "ends", "faulty", "moments"];

fn commands(fixture: &Fixture) -> TestResult {
    run_commands(boot(fixture, fixture.board)?)
}

fn commands_without_modules(fixture: &Fixture) -> TestResult {
    run_commands(boot(fixture, &WITHOUT_MODULES)?)
}

fn run_commands(mut session: Session) -> TestResult {
    session.run("help")?.prints("hello")?.prints("Prints a line and its arguments")?;
    let before = session.settled_memory()?;
    for _ in 0..2 {
        session.run("hello a \"b c\"")?.prints_in_order(&["Hello from Rust", "argument 1: a", "argument 2: b c"])?;
        session.run("hello")?.prints("Hello from Rust")?.prints_no("exit code")?;
        session.run("status 7")?.prints("exit code 7")?;
        session.run("semaphore")?.prints_in_order(&["0 permits left", "a third one", "1 permit left"])?;
        session
            .run("threads")?
            .prints_in_order(&["the squares of 1 to 3 are 14", "tick 1", "3 ticks"])?
            .prints_no("exit code")?;
        session.uses(before)?;
    }
    Ok(())
}

fn ends(fixture: &Fixture) -> TestResult {
    run_ends(boot(fixture, fixture.board)?)
}

fn ends_without_modules(fixture: &Fixture) -> TestResult {
    run_ends(boot(fixture, &WITHOUT_MODULES)?)
}

fn run_ends(mut session: Session) -> TestResult {
    let before = session.settled_memory()?;
    session.run("panic")?.prints("thread 'panic' panicked at")?.prints("exit code 101")?;
    for (way, code) in [("return", 7), ("exit", 33), ("panic", 101), ("main-panic", 101), ("all-panic", 101)] {
        let printed = session.run(&format!("ends {way}"))?.prints("five threads and a grandchild")?;
        printed.prints_no("never here")?.prints(&format!("exit code {code}"))?;
        session.uses(before)?;
    }
    for kind in ["access", "stack"] {
        session.run(&format!("faulty {kind}"))?.prints("module 'faulty', thread 'faulty'")?.prints("exit code 102")?;
        session.uses(before)?;
    }
    for place in ["soft", "hard"] {
        session.run(&format!("moments {place} panic"))?.prints("in a timer")?.prints("exit code 101")?;
        session.uses(before)?;
    }
    session.lists_no("mod list", "ends")?;
    session.lists_no("list_thread", "ends")?;
    Ok(())
}

fn mod_without_modules(fixture: &Fixture) -> TestResult {
    let mut session = boot(fixture, &WITHOUT_MODULES)?;
    session.run("status 7")?.prints("exit code 7")?;
    session.run("panic")?.prints("exit code 101")?;
    session.run("mod log")?.prints("status   returned, exit code 7")?.prints("panic    panicked, exit code 101")?;
    session.run("mod kill panic")?.prints("no module has this name")?;
    session.run("mod help")?.prints("mod list")?.prints_no("mod run")?;
    Ok(())
}

fn variables(fixture: &Fixture) -> TestResult {
    let mut session = boot(fixture, fixture.board)?;
    for _ in 0..2 {
        session.run("anew")?.prints("counted to 6 and 1")?;
    }
    Ok(())
}

fn described(fixture: &Fixture) -> TestResult {
    run_described(boot(fixture, fixture.board)?)
}

fn described_without_modules(fixture: &Fixture) -> TestResult {
    run_described(boot(fixture, &WITHOUT_MODULES)?)
}

fn run_described(mut session: Session) -> TestResult {
    let before = session.settled_memory()?;
    for _ in 0..2 {
        session.run("demo a")?.prints_in_order(&["parameter 0: demo", "parameter 1: a"])?.prints_no("no memory")?;
        session.uses(before)?;
    }
    Ok(())
}

fn resident(fixture: &Fixture) -> TestResult {
    run_resident(boot(fixture, fixture.board)?)
}

fn resident_without_modules(fixture: &Fixture) -> TestResult {
    run_resident(boot(fixture, &WITHOUT_MODULES)?)
}

fn run_resident(mut session: Session) -> TestResult {
    let before = session.settled_memory()?;
    for _ in 0..2 {
        session.run("greeter")?.prints("greeter: loaded, until `mod unload greeter`")?;
        session.run("greet Ada")?.prints("Hello, Ada!")?;
        session.run("mod list")?.prints("greeter resident")?.prints("greets by name")?;
        session.run("greeter")?.prints("greeter: it is loaded already")?;
        session.run("mod unload greeter")?.prints_nothing()?;
        session.run("greet Ada")?.prints("greet: command not found")?;
        session.lists_no("mod list", "greeter")?;
        session.uses(before)?;
    }
    Ok(())
}

/// What each of the modules of `early` prints at its level.
const LEVELS: [&str; 5] = [
    "prev: drivers false, card false",
    "device: drivers true, card false",
    "component: drivers true, card false",
    "env: drivers true, card true",
    "app: drivers true, card true",
];

fn levels(fixture: &Fixture) -> TestResult {
    let added = fixture.mkmod.build_static(&fixture.source("tests/apps"), fixture.board.target, &["early"])?;
    let elf = firmware::build_with(fixture.board, "rtthread-levels.elf", &added)?.elf;
    let folder = tempfile::tempdir()?;
    let card = folder.path().join("card.img");
    card_with_file().write_image(&card)?;
    let mut session = Session::boot(&Machine::new(fixture.board, &elf, &card))?;
    session.so_far().prints_in_order(&LEVELS)?;
    session.run("mod list")?.prints("at_prev resident")?.prints("at_app  resident")?;
    let loaded = session.settled_memory()?;
    for _ in 0..2 {
        session.run("at_prev")?.prints("at_prev: it is loaded already")?;
        session.run("mod unload at_prev")?.prints_nothing()?;
        session.run("at_prev")?.prints("prev: drivers true, card true")?;
        session.uses(loaded)?;
    }
    Ok(())
}

fn level_from_a_card(fixture: &Fixture) -> TestResult {
    let mut card = card_with_file();
    let module = fixture.module("at_dev")?;
    card.put("autostart/at_dev.mo", std::fs::read(module)?);
    let mut session = fixture.boot_with(&card)?;
    session.hears("device: drivers true, card true")?;
    session.run("mod unload at_dev")?.prints_nothing()?;
    session.lists_no("mod list", "at_dev")?;
    Ok(())
}

/// The modules of `early` look for the file.
fn card_with_file() -> Card {
    let mut card = Card::default();
    card.put("seen.txt", b"seen".to_vec());
    card
}

fn options(fixture: &Fixture) -> TestResult {
    options_on(fixture, fixture.board, "files: true")?;
    options_on(fixture, &WITHOUT_MODULES, "files: false")?;
    let module = fixture.module("options")?.clone();
    let mut session = fixture.boot_with(&card_with(&[module])?)?;
    session
        .run("mod run options")?
        .prints("files: false\nshort names: false, some: false\nshell: false\nexit code 0")?;
    Ok(())
}

/// Builds `options` for a board with this configuration, without a warning, and runs it there.
fn options_on(fixture: &Fixture, board: &'static Board, files: &str) -> TestResult {
    let folder = tempfile::tempdir()?;
    let options = firmware::configuration(board)?.into_iter().filter(|option| !option.starts_with('_'));
    let lines = options.map(|option| format!("#define {}\n", option.replacen('=', " ", 1)));
    std::fs::write(folder.path().join("rtconfig.h"), lines.collect::<String>())?;
    let mut command = fixture.mkmod.command();
    command.env("CARGO_TARGET_DIR", workspace::target_dir().join("static")).env("RTT_CONFIG", folder.path());
    command.current_dir(fixture.source("tests/apps"));
    command.args(["build", "--static", "--target", board.target, "--", "--package", "options"]);
    let built = process::output(&mut command)?;
    let said = String::from_utf8_lossy(&built.stderr);
    if !built.status.success() || said.contains("warning") {
        return Err(format!("mkmod says: {said}").into());
    }
    let added: Vec<_> = String::from_utf8_lossy(&built.stdout).lines().map(PathBuf::from).collect();
    let elf = firmware::build_with(board, "rtthread-options.elf", &added)?.elf;
    let mut session = Session::boot(&Machine::new(board, &elf, fixture.card()))?;
    let is_short = firmware::configuration(board)?.contains(&"RT_NAME_MAX=8".to_owned());
    let names = format!("short names: {is_short}, some: true");
    session.run("options")?.prints_in_order(&[files, &names, "shell: true"])?;
    Ok(())
}

fn options_refused(fixture: &Fixture) -> TestResult {
    let mut command = fixture.mkmod.command();
    command.env("RTT_CONFIG", fixture.source("tests/firmware")).current_dir(fixture.source("tests/apps"));
    let output = process::output(command.args(["build", "--static", "--", "--package", "options"]))?;
    let said = String::from_utf8_lossy(&output.stderr);
    if output.status.success() || !said.contains("needs a compiler: give mkmod the header that Kconfig writes") {
        return Err(format!("mkmod says: {said}").into());
    }
    Ok(())
}

fn on_cortex_m0(fixture: &Fixture) -> TestResult {
    setup::ensure(&MICROBIT.needs())?;
    let examples = ["hello", "panic", "status"];
    let added = fixture.mkmod.build_static(&fixture.source("examples"), MICROBIT.target, &examples)?;
    let elf = firmware::build_with(&MICROBIT, "rtthread-static.elf", &added)?.elf;
    let mut session = Session::boot(&Machine::new(&MICROBIT, &elf, Path::new("")))?;
    let before = session.settled_memory()?;
    for _ in 0..2 {
        session.run("hello a \"b c\"")?.prints_in_order(&["Hello from Rust", "argument 1: a", "argument 2: b c"])?;
        session.run("status 7")?.prints("exit code 7")?;
        session.run("panic")?.prints("thread 'panic' panicked at")?.prints("exit code 101")?;
        session.uses(before)?;
    }
    session.run("mod log")?.prints("status   returned, exit code 7")?.prints("panic    panicked, exit code 101")?;
    Ok(())
}

/// Boots a firmware with built-in programs. The card is empty.
fn boot(fixture: &Fixture, board: &'static Board) -> Result<Session, Box<dyn Error>> {
    let mut added = fixture.mkmod.build_static(&fixture.source("examples"), board.target, EXAMPLES)?;
    added.extend(fixture.mkmod.build_static(&fixture.source("tests/apps"), board.target, APPS)?);
    let elf = firmware::build_with(board, "rtthread-static.elf", &added)?.elf;
    let folder = tempfile::tempdir()?;
    let card = folder.path().join("card.img");
    Card::default().write_image(&card)?;
    Ok(Session::boot(&Machine::new(board, &elf, &card))?)
}
