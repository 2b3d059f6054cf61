//! In what `mkmod new` writes, cargo does everything, and has nothing to warn of.

mod app;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use app::{TARGET, succeeded, text};

/// A new application, and where cargo puts what it builds. The templates share that folder, so that libraries are compiled
/// once.
struct Application {
    folder: tempfile::TempDir,
    target_dir: PathBuf,
}

impl Application {
    fn new(template: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let rtt_mod = Path::new(env!("CARGO_MANIFEST_DIR")).join("../rtt-mod").canonicalize().unwrap();
        let mut new = Command::new(env!("CARGO_BIN_EXE_mkmod"));
        new.args(["new", "blink", "--template", template, "--path"]).arg(rtt_mod).current_dir(folder.path());
        succeeded(&new.output().unwrap());
        Self { folder, target_dir: app::lasting("new") }
    }

    /// Calls cargo in the folder of the application, with mkmod-ld on the `PATH`.
    fn cargo(&self, arguments: &[&str]) -> Output {
        self.cargo_with(Path::new(env!("CARGO_BIN_EXE_mkmod-ld")).parent().unwrap(), arguments)
    }

    /// Calls cargo with the programs of a folder on the `PATH`.
    fn cargo_with(&self, tools: &Path, arguments: &[&str]) -> Output {
        let tools = tools.to_owned();
        let path = std::env::var_os("PATH").unwrap_or_default();
        let path = std::env::join_paths([tools].into_iter().chain(std::env::split_paths(&path))).unwrap();
        let mut cargo = Command::new(env!("CARGO"));
        cargo.args(arguments).current_dir(self.folder.path().join("blink")).env("PATH", path);
        cargo.env("CARGO_TARGET_DIR", &self.target_dir).env("CARGO_INCREMENTAL", "0");
        cargo.output().unwrap()
    }

    /// Calls cargo, which has to succeed without a warning. Returns what it wrote to its output.
    fn quiet(&self, arguments: &[&str]) -> String {
        let output = self.cargo(arguments);
        succeeded(&output);
        assert!(!text(&output).contains("warning"), "{arguments:?}: {}", text(&output));
        String::from_utf8(output.stdout).unwrap()
    }

    fn module(&self) -> Vec<u8> {
        fs::read(self.target_dir.join(TARGET).join("debug/blink.mo")).unwrap()
    }
}

#[test]
fn cargo_does_everything_without_a_warning() {
    for template in ["hello", "resident", "library", "driver", "async", "workspace"] {
        let application = Application::new(template);
        application.quiet(&["build"]);
        let info = mkmod::info::describe("blink.mo", &application.module()).unwrap();
        assert!(info.to_string().starts_with("blink 0.1.0"), "{template}: {info}");
        let tests = application.quiet(&["t"]);
        assert!(tests.contains("test result: ok. 1 passed"), "{template}: {tests}");
        application.quiet(&["clippy"]);
        application.quiet(&["clippy", "--all-targets", "--target", "host-tuple"]);
        application.quiet(&["doc", "--no-deps"]);
        application.quiet(&["fmt", "--check"]);
    }
}

#[test]
fn a_program_runs_on_the_pc() {
    let application = Application::new("hello");
    assert_eq!(application.quiet(&["pc", "--", "Ada", "Grace"]), "Hello from blink!\nHello, Ada!\nHello, Grace!\n");
}

/// Cargo names only a crate that is missing.
#[test]
fn tests_for_the_board_are_explained() {
    let application = Application::new("hello");
    let output = application.cargo(&["test"]);
    assert!(!output.status.success());
    assert!(text(&output).contains("run them on the PC, with `cargo t`"), "{}", text(&output));
}

#[test]
fn a_module_is_built_by_mkmod_too() {
    let application = Application::new("hello");
    let mut build = Command::new(env!("CARGO_BIN_EXE_mkmod"));
    build.arg("build").current_dir(application.folder.path().join("blink"));
    succeeded(&build.env("CARGO_TARGET_DIR", &application.target_dir).output().unwrap());
    let module = fs::read(application.target_dir.join(TARGET).join("release/blink.mo")).unwrap();
    let info = mkmod::info::describe("blink.mo", &module).unwrap();
    assert!(info.to_string().starts_with("blink 0.1.0"), "{info}");
}

/// What the build script of rtt-mod says.
fn error_of_the_build_script(application: &Application, tools: &Path) -> String {
    let output = application.cargo_with(tools, &["build"]);
    assert!(!output.status.success());
    let error = text(&output)
        .lines()
        .find_map(|line| line.split_once("error: rtt-mod@0.1.0: "))
        .map(|(_, error)| error.to_owned());
    error.unwrap_or_else(|| panic!("{}", text(&output)))
}

#[test]
fn a_missing_linker_is_explained() {
    let application = Application::new("hello");
    let nowhere = tempfile::tempdir().unwrap();
    assert_eq!(
        error_of_the_build_script(&application, nowhere.path()),
        "the linker mkmod-ld is not on the PATH: `cargo install rtt-mkmod` installs it, together with mkmod"
    );
}

#[test]
#[cfg(unix)]
fn a_linker_of_another_version_is_refused() {
    use std::os::unix::fs::PermissionsExt as _;
    let application = Application::new("hello");
    let errors = ["0.0.9", "0.2.0"].map(|version| {
        let tools = tempfile::tempdir().unwrap();
        let linker = tools.path().join("mkmod-ld");
        fs::write(&linker, format!("#!/bin/sh\necho mkmod-ld {version}\n")).unwrap();
        fs::set_permissions(&linker, fs::Permissions::from_mode(0o755)).unwrap();
        error_of_the_build_script(&application, tools.path())
    });
    insta::assert_snapshot!(errors.join("\n"));
}
