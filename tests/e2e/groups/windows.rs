//! mkmod for Windows, run by Wine where there is one.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use e2e::Fixture;
use qemu::Port;
use setup::{Need, process, workspace};

use super::used_board::{expect, prints, text};
use super::{TestResult, Tests};

pub const TESTS: Tests = &[("mkmod_for_windows_creates_checks_and_sends", windows)];

const TARGET: &str = "x86_64-pc-windows-gnu";
const GCC: &str = "x86_64-w64-mingw32-gcc";

/// Debian has the last one alone.
const WINES: [&str; 3] = ["wine64", "wine", "/usr/lib/wine/wine64"];

fn windows(fixture: &Fixture) -> TestResult {
    let starts = |program: &&&str| Command::new(program).arg("--version").output().is_ok();
    let (Some(wine), Some(_)) = (WINES.iter().find(starts), [GCC].iter().find(starts)) else {
        println!("skipped, since Wine or {GCC} is missing: apt-get install wine64 gcc-mingw-w64-x86-64");
        return Ok(());
    };
    let folder = tempfile::tempdir()?;
    let mkmod = build(fixture, folder.path())?;
    let gives = |code: i32, arguments: &[&str], port: &str| {
        let mut command = Command::new(wine);
        command.arg(&mkmod).args(arguments).current_dir(folder.path()).stdin(Stdio::null());
        command.env("WINEPREFIX", folder.path().join("wine")).env("WINEDEBUG", "-all").env("MKMOD_PORT", port);
        expect(code, &command.output()?, arguments)
    };

    prints(&gives(0, &["new", "greet", "--template", "workspace"], "")?, "created greet")?;
    let source = fs::read_to_string(folder.path().join("greet/apps/greet/src/main.rs"))?;
    prints(&source, "#[rtt_mod::main]\nfn main(")?;

    let (hello, kernel) = (text(fixture.module("hello")?), text(&fixture.firmware.elf));
    prints(&gives(0, &["info", &hello], "")?, "hello 0.1.0")?;
    prints(&gives(0, &["check", &hello, "--kernel", &kernel], "")?, "hello.mo loads on rtthread.elf")?;
    prints(&gives(0, &["size", &hello], "")?, "resident bytes")?;
    let c = folder.path().join("hello.so");
    e2e::c_module::build(fixture, &fixture.source("tests/c/hello.c"), &c)?;
    prints(&gives(0, &["pack", "hello.so", "--output", "packed.mo"], "")?, "packed.mo: ")?;

    let port = Port::tcp(&fixture.machine(fixture.card()))?;
    let status = text(fixture.module("status")?);
    prints(&gives(0, &["send", &status, "--to", "/sent.mo"], port.name())?, "sent /sent.mo, ")?;
    gives(7, &["run", "sent", "7"], port.name())?;
    Ok(())
}

/// The program, in `folder` with the library that Wine lacks.
fn build(fixture: &Fixture, folder: &Path) -> Result<PathBuf, Box<dyn std::error::Error>> {
    setup::ensure(&[Need::RustTarget(TARGET)])?;
    let mut cargo = process::cargo();
    cargo.current_dir(workspace::root()).args(["build", "--quiet", "--package", "rtt-mkmod", "--bin", "mkmod"]);
    process::run(cargo.args(["--target", TARGET]))?;
    let library = folder.join("bcryptprimitives.dll");
    let source = fixture.source("tests/c/process_prng.c");
    process::run(Command::new(GCC).args(["-shared", "-o"]).arg(library).arg(source).arg("-ladvapi32"))?;
    let program = folder.join("mkmod.exe");
    fs::copy(workspace::target_dir().join(TARGET).join("debug/mkmod.exe"), &program)?;
    Ok(program)
}
