//! The same source on a PC and on the board: the examples and cases that need no hardware print the same, and end with the same
//! code.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};

use e2e::{Fixture, Session, pairs};
use firmware::Card;
use setup::{process, workspace};

use super::{TestResult, Tests};

pub const TESTS: Tests = &[
    ("every_example_is_compared_or_has_a_reason", every_example_has_its_place),
    ("examples_print_what_they_print_on_the_board", same_output),
    ("cases_print_what_they_print_on_the_board", same_output_of_cases),
    ("a_panic_names_its_place_and_has_the_same_code", panics),
    ("a_resident_module_has_a_prompt", prompt),
];

/// Examples and their arguments, in this order.
const EXAMPLES: &[&str] = &[
    "async",
    "demo a",
    "embassy",
    "events",
    "files",
    "heap",
    "hello Ada Grace",
    "json",
    "json volume 7",
    "json",
    "logger",
    "mailbox",
    "mpsc",
    "mutex",
    "notes",
    "notes add buy milk",
    "notes add read on",
    "notes done 1",
    "notes list",
    "park",
    "queue",
    "scope",
    "semaphore",
    "show /notes.txt /nothing",
    "status 7",
    "status 0",
    "status",
    "threads",
    "weather",
    "words",
    "words /notes.txt",
];

/// The other examples, and why their output is not the same.
const OTHERS: &[(&str, &[&str])] = &[
    ("hardware", &["blink", "dimmer", "flash", "listen", "serial_echo", "thermometer"]),
    ("a network", &["echod", "http"]),
    ("a library to load", &["library", "plugin"]),
    ("figures of the kernel's heap", &["kheap"]),
    ("figures of time", &["timers"]),
    ("waits for somebody", &["counter", "lines"]),
    ("a test of its own, for the panic or the prompt", &["greeter", "panic"]),
];

/// Fails if an example is in neither list.
fn every_example_has_its_place(fixture: &Fixture) -> TestResult {
    let compared = EXAMPLES.iter().filter_map(|line| line.split(' ').next());
    let named: Vec<_> = compared.chain(OTHERS.iter().flat_map(|(_, names)| names.iter().copied())).collect();
    for entry in fs::read_dir(fixture.source("examples"))? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.path().join("Cargo.toml").is_file() && !named.contains(&name.as_str()) {
            return Err(format!("the example `{name}` is not run on a PC, and has no reason for it").into());
        }
    }
    Ok(())
}

fn same_output(fixture: &Fixture) -> TestResult {
    compare(&Pc::examples()?, &mut fixture.boot()?, EXAMPLES.iter().map(|line| (*line).to_owned()))
}

/// All pairs, in Rust. The other cases do what a PC's processor would not survive, or are about the firmware.
fn same_output_of_cases(fixture: &Fixture) -> TestResult {
    let pc = Pc::build("tests/cases/Cargo.toml", &["--package", "pairs"])?;
    let mut card = Card::default();
    card.put("data.bin", pairs::data());
    fs::write(pc.volume.path().join("data.bin"), pairs::data())?;
    for (name, _) in pairs::PAIRS {
        card.put_file(&pairs::build_case(fixture, &format!("rust_{name}"))?)?;
    }
    let lines = pairs::PAIRS.iter().map(|(name, arguments)| format!("rust_{name} {arguments}"));
    compare(&pc, &mut fixture.boot_with(&card)?, lines)
}

/// A PC that is busy with something else wakes a sleeping program late: a difference has to show so many times.
const ATTEMPTS: usize = 3;

/// Fails unless each of `lines` prints the same on both, and ends with the same code.
fn compare(pc: &Pc, session: &mut Session, lines: impl Iterator<Item = String>) -> TestResult {
    for line in lines {
        let board = session.run(&format!("mod run {line}"))?.text().to_owned();
        let mut here = String::new();
        for _ in 0..ATTEMPTS {
            let output = pc.run(&line)?;
            let code = output.status.code().unwrap_or(-1);
            here = format!("{}exit code {code}", String::from_utf8_lossy(&output.stdout));
            if board.trim_end() == here {
                break;
            }
        }
        if board.trim_end() != here {
            return Err(format!("`{line}` prints this on the board:\n{board}\nand this on a PC:\n{here}").into());
        }
    }
    Ok(())
}

fn panics(fixture: &Fixture) -> TestResult {
    let place = "panicked at panic/src/main.rs:11:20:";
    let message = "index out of bounds: the len is 3 but the index is 3";
    fixture.boot()?.run("mod run panic")?.prints_in_order(&[place, message, "exit code 101"])?;
    let output = Pc::examples()?.run("panic")?;
    let told = String::from_utf8_lossy(&output.stderr);
    if told.contains("thread 'panic'")
        && told.contains(&format!("{place}\n{message}\n"))
        && output.status.code() == Some(101)
    {
        return Ok(());
    }
    Err(format!("the panic on a PC: {:?}\n{told}", output.status.code()).into())
}

/// A session at the board, and the same words at the prompt on the PC, whose input is no terminal and shows no prompt.
fn prompt(fixture: &Fixture) -> TestResult {
    let mut session: Session = fixture.boot()?;
    session.run("mod load greeter")?.prints("greeter")?;
    let board = session.run("greet Ada")?.text().to_owned();
    let pc = Pc::examples()?;
    let mut greeter = pc.command("greeter");
    greeter.stdin(std::process::Stdio::piped()).stdout(std::process::Stdio::piped());
    let mut greeter = greeter.spawn()?;
    std::io::Write::write_all(&mut greeter.stdin.take().ok_or("there is no input")?, b"greet Ada\nread me\nexit\n")?;
    let output = greeter.wait_with_output()?;
    let here = String::from_utf8_lossy(&output.stdout).into_owned();
    if here == format!("{}\nread: command not found.\n", board.trim_end()) && output.status.success() {
        return Ok(());
    }
    Err(format!("on the board:\n{board}\non a PC:\n{here}").into())
}

/// The words of a line, as MSH takes it: what is between quotes is one.
fn words(line: &str) -> Vec<&str> {
    let parts = line.split('"').enumerate();
    parts
        .flat_map(|(index, part)| if index % 2 == 0 { part.split_whitespace().collect() } else { vec![part] })
        .collect()
}

/// Applications, built for the PC.
struct Pc {
    programs: PathBuf,
    /// The folder that is their volume.
    volume: tempfile::TempDir,
}

impl Pc {
    fn examples() -> Result<Self, Box<dyn std::error::Error>> {
        Self::build("examples/Cargo.toml", &["--workspace"])
    }

    /// The configuration in the folder of the applications, which names the board, does not count from outside.
    fn build(manifest: &str, packages: &[&str]) -> Result<Self, Box<dyn std::error::Error>> {
        let target_dir = workspace::target_dir().join("pc");
        let mut build = process::cargo();
        build.current_dir(workspace::root()).args(["build", "--quiet", "--manifest-path", manifest]).args(packages);
        build.args(["--config", "profile.dev.lto=\"off\"", "--target-dir"]).arg(&target_dir);
        process::run(&mut build)?;
        Ok(Self { programs: target_dir.join("debug"), volume: tempfile::tempdir()? })
    }

    fn command(&self, name: &str) -> Command {
        let mut command = Command::new(self.programs.join(name));
        command.current_dir(self.volume.path()).env("RUST_BACKTRACE", "0");
        command
    }

    fn run(&self, line: &str) -> Result<Output, process::Error> {
        let words = words(line);
        process::output(self.command(words[0]).args(&words[1..]).stdin(std::process::Stdio::null()))
    }
}
