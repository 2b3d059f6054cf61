//! A board whose console is on TCP, and mkmod that uses it.

use std::env;
use std::error::Error;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use e2e::Fixture;
use qemu::Port;
use setup::process;

use super::TestResult;

/// A board that listens, and mkmod to use it.
pub struct Used<'a> {
    fixture: &'a Fixture,
    pub port: Port,
}

impl<'a> Used<'a> {
    pub fn new(fixture: &'a Fixture) -> Result<Self, Box<dyn Error>> {
        Ok(Self { fixture, port: Port::tcp(&fixture.machine(fixture.card()))? })
    }

    pub fn mkmod(&self, arguments: &[&str]) -> Command {
        mkmod_at(self.fixture, self.port.name(), arguments)
    }

    /// Cargo in a folder of this repository, with mkmod on the `PATH`, whose board this is.
    pub fn cargo(&self, folder: &str) -> Result<Command, Box<dyn Error>> {
        let tools = self.fixture.mkmod.program();
        let tools = tools.parent().ok_or("mkmod is in no folder")?.to_owned();
        let path = env::var_os("PATH").unwrap_or_default();
        let path = env::join_paths([tools].into_iter().chain(env::split_paths(&path)))?;
        let mut cargo = process::cargo();
        cargo.current_dir(self.fixture.source(folder)).env("PATH", path);
        cargo.env("MKMOD_PORT", self.port.name()).stdin(Stdio::null());
        Ok(cargo)
    }

    /// Asserts the exit code, and returns what mkmod has printed.
    pub fn gives(&self, code: i32, arguments: &[&str]) -> Result<String, Box<dyn Error>> {
        expect(code, &self.mkmod(arguments).output()?, arguments)
    }
}

pub fn mkmod_at(fixture: &Fixture, port: &str, arguments: &[&str]) -> Command {
    let mut command = fixture.mkmod.command();
    command.args(arguments).env("MKMOD_PORT", port).stdin(Stdio::null());
    command
}

pub fn expect(code: i32, output: &Output, arguments: &[&str]) -> Result<String, Box<dyn Error>> {
    let said = [&output.stdout[..], &output.stderr].concat();
    let said = String::from_utf8_lossy(&said).into_owned();
    if output.status.code() == Some(code) {
        return Ok(said);
    }
    Err(format!("`mkmod {}` ends with {} instead of {code}:\n{said}", arguments.join(" "), output.status).into())
}

pub fn prints(said: &str, wanted: &str) -> TestResult {
    if said.contains(wanted) { Ok(()) } else { Err(format!("`{wanted}` is not in:\n{said}").into()) }
}

pub fn text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}
