//! Applications that `mkmod new` has created, and cargo in them.

#![allow(dead_code, clippy::allow_attributes, reason = "each test uses a part of it")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::app::{self, TARGET, succeeded, text};

/// A new application, and where cargo puts what it builds. The templates share that folder, so that libraries are compiled
/// once.
pub struct Application {
    pub folder: tempfile::TempDir,
    pub target_dir: PathBuf,
}

impl Application {
    /// Creates one from a template.
    pub fn new(template: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let rtt_mod = Path::new(env!("CARGO_MANIFEST_DIR")).join("../rtt-mod").canonicalize().unwrap();
        let mut new = Command::new(env!("CARGO_BIN_EXE_mkmod"));
        new.args(["new", "blink", "--template", template, "--path"]).arg(rtt_mod).current_dir(folder.path());
        succeeded(&new.output().unwrap());
        Self { folder, target_dir: app::lasting("new") }
    }

    /// Calls cargo in the folder of the application, with mkmod-ld on the `PATH`.
    pub fn cargo(&self, arguments: &[&str]) -> Output {
        self.cargo_with(Path::new(env!("CARGO_BIN_EXE_mkmod-ld")).parent().unwrap(), arguments)
    }

    /// Calls cargo with the programs of a folder on the `PATH`.
    pub fn cargo_with(&self, tools: &Path, arguments: &[&str]) -> Output {
        let tools = tools.to_owned();
        let path = std::env::var_os("PATH").unwrap_or_default();
        let path = std::env::join_paths([tools].into_iter().chain(std::env::split_paths(&path))).unwrap();
        let mut cargo = Command::new(env!("CARGO"));
        cargo.args(arguments).current_dir(self.folder.path().join("blink")).env("PATH", path);
        cargo.env("CARGO_TARGET_DIR", &self.target_dir).env("CARGO_INCREMENTAL", "0");
        cargo.output().unwrap()
    }

    /// Calls cargo, which has to succeed without a warning. Returns what it wrote to its output.
    pub fn quiet(&self, arguments: &[&str]) -> String {
        let output = self.cargo(arguments);
        succeeded(&output);
        assert!(!text(&output).contains("warning"), "{arguments:?}: {}", text(&output));
        String::from_utf8(output.stdout).unwrap()
    }

    /// The bytes of the module that `cargo build` has made.
    pub fn module(&self) -> Vec<u8> {
        fs::read(self.target_dir.join(TARGET).join("debug/blink.mo")).unwrap()
    }

    /// Writes a file of the application.
    pub fn write(&self, path: &str, text: &str) {
        let path = self.folder.path().join("blink").join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}
