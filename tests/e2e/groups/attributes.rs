//! The options of an application's attribute: its name, its description, and where it is installed on the card.

use std::fs;
use std::process::Output;

use e2e::Fixture;
use firmware::Card;
use setup::process;

use super::{TestResult, Tests};

pub const TESTS: Tests = &[
    ("a_program_has_the_options_of_the_older_layer", demo),
    ("a_module_is_called_as_its_attribute_says", renamed),
    ("the_list_shows_descriptions_of_running_programs", description),
    ("install_puts_modules_where_they_want_to_be", installed),
    ("install_says_what_it_does_and_refuses_the_rest", install_says),
];

fn demo(fixture: &Fixture) -> TestResult {
    let mut session = fixture.boot()?;
    let before = session.settled_memory()?;
    session
        .run("mod run demo a \"b c\"")?
        .prints("parameter 0: demo")?
        .prints("parameter 1: a")?
        .prints("parameter 2: b c")?
        .prints("exit code 0")?;
    session.uses(before)?;
    Ok(())
}

fn renamed(fixture: &Fixture) -> TestResult {
    let module = fixture.module("other")?;
    for file in [module.clone(), module.with_extension("")] {
        if !file.is_file() {
            return Err(format!("{} does not exist", file.display()).into());
        }
    }
    if fixture.module("renamed").is_ok() || module.with_file_name("renamed.mo").is_file() {
        return Err("a module has the crate's name".into());
    }
    let mut session = fixture.boot()?;
    session.run("mod run other")?.prints("called other")?.prints("exit code 0")?;
    Ok(())
}

fn description(fixture: &Fixture) -> TestResult {
    let mut session = fixture.boot()?;
    let before = session.settled_memory()?;
    session.start("busy", "registered")?;
    session.run("mod list")?.prints("running")?.prints("waits to be inter\n")?;
    session.run("mod info busy")?.prints("waits to be interrupted")?;
    session.run("mod unload busy")?.prints_nothing()?;
    session.lists_no("mod list", "busy")?;
    session.uses(before)?;
    Ok(())
}

/// The card is a folder that `mkmod install` has filled: the command is in `bin`, the other modules are in the root.
fn installed(fixture: &Fixture) -> TestResult {
    let folder = tempfile::tempdir()?;
    succeeded(&install(fixture, &["demo", "greeter", "hello"], folder.path())?)?;
    let mut card = Card::default();
    card.put_folder(folder.path())?;
    let mut session = fixture.boot_with(&card)?;
    session.run("ls")?.prints("hello.mo")?.prints("greeter.mo")?.prints_no("demo.mo")?;
    session.run("ls /bin")?.prints("demo.mo")?;
    session.start("demo again", "parameter 1: again")?;
    session.run("mod auto")?.prints("demo.mo")?.prints_no("hello")?;
    session.so_far().prints("parameter 0: demo")?;
    Ok(())
}

fn install_says(fixture: &Fixture) -> TestResult {
    let folder = tempfile::tempdir()?;
    let said = succeeded(&install(fixture, &["demo", "hello"], folder.path())?)?;
    let shown = |path: &str| folder.path().join(path).display().to_string();
    for words in [shown("bin/demo.mo"), shown("autostart/demo.mo"), shown("hello.mo")] {
        if !said.contains(&words) {
            return Err(format!("`{words}` is not in: {said}").into());
        }
    }
    let text = folder.path().join("notes.mo");
    fs::write(&text, "not a module\n")?;
    let mut command = fixture.mkmod.command();
    let output = process::output(command.arg("install").arg(&text).arg("--card").arg(folder.path().join("card")))?;
    if output.status.code() != Some(1) || !String::from_utf8_lossy(&output.stderr).contains("notes.mo") {
        return Err(format!("a text file was installed: {output:?}").into());
    }
    Ok(())
}

fn install(fixture: &Fixture, names: &[&str], card: &std::path::Path) -> Result<Output, Box<dyn std::error::Error>> {
    let mut command = fixture.mkmod.command();
    command.arg("install");
    for name in names {
        command.arg(fixture.module(name)?);
    }
    Ok(process::output(command.arg("--card").arg(card))?)
}

fn succeeded(output: &Output) -> Result<String, String> {
    match output.status.success() {
        true => Ok(String::from_utf8_lossy(&output.stdout).into_owned()),
        false => Err(String::from_utf8_lossy(&output.stderr).into_owned()),
    }
}
