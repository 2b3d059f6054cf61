//! mkmod on the host: what it accepts, what it refuses, and its messages.

use std::error::Error;
use std::fs;
use std::path::Path;
use std::process::Output;

use e2e::Fixture;
use setup::process;

use super::{TestResult, Tests, link};

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

/// What a module of the card imports that not every kernel has.
const OPTIONAL: &[(&str, &str)] = &[
    ("missing.mo", "no_such_function"),
    ("echod.mo", "rttm_socket_new"),
    ("http.mo", "rttm_socket_new"),
    ("sockets.mo", "rttm_socket_new"),
    ("needs.mo", "rttm_sensor_read"),
    ("sensed.mo", "rttm_sensor_read"),
    ("placed.mo", "rttm_memheap"),
    ("lodger.mo", "rttm_memheap"),
    ("bulky.mo", "rttm_memheap"),
    ("stranded.mo", "rttm_memheap"),
];

/// Checks against the kernel's ELF file and against the text of `mkmod symbols`.
fn accepted(fixture: &Fixture) -> TestResult {
    let symbols = fs::read_to_string(&fixture.kernel_symbols)?;
    for module in &fixture.modules {
        let lacking = lacking(module, &symbols);
        for kernel in [&fixture.firmware.elf, &fixture.kernel_symbols] {
            let output = check(fixture, module, kernel)?;
            match lacking {
                Some(import) => refused(&output, &[&format!("`{import}` is not exported")])?,
                None if !output.status.success() => {
                    return Err(format!("{} is refused: {}", module.display(), said(&output)).into());
                }
                None => (),
            }
        }
    }
    Ok(())
}

/// What the kernel with these exports lacks of what the module needs.
fn lacking(module: &Path, symbols: &str) -> Option<&'static str> {
    let (_, import) = OPTIONAL.iter().find(|(name, _)| module.ends_with(name))?;
    let is_exported =
        symbols.lines().any(|line| line.strip_prefix(import).is_some_and(|rest| rest.starts_with(" => ")));
    (!is_exported).then_some(import)
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
    let output = build(fixture, "refused", &[])?;
    refused(&output, &["no_such_function"])
}

fn wrong_prototype(fixture: &Fixture) -> TestResult {
    let output = build(fixture, "prototypes", &["--bin", "wrong"])?;
    let takes = "`rt_thread_mdelay` takes 1 argument of 4 bytes and returns 4 bytes in rtthread.elf (";
    let passes = "but the module passes 1 argument of 8 bytes and expects nothing back";
    refused(&output, &[takes, passes, "src/bin/wrong.rs:12"])?;
    // Where the compiler says that the function is: its declaration, or its definition.
    let places = ["include/rtthread.h:", "src/thread.c:"].map(|file| format!("{takes}{file}"));
    match places.iter().any(|place| said(&output).contains(place)) {
        true => Ok(()),
        false => Err(format!("no place of the function is in: {}", said(&output)).into()),
    }
}

fn right_prototype(fixture: &Fixture) -> TestResult {
    let output = build(fixture, "prototypes", &["--bin", "right"])?;
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

/// Builds a copy of a project whose manifest names our own build of 4.0.3. That of the copy names the kernel of the test.
fn build(fixture: &Fixture, project: &str, cargo_arguments: &[&str]) -> Result<Output, Box<dyn Error>> {
    let project = fixture.source(&format!("tests/projects/{project}"));
    let folder = tempfile::tempdir()?;
    link::copy_sources(&project, folder.path())?;
    let manifest = folder.path().join("Cargo.toml");
    let text = fs::read_to_string(&manifest)?
        .replace("../../../target/firmware/an385/rtthread.elf", &fixture.firmware.elf.to_string_lossy())
        .replace("../../../", &fixture.source("").to_string_lossy())
        .replace("../../", &fixture.source("tests/").to_string_lossy());
    fs::write(&manifest, text)?;
    let mut command = fixture.mkmod.command();
    command.current_dir(folder.path()).args(["build", "--target", fixture.board.target, "--"]).args(cargo_arguments);
    Ok(process::output(&mut command)?)
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
