//! mkmod on the host: what it accepts, what it refuses, and its messages.

use std::fs;
use std::path::Path;
use std::process::Output;

use e2e::Fixture;
use setup::process;

use super::{TestResult, Tests};

pub const TESTS: Tests = &[
    ("check_accepts_every_module_of_the_card", accepted),
    ("check_names_a_function_that_the_kernel_does_not_export", unexported),
    ("check_names_the_option_that_a_network_needs", without_network),
    ("the_build_fails_when_the_configured_kernel_lacks_a_function", unexported_at_build),
    ("the_build_fails_when_a_declaration_differs_from_the_kernels", wrong_prototype),
    ("a_declaration_as_the_kernels_builds", right_prototype),
    ("a_text_file_is_refused", text_file),
    ("an_elf_of_the_host_is_refused", host_elf),
    ("a_truncated_module_is_refused", truncated),
    ("a_missing_file_is_refused", missing_file),
];

/// Checks against the kernel's ELF file and against the text of `mkmod symbols`.
fn accepted(fixture: &Fixture) -> TestResult {
    for module in fixture.modules.iter().filter(|module| !is_refused(module)) {
        for kernel in [&fixture.firmware.elf, &fixture.kernel_symbols] {
            let output = check(fixture, module, kernel)?;
            if !output.status.success() {
                return Err(format!("{} is refused: {}", module.display(), said(&output)).into());
            }
        }
    }
    Ok(())
}

/// Whether this board's kernel lacks something that the module needs.
fn is_refused(module: &Path) -> bool {
    ["missing.mo", "echod.mo", "http.mo", "sockets.mo", "placed.mo", "lodger.mo", "bulky.mo", "homeless.mo"]
        .iter()
        .any(|name| module.ends_with(name))
}

fn without_network(fixture: &Fixture) -> TestResult {
    let output = check(fixture, fixture.module("http")?, &fixture.firmware.elf)?;
    refused(
        &output,
        &[
            "`rttm_socket_new` is not exported",
            "enable RT_USING_SAL and RTT_MOD_USING_NET in the firmware",
            "examples/http/src/main.rs",
        ],
    )
}

fn unexported(fixture: &Fixture) -> TestResult {
    let output = check(fixture, fixture.module("missing")?, &fixture.firmware.elf)?;
    refused(&output, &["no_such_function", "RTM_EXPORT"])
}

fn unexported_at_build(fixture: &Fixture) -> TestResult {
    let output = build(fixture, "tests/projects/refused", &[])?;
    refused(&output, &["no_such_function"])
}

fn wrong_prototype(fixture: &Fixture) -> TestResult {
    let output = build(fixture, "tests/projects/prototypes", &["--bin", "wrong"])?;
    let takes =
        "`rt_thread_mdelay` takes 1 argument of 4 bytes and returns 4 bytes in rtthread.elf (include/rtthread.h:";
    let passes = "but the module passes 1 argument of 8 bytes and expects nothing back";
    refused(&output, &[takes, passes, "src/bin/wrong.rs:12"])
}

fn right_prototype(fixture: &Fixture) -> TestResult {
    let output = build(fixture, "tests/projects/prototypes", &["--bin", "right"])?;
    if output.status.success() { Ok(()) } else { Err(said(&output).into()) }
}

fn text_file(fixture: &Fixture) -> TestResult {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("notes.mo");
    fs::write(&file, "not a module\n")?;
    refused_briefly(fixture, &file)
}

fn host_elf(fixture: &Fixture) -> TestResult {
    refused_briefly(fixture, &fixture.mkmod.program())
}

fn truncated(fixture: &Fixture) -> TestResult {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("cut.mo");
    let whole = fs::read(fixture.module("hello")?)?;
    for length in [0, 3, 52, whole.len() / 2, whole.len() - 1] {
        fs::write(&file, &whole[..length])?;
        refused_briefly(fixture, &file)?;
    }
    Ok(())
}

fn missing_file(fixture: &Fixture) -> TestResult {
    refused_briefly(fixture, Path::new("nowhere/hello.mo"))
}

/// `mkmod check` and `mkmod info` refuse the file in one or two lines that name it.
fn refused_briefly(fixture: &Fixture, file: &Path) -> TestResult {
    let info = process::output(fixture.mkmod.command().arg("info").arg(file))?;
    for output in [check(fixture, file, &fixture.firmware.elf)?, info] {
        let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        refused(&output, &[&name])?;
        let lines = said(&output).lines().filter(|line| !line.trim().is_empty()).count();
        if lines > 2 {
            return Err(format!("{lines} lines about {}:\n{}", file.display(), said(&output)).into());
        }
    }
    Ok(())
}

/// Builds an application whose manifest names a kernel.
fn build(fixture: &Fixture, app: &str, cargo_arguments: &[&str]) -> Result<Output, process::Error> {
    let mut command = fixture.mkmod.command();
    command
        .current_dir(fixture.source(app))
        .args(["build", "--target", fixture.board.target, "--"])
        .args(cargo_arguments);
    process::output(&mut command)
}

fn check(fixture: &Fixture, module: &Path, kernel: &Path) -> Result<Output, process::Error> {
    process::output(fixture.mkmod.command().arg("check").arg(module).arg("--kernel").arg(kernel))
}

/// Fails unless mkmod ended with exit code 1 and printed all of `words`.
fn refused(output: &Output, words: &[&str]) -> TestResult {
    let said = said(output);
    if output.status.code() != Some(1) {
        return Err(format!("ended with {} and printed: {said}", output.status).into());
    }
    match words.iter().find(|word| !said.contains(**word)) {
        Some(word) => Err(format!("`{word}` is not in: {said}").into()),
        None => Ok(()),
    }
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}
