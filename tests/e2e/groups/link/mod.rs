//! `mkmod-ld` in plain cargo builds with a toolchain as rustup installs it, and its modules on the kernel.

mod toolchain;

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::{Mutex, MutexGuard, PoisonError};

use e2e::{Fixture, Session, card_with};
use setup::process;

use super::{TestResult, Tests};

pub const TESTS: Tests = &[
    ("cargo_build_makes_the_modules_of_a_workspace", release),
    ("so_does_the_dev_profile", dev),
    ("link_arguments_reach_the_linker", link_arguments),
    ("errors_of_lld_are_told_as_they_are", errors_of_lld),
    ("code_that_is_not_position_independent_is_told", not_position_independent),
    ("the_module_is_that_of_the_last_build", switched),
    ("two_folders_make_the_same_bytes", two_folders),
];

/// The tests share a target folder, so that libraries are compiled once. They must not change it at the same time.
static ALONE: Mutex<()> = Mutex::new(());

fn alone() -> MutexGuard<'static, ()> {
    ALONE.lock().unwrap_or_else(PoisonError::into_inner)
}

fn release(fixture: &Fixture) -> TestResult {
    let alone = alone();
    succeeded(&cargo(fixture, &["build", "--release", "--bins", "--examples"])?)?;
    let built = built(fixture, "release");
    let modules = ["app-one.mo", "second.mo", "examples/third.mo", "sensor.mo"].map(|module| built.join(module));
    let mut session = fixture.boot_with(&card_with(&modules)?)?;
    drop(alone);
    session.run("mod run app-one a \"b c\"")?.prints("app-one: [\"a\", \"b c\"]")?.prints("exit code 0")?;
    session.run("mod run second")?.prints("a second program")?;
    session.run("mod run third")?.prints("an example")?;
    c_and_assembly(&mut session)
}

fn dev(fixture: &Fixture) -> TestResult {
    let alone = alone();
    succeeded(&cargo(fixture, &["build"])?)?;
    let built = built(fixture, "debug");
    let mut session = fixture.boot_with(&card_with(&["app-one.mo", "sensor.mo"].map(|module| built.join(module)))?)?;
    drop(alone);
    session.run("mod run app-one a \"b c\"")?.prints("app-one: [\"a\", \"b c\"]")?.prints("exit code 0")?;
    c_and_assembly(&mut session)
}

fn c_and_assembly(session: &mut Session) -> TestResult {
    session
        .run("mod run sensor")?
        .prints("asked 1 times")?
        .prints("sensor: light")?
        .prints("sensor: wind")?
        .prints("reversed: 0x40000000")?
        .prints("exit code 0")?;
    Ok(())
}

fn link_arguments(fixture: &Fixture) -> TestResult {
    let alone = alone();
    let folder = tempfile::tempdir()?;
    let map = folder.path().join("tuned.map");
    let to_file = format!("link-arg=-Map={}", map.display());
    let arguments = ["-C", "link-arg=--defsym=gain=1234", "-C", &to_file];
    let of_cargo = ["rustc", "--release", "--package", "app-one", "--bin", "tuned", "--"];
    succeeded(&cargo(fixture, &[&of_cargo[..], &arguments].concat())?)?;
    let mut session = fixture.boot_with(&card_with(&[built(fixture, "release").join("tuned.mo")])?)?;
    drop(alone);
    session.run("mod run tuned")?.prints("gain: 1234")?;
    match fs::read_to_string(map)?.contains("module_init") {
        true => Ok(()),
        false => Err("the link map does not have `module_init`".into()),
    }
}

fn errors_of_lld(fixture: &Fixture) -> TestResult {
    let _alone = alone();
    let of_cargo = ["rustc", "--release", "--package", "app-one", "--bin", "tuned", "--"];
    let unknown = ["-C", "link-arg=--no-such-option"];
    let output = cargo(fixture, &[&of_cargo[..], &unknown].concat())?;
    refused(&output, &["linking with `mkmod-ld` failed: exit status: 1", "error: unknown argument '--no-such-option'"])
}

fn not_position_independent(fixture: &Fixture) -> TestResult {
    let _alone = alone();
    let rust = ["build", "--release", "--bin", "app-one", "--config", "profile.release.lto=\"off\""];
    refused(
        &cargo(fixture, &rust)?,
        &[
            "error: `",
            "core::fmt::",
            " in libcore-",
            ".rlib has addresses in its instructions, which the loader can't change; set `lto = \"fat\"` in the profile",
        ],
    )?;
    let c = ["build", "--release", "--package", "sensor", "--features", "fixed"];
    refused(
        &cargo(fixture, &c)?,
        &[
            "error: `sensor_count`, `sensor_name` in libnative-",
            "-sensor.o) has addresses in its instructions, which the loader can't change; compile it with -fPIC",
        ],
    )
}

/// If a build is up to date, cargo restores the program of that build, but does not know of its module.
fn switched(fixture: &Fixture) -> TestResult {
    let _alone = alone();
    let module = built(fixture, "release").join("second.mo");
    let folder = workspace_of_tests(fixture);
    let build = |setting: &str| -> Result<Vec<u8>, Box<dyn Error>> {
        let mut command = toolchain::mkmod(fixture, &folder)?;
        command.args(["build", "--", "--bin", "second", "--config", setting]);
        succeeded(&process::output(&mut command)?)?;
        Ok(fs::read(&module)?)
    };
    let (small, fast) = ("profile.release.opt-level=\"s\"", "profile.release.opt-level=0");
    let first = build(small)?;
    let second = build(fast)?;
    if first == second {
        return Err("the setting makes no difference, so the test shows nothing".into());
    }
    match build(small)? == first && build(fast)? == second {
        true => Ok(()),
        false => Err("the module is that of the other setting".into()),
    }
}

/// The folders of the applications and of rtt-mod differ. Panic messages contain paths.
fn two_folders(fixture: &Fixture) -> TestResult {
    let _alone = alone();
    let [here, there] = ["here", "quite/another/place"].map(|name| -> Result<[Vec<u8>; 2], Box<dyn Error>> {
        let folder = tempfile::tempdir()?;
        let copy = folder.path().join(name);
        copy_sources(&fixture.source(""), &copy)?;
        let mut command = toolchain::cargo(fixture, &copy.join("examples"))?;
        let target_dir = folder.path().join("target");
        command.args(["build", "--release", "--bin", "heap", "--bin", "panic"]).env("CARGO_TARGET_DIR", &target_dir);
        succeeded(&process::output(&mut command)?)?;
        let built = target_dir.join(fixture.board.target).join("release");
        Ok([fs::read(built.join("heap.mo"))?, fs::read(built.join("panic.mo"))?])
    });
    let ([heap, panic], [other_heap, other_panic]) = (here?, there?);
    match (heap == other_heap, panic == other_panic) {
        (true, true) => Ok(()),
        (false, _) => Err("heap.mo differs".into()),
        (true, false) => Err("panic.mo differs".into()),
    }
}

/// Copies everything but build output and hidden files. Cargo's configuration is copied.
pub fn copy_sources(from: &Path, to: &Path) -> std::io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let name = entry.file_name();
        let hidden = name.to_string_lossy().starts_with('.') && name != ".cargo";
        if hidden || name == "target" {
            continue;
        }
        match entry.file_type()?.is_dir() {
            true => copy_sources(&entry.path(), &to.join(name))?,
            false => drop(fs::copy(entry.path(), to.join(name))?),
        }
    }
    Ok(())
}

fn cargo(fixture: &Fixture, arguments: &[&str]) -> Result<Output, Box<dyn Error>> {
    let mut command: Command = toolchain::cargo(fixture, &workspace_of_tests(fixture))?;
    Ok(process::output(command.args(arguments))?)
}

fn workspace_of_tests(fixture: &Fixture) -> PathBuf {
    fixture.source("tests/projects/link")
}

fn built(fixture: &Fixture, profile: &str) -> PathBuf {
    toolchain::target_dir().join(fixture.board.target).join(profile)
}

fn succeeded(output: &Output) -> Result<(), String> {
    match output.status.success() {
        true => Ok(()),
        false => Err(format!("ended with {} and printed: {}", output.status, String::from_utf8_lossy(&output.stderr))),
    }
}

/// Fails unless the build has failed and printed all of `words`.
fn refused(output: &Output, words: &[&str]) -> TestResult {
    let said = String::from_utf8_lossy(&output.stderr);
    if output.status.success() {
        return Err("it was built".into());
    }
    match words.iter().find(|word| !said.contains(**word)) {
        Some(word) => Err(format!("`{word}` is not in: {said}").into()),
        None => Ok(()),
    }
}
