//! mkmod for Windows, run by Wine where there is one or apt can install it.

use std::error::Error;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use e2e::Fixture;
use qemu::Port;
use setup::windows::{self, TARGET};
use setup::{Need, process, workspace};
use tempfile::TempDir;

use super::used_board::{expect, prints, text};
use super::{TestResult, Tests};

pub const TESTS: Tests = &[("mkmod_for_windows_creates_links_checks_and_sends", all)];

const GCC: &str = "x86_64-w64-mingw32-gcc";

/// What Wine prints here is not for us.
const QUIET: (&str, &str) = ("WINEDEBUG", "-all");

fn all(fixture: &Fixture) -> TestResult {
    let installed = setup::ensure(&[Need::Wine, Need::Mingw, Need::RustTarget(TARGET)]);
    let (Ok(()), Some(wine)) = (&installed, windows::wine()) else {
        println!("NOT RUN, mkmod for Windows: {}", installed.err().map(|error| error.to_string()).unwrap_or_default());
        return Ok(());
    };
    let mkmod = Windows::build(fixture, wine)?;
    creates(&mkmod)?;
    links(fixture, &mkmod)?;
    reads(fixture, &mkmod)?;
    sends(fixture, &mkmod)
}

fn creates(mkmod: &Windows) -> TestResult {
    prints(&mkmod.gives(0, &["new", "greet", "--template", "workspace"])?, "created greet")?;
    let source = fs::read_to_string(mkmod.path("greet/apps/greet/src/main.rs"))?;
    prints(&source, "#[rtt_mod::main]\nfn main(")
}

/// The part of a build that is mkmod's own. What it makes does not depend on the system that it runs on.
fn links(fixture: &Fixture, mkmod: &Windows) -> TestResult {
    let lld = match windows::lld() {
        Ok(lld) => lld,
        Err(error) => {
            println!("NOT RUN, mkmod-ld for Windows: {error}");
            return Ok(());
        }
    };
    let target = fixture.board.target;
    let variable = format!("CARGO_TARGET_{}_LINKER", target.to_uppercase().replace(['-', '.'], "_"));
    let target_dir = workspace::target_dir().join("linked-by-windows");
    let mut cargo = process::cargo();
    cargo.current_dir(fixture.source("examples")).args(["build", "--quiet", "--release", "--package", "hello"]);
    cargo.args(["--target", target, "--target-dir"]).arg(&target_dir);
    cargo.env(variable, mkmod.linker()?).env("MKMOD_LLD", lld).envs([QUIET, mkmod.prefix()]);
    process::run(&mut cargo)?;
    let module = fs::read(target_dir.join(target).join("release/hello.mo"))?;
    match module == fs::read(fixture.module("hello")?)? {
        true => Ok(()),
        false => Err("mkmod-ld for Windows links another hello.mo".into()),
    }
}

fn reads(fixture: &Fixture, mkmod: &Windows) -> TestResult {
    let (hello, kernel) = (text(fixture.module("hello")?), text(&fixture.firmware.elf));
    prints(&mkmod.gives(0, &["info", &hello])?, "hello 0.1.0")?;
    prints(&mkmod.gives(0, &["check", &hello, "--kernel", &kernel])?, "hello.mo loads on rtthread.elf")?;
    prints(&mkmod.gives(0, &["size", &hello])?, "resident bytes")?;
    e2e::c_module::build(fixture, &fixture.source("tests/c/hello.c"), &mkmod.path("hello.so"))?;
    prints(&mkmod.gives(0, &["pack", "hello.so", "--output", "packed.mo"])?, "packed.mo: ")
}

fn sends(fixture: &Fixture, mkmod: &Windows) -> TestResult {
    let port = Port::tcp(&fixture.machine(fixture.card()))?;
    let status = text(fixture.module("status")?);
    let send = ["send", &status, "--to", "/sent.mo", "--port", port.name()];
    prints(&mkmod.gives(0, &send)?, "sent /sent.mo, ")?;
    mkmod.gives(7, &["run", "--port", port.name(), "sent", "7"])?;
    Ok(())
}

/// mkmod and mkmod-ld, in a folder with the library that Wine lacks, and a Wine of their own.
struct Windows {
    wine: &'static str,
    folder: TempDir,
    prefix: String,
}

impl Windows {
    fn build(fixture: &Fixture, wine: &'static str) -> Result<Self, Box<dyn Error>> {
        let folder = tempfile::tempdir()?;
        let mut cargo = process::cargo();
        cargo.current_dir(workspace::root()).args(["build", "--quiet", "--package", "rtt-mkmod", "--bins"]);
        process::run(cargo.args(["--target", TARGET]))?;
        for program in ["mkmod.exe", "mkmod-ld.exe"] {
            let built = workspace::target_dir().join(TARGET).join("debug").join(program);
            fs::copy(built, folder.path().join(program))?;
        }
        let library = folder.path().join("bcryptprimitives.dll");
        let source = fixture.source("tests/c/process_prng.c");
        process::run(Command::new(GCC).args(["-shared", "-o"]).arg(library).arg(source).arg("-ladvapi32"))?;
        let prefix = text(&folder.path().join("wine"));
        Ok(Self { wine, folder, prefix })
    }

    /// Asserts the exit code, and returns what mkmod has printed.
    fn gives(&self, code: i32, arguments: &[&str]) -> Result<String, Box<dyn Error>> {
        let mut command = Command::new(self.wine);
        command.arg(self.path("mkmod.exe")).args(arguments).current_dir(self.folder.path());
        command.envs([QUIET, self.prefix()]).stdin(Stdio::null());
        expect(code, &command.output()?, arguments)
    }

    /// A script that cargo can call.
    fn linker(&self) -> Result<PathBuf, Box<dyn Error>> {
        let (script, program) = (self.path("mkmod-ld"), self.path("mkmod-ld.exe"));
        fs::write(&script, format!("#!/bin/sh\nexec {} {} \"$@\"\n", self.wine, program.display()))?;
        fs::set_permissions(&script, fs::Permissions::from_mode(0o755))?;
        Ok(script)
    }

    fn prefix(&self) -> (&'static str, &str) {
        ("WINEPREFIX", &self.prefix)
    }

    fn path(&self, name: impl AsRef<Path>) -> PathBuf {
        self.folder.path().join(name)
    }
}
