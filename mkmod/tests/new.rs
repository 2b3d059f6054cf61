//! In what `mkmod new` writes, cargo does everything, and has nothing to warn of.

mod app;
mod created;

use std::fs;
use std::path::Path;
use std::process::Command;

use app::{TARGET, succeeded, text};
use created::Application;

#[test]
fn cargo_does_everything_without_a_warning() {
    for template in ["hello", "resident", "library", "driver", "async", "workspace"] {
        let application = Application::new(template);
        application.quiet(&["build"]);
        let info = mkmod::info::describe("blink.mo", &application.module()).unwrap();
        assert!(info.to_string().starts_with("blink 0.1.0"), "{template}: {info}");
        let tests = application.quiet(&["t"]);
        let passed = if template == "hello" { 2 } else { 1 };
        assert!(tests.contains(&format!("test result: ok. {passed} passed")), "{template}: {tests}");
        application.quiet(&["test", "--no-run"]);
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
fn tests_for_the_board_without_their_crate_are_explained() {
    let application = Application::new("hello");
    let manifest = fs::read_to_string(application.folder.path().join("blink/Cargo.toml")).unwrap();
    let lines = manifest.lines().filter(|line| !line.starts_with("test = "));
    application.write("Cargo.toml", &lines.collect::<Vec<_>>().join("\n"));
    let output = application.cargo(&["test"]);
    assert!(!output.status.success());
    assert!(
        text(&output).contains("tests on the board need the crate rtt-mod-test: add `test = "),
        "{}",
        text(&output)
    );
}

/// There is no such board.
#[test]
fn tests_without_a_board_say_how_they_run_on_the_pc() {
    let application = Application::new("hello");
    let output = application.cargo(&["test", "--config", "env.MKMOD_PORT='/dev/no-such-port'"]);
    assert!(!output.status.success());
    assert!(text(&output).contains("`cargo test --target host-tuple` runs the tests on this PC"), "{}", text(&output));
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
