//! The checks of `cargo xtask test`.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use firmware::{BOARDS, Board, WITHOUT_MODULES};
use setup::windows::TARGET;
use setup::{Need, process, workspace};

use super::Outcome;
use crate::size::{self, Comparison};

/// The manifests of all workspaces.
const WORKSPACES: &[&str] = &[
    "Cargo.toml",
    "kernel-glue/loader/firmware/Cargo.toml",
    "examples/Cargo.toml",
    "tests/apps/Cargo.toml",
    "tests/cases/Cargo.toml",
    "tests/projects/kernel_bindings/Cargo.toml",
    "tests/projects/prototypes/Cargo.toml",
    "tests/projects/refused/Cargo.toml",
    "tests/projects/stack/Cargo.toml",
    "tests/projects/tested/Cargo.toml",
];

/// The folders with the C files that clang-format checks. The cases are programs as others write them.
const C_FOLDERS: &[&str] = &["kernel-glue", "tests/c", "tests/firmware", "tests/qemu"];

/// The boards whose firmware is analyzed: what the others have, one of these has too.
const ANALYZED: &[&str] = &["an385-net", "an385-static", "an500", "an505", "vexpress-a9", "virt32", "virt64"];

/// rtt-mod's tests generate its bindings, and mkmod's tests build modules.
const HOST_TESTS_NEED: &[Need] =
    &[Need::LibClang, Need::RustTarget("thumbv7m-none-eabi"), Need::RustTarget("riscv64imac-unknown-none-elf")];

/// The crates that run on boards: the loader of the firmware, and applications. Each workspace has its own lints.
const WORKSPACES_OF_BOARDS: &[&str] =
    &["kernel-glue/loader/firmware/Cargo.toml", "examples/Cargo.toml", "tests/apps/Cargo.toml"];

/// The target for which these are checked.
const LINT_TARGET: &str = "thumbv7m-none-eabi";

/// The macOS for which mkmod is checked.
const MACOS: &str = "aarch64-apple-darwin";

/// The features of `rtt-mod` that are checked on the host.
const FEATURES: &[&str] = &["--features", "rtt-mod/async,rtt-mod/embassy-time,rtt-mod/log,rtt-mod/net"];

/// Prints the version of rustc, with which all checks run, and the declared MSRV.
pub fn toolchain() -> Outcome {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    match process::output(Command::new(rustc).arg("--version")) {
        Ok(output) => {
            let version = String::from_utf8_lossy(&output.stdout);
            println!("{}, declared: {} and newer", version.trim(), env!("CARGO_PKG_RUST_VERSION"));
            Outcome::Passed
        }
        Err(error) => Outcome::Failed(error.to_string()),
    }
}

/// `cargo fmt --check`, if rustfmt is installed.
pub fn formatting() -> Outcome {
    if !installed("fmt") {
        return Outcome::Skipped("rustfmt is not installed; `rustup component add rustfmt`".into());
    }
    let check = |manifest: &&str| outcome(cargo("fmt").args(["--all", "--check", "--manifest-path", manifest]));
    let outcomes: Vec<_> = WORKSPACES.iter().map(check).collect();
    outcomes.into_iter().find(|outcome| *outcome != Outcome::Passed).unwrap_or(Outcome::Passed)
}

/// `clang-format` changes nothing in the committed C files, if it can be installed.
pub fn c_formatting() -> Outcome {
    if let Err(error) = setup::ensure(&[Need::ClangFormat]) {
        return Outcome::Skipped(error.to_string());
    }
    let mut files = Vec::new();
    match C_FOLDERS.iter().try_for_each(|folder| add_c_files(&workspace::root().join(folder), &mut files)) {
        Ok(()) => outcome(setup::tool("clang-format").args(["--dry-run", "-Werror"]).args(files)),
        Err(error) => Outcome::Failed(error.to_string()),
    }
}

/// Adds those in `folder`, but not what was built there. A machine need not have git.
fn add_c_files(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            if !path.ends_with("target") {
                add_c_files(&path, files)?;
            }
        } else if path.extension().is_some_and(|extension| extension == "c" || extension == "h") {
            files.push(path);
        }
    }
    Ok(())
}

/// `cargo clippy` without a warning, if clippy is installed.
pub fn lints() -> Outcome {
    if !installed("clippy") {
        return Outcome::Skipped("clippy is not installed; `rustup component add clippy`".into());
    }
    if let Err(error) = setup::ensure(&[Need::RustTarget(LINT_TARGET)]) {
        return Outcome::Failed(error.to_string());
    }
    let of_host = outcome(
        cargo("clippy").args(["--workspace", "--all-targets", "--quiet"]).args(FEATURES).args(["--", "-D", "warnings"]),
    );
    let of_boards = WORKSPACES_OF_BOARDS.iter().map(|manifest| lints_for_a_board(manifest));
    [of_host].into_iter().chain(of_boards).find(|outcome| *outcome != Outcome::Passed).unwrap_or(Outcome::Passed)
}

fn lints_for_a_board(manifest: &str) -> Outcome {
    let mut clippy = cargo("clippy");
    clippy.args(["--workspace", "--quiet", "--target", LINT_TARGET, "--manifest-path", manifest, "--target-dir"]);
    outcome(clippy.arg(workspace::target_dir().join("lints")).args(["--", "-D", "warnings"]))
}

/// GCC's warnings and its static analysis find nothing in the C of kernel-glue and of the firmware, on each processor, with
/// a network, and in a kernel without modules.
pub fn c_lints() -> Outcome {
    let boards = BOARDS.iter().chain([&WITHOUT_MODULES]).filter(|board| ANALYZED.contains(&board.name));
    let failed = boards.filter_map(|board| analyze(board).err()).collect::<Vec<_>>();
    if failed.is_empty() { Outcome::Passed } else { Outcome::Failed(failed.join("; ")) }
}

fn analyze(board: &Board) -> Result<(), String> {
    setup::ensure(&board.build_needs()).map_err(|error| error.to_string())?;
    firmware::analyze(board).map_err(|error| format!("{}: {error}", board.name))
}

/// `cargo doc` without a warning.
pub fn documentation() -> Outcome {
    let mut doc = cargo("doc");
    outcome(doc.args(["--workspace", "--no-deps", "--quiet"]).args(FEATURES).env("RUSTDOCFLAGS", "-D warnings"))
}

/// kernel-glue takes no more ROM and RAM than the committed sizes.
pub fn sizes() -> Outcome {
    match size::hold() {
        Ok(Comparison::Holds) => Outcome::Passed,
        Ok(Comparison::OtherCompilers(reason)) => Outcome::Skipped(reason),
        Err(error) => Outcome::Failed(error.to_string()),
    }
}

/// The tests of rtt-mod in Miri, which finds undefined behaviour and leaks. Other checks run meanwhile, so that its output is
/// printed at its end, in one piece.
pub fn miri() -> Outcome {
    let miri = |arguments: &[&str]| {
        let mut cargo = Command::new("cargo");
        cargo.current_dir(workspace::root()).args(["+nightly", "miri"]).args(arguments);
        // Without it, rustup downloads a nightly that lacks Miri.
        cargo.env("RUSTUP_AUTO_INSTALL", "0");
        // They name the stable toolchain that runs this program.
        for name in ["CARGO", "RUSTC", "RUSTDOC", "RUSTUP_TOOLCHAIN"] {
            cargo.env_remove(name);
        }
        cargo
    };
    if !process::output(miri(&["--version"]).arg("--quiet")).is_ok_and(|output| output.status.success()) {
        return Outcome::Skipped(
            "Miri is not installed; `rustup toolchain install nightly --component miri,rust-src`".into(),
        );
    }
    let target = workspace::target_dir().join("miri");
    let mut test = miri(&["test", "--quiet", "--package", "rtt-mod", "--lib", "--target-dir"]);
    match process::output(test.arg(target)) {
        Ok(Output { status, stdout, stderr }) => {
            println!("\n---- miri\n{}{}", String::from_utf8_lossy(&stderr), String::from_utf8_lossy(&stdout));
            match status.success() {
                true => Outcome::Passed,
                false => Outcome::Failed(format!("`{}` failed ({status})", process::shown(&test))),
            }
        }
        Err(error) => Outcome::Failed(error.to_string()),
    }
}

/// `cargo test` for the workspace, and for `rtt-mod` without features: what it refuses to compile differs then.
pub fn host_tests(filter: Option<&str>) -> Outcome {
    if let Err(error) = setup::ensure(HOST_TESTS_NEED) {
        return Outcome::Failed(error.to_string());
    }
    let tests = |what: &[&str]| outcome(setup::with_libclang(cargo("test").args(what).args(filter)));
    let all =
        tests(&[&["--workspace", "--exclude", "e2e", "--exclude", "packages", "--no-fail-fast"], FEATURES].concat());
    let of_e2e = tests(&["--package", "e2e", "--lib"]);
    let without_features = tests(&["--package", "rtt-mod", "--test", "attributes"]);
    [all, of_e2e, without_features].into_iter().find(|it| *it != Outcome::Passed).unwrap_or(Outcome::Passed)
}

/// All packages for the registry can be packed, and an application is built from them alone.
pub fn packages() -> Outcome {
    outcome(test_program("outside").arg("--quiet"))
}

/// mkmod compiles for Windows. An end-to-end test runs it in Wine, with which it is built here.
pub fn windows() -> Outcome {
    if let Err(error) = setup::ensure(&[Need::RustTarget(TARGET)]) {
        return Outcome::Skipped(error.to_string());
    }
    let mkmod = ["--quiet", "--package", "rtt-mkmod", "--bins", "--target", TARGET];
    match setup::ensure(&[Need::Wine, Need::Mingw]) {
        Ok(()) => outcome(cargo("build").args(mkmod)),
        Err(error) => match outcome(cargo("check").args(mkmod)) {
            Outcome::Passed => Outcome::Skipped(format!("mkmod compiles for Windows, but was not run there: {error}")),
            failed => failed,
        },
    }
}

/// mkmod compiles for macOS, of which only Rust's libraries are there: nothing is linked.
pub fn macos() -> Outcome {
    match setup::ensure(&[Need::RustTarget(MACOS)]) {
        Ok(()) => outcome(cargo("check").args(["--quiet", "--package", "rtt-mkmod", "--bins", "--target", MACOS])),
        Err(error) => Outcome::Skipped(error.to_string()),
    }
}

/// The end-to-end tests, on all boards.
pub fn end_to_end_tests(filter: Option<&str>) -> Outcome {
    outcome(test_program("e2e").args(["--", filter.unwrap_or("--include-ignored")]))
}

/// The commands on the pages of the manual print what the pages say.
pub fn manual(filter: Option<&str>) -> Outcome {
    outcome(test_program("replay").args(["--", filter.unwrap_or("--include-ignored")]))
}

/// The program of integration tests that is called `name`. It takes what the host tests have built: of its package alone, the
/// dependencies would have other features, and all of them would be built once more.
fn test_program(name: &str) -> Command {
    let mut test = cargo("test");
    test.args(["--workspace", "--test", name]);
    test
}

fn cargo(subcommand: &str) -> Command {
    let mut cargo = process::cargo();
    cargo.current_dir(workspace::root()).arg(subcommand);
    cargo
}

fn installed(subcommand: &str) -> bool {
    process::output(cargo(subcommand).arg("--version")).is_ok_and(|output| output.status.success())
}

fn outcome(command: &mut Command) -> Outcome {
    match process::run(command) {
        Ok(()) => Outcome::Passed,
        Err(error) => Outcome::Failed(error.to_string()),
    }
}
