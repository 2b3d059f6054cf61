//! Applications with bindings to RT-Thread's own headers.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use e2e::{Fixture, card_with};
use setup::process;

use super::{TestResult, Tests};

pub const TESTS: Tests = &[
    ("the_kernel_is_called_through_its_headers", calls),
    ("enums_and_wchar_t_have_the_sizes_of_the_kernel", sizes),
    ("a_function_that_is_only_declared_is_refused", unexported),
    ("what_is_missing_is_named_with_its_mend", missing),
    ("headers_that_clang_refuses_are_told", bad_header),
];

/// The folder of the applications.
const APPS: &str = "tests/projects/kernel_bindings";

fn calls(fixture: &Fixture) -> TestResult {
    let module = module(fixture, "calls")?;
    let output = check(fixture, &module)?;
    if !output.status.success() {
        return Err(said(&output).into());
    }
    let mut session = fixture.boot_with(&card_with(&[module])?)?;
    let before = session.settled_memory()?;
    session.run("mod run calls")?.prints("waited: true\nthread: calls\nfrom the kernel: 8\nexit code 0")?;
    session.uses(before)?;
    Ok(())
}

/// With the flags that change them, and without. GCC says what is right.
fn sizes(fixture: &Fixture) -> TestResult {
    let folder = tempfile::tempdir()?;
    let kernel = folder.path().join("kernel.o");
    let flags: [&[&str]; 3] = [&[], &["-fshort-wchar"], &["-fno-short-enums", "-fshort-wchar"]];
    for (flags, color, label) in [(flags[0], 1, 20), (flags[1], 1, 10), (flags[2], 4, 12)] {
        compile_sizes(fixture, flags, [color, label], &kernel)?;
        process::run(build(fixture, "sizes")?.env("RTT_KERNEL", &kernel))?;
        let module = fixture.mkmod.module(fixture.board.target, "sizes");
        let mut session = fixture.boot_with(&card_with(&[module])?)?;
        session.run("mod run sizes")?.prints(&format!("color {color}, label {label}\nexit code 0"))?;
    }
    Ok(())
}

/// An object that the firmware's compiler makes only if the types have these sizes.
fn compile_sizes(fixture: &Fixture, flags: &[&str], [color, label]: [usize; 2], object: &Path) -> TestResult {
    let source = object.with_extension("c");
    let text = format!(
        "#include <stddef.h>\nenum led_color {{ LED_RED, LED_GREEN }};\n\
         struct led_label {{ wchar_t text[4]; enum led_color color; }};\n\
         _Static_assert(sizeof(enum led_color) == {color} && sizeof(struct led_label) == {label}, \"\");\n"
    );
    std::fs::write(&source, text)?;
    process::run(
        setup::tool("arm-none-eabi-gcc")
            .args(&fixture.firmware.cpu)
            .args(flags)
            .arg("-c")
            .arg(&source)
            .arg("-o")
            .arg(object),
    )?;
    Ok(())
}

fn unexported(fixture: &Fixture) -> TestResult {
    let output = check(fixture, &module(fixture, "unexported")?)?;
    says(&output, &["`led_toggle` is not exported by rtthread.elf", "src/bin/unexported.rs:"])
}

fn missing(fixture: &Fixture) -> TestResult {
    let none = tempfile::tempdir()?;
    let without = |name: &'static str, value: Option<&Path>, words: &[&str]| -> TestResult {
        let mut command = build(fixture, "calls")?;
        match value {
            Some(value) => command.env(name, value),
            None => command.env_remove(name),
        };
        says(&process::output(&mut command)?, words)
    };
    let root = "set it to RT-Thread's root folder";
    without("RTT_PATH", None, &["the feature `kernel-bindings` needs RTT_PATH", root])?;
    without("RTT_PATH", Some(none.path()), &["where there is no include/rtthread.h", root])?;
    let config = "set it to the folder of the firmware's rtconfig.h";
    without("RTT_CONFIG", None, &["the feature `kernel-bindings` needs RTT_CONFIG", config])?;
    without("RTT_CONFIG", Some(none.path()), &["where there is no rtconfig.h", config])?;
    let words = ["which is no ELF file", "RTT_CFLAGS"];
    without("RTT_KERNEL", Some(&fixture.source("tests/firmware/rtconfig.h")), &words)?;
    let header = ["there is no `sensor.h`, which RTT_HEADERS names", "RTT_INCLUDE"];
    without("RTT_HEADERS", Some(Path::new("sensor.h")), &header)?;
    let libclang = ["needs libclang: install it (`apt-get install libclang-dev`)", "LIBCLANG_PATH"];
    without("LIBCLANG_PATH", Some(none.path()), &libclang)
}

fn bad_header(fixture: &Fixture) -> TestResult {
    let mut command = build(fixture, "calls")?;
    command.env("RTT_CFLAGS", "-include no_such.h");
    let words = ["clang refuses the headers", "no_such.h", "RTT_CFLAGS"];
    says(&process::output(&mut command)?, &words)
}

/// Builds one of the applications, and returns its module.
fn module(fixture: &Fixture, name: &str) -> Result<PathBuf, Box<dyn std::error::Error>> {
    process::run(&mut build(fixture, name)?)?;
    Ok(fixture.mkmod.module(fixture.board.target, name))
}

/// A command that builds one of the applications, with the right environment variables.
fn build(fixture: &Fixture, name: &str) -> Result<Command, firmware::Error> {
    let apps = fixture.source(APPS);
    let config = configuration(fixture);
    let include = [fixture.source("tests/firmware/boards").join(fixture.board.name), apps.join("include")];
    let mut command = fixture.mkmod.command();
    command.current_dir(apps).args(["build", "--target", fixture.board.target, "--", "--bin", name]);
    command.env("RTT_PATH", firmware::rt_thread_root()?).env("RTT_CONFIG", config);
    command.env("RTT_INCLUDE", std::env::join_paths(include).unwrap_or_default());
    command.env("RTT_HEADERS", "rtthread.h:led.h");
    Ok(command)
}

/// The folder of the firmware's `rtconfig.h`: a BSP that SCons builds has its own.
fn configuration(fixture: &Fixture) -> PathBuf {
    let bsp = fixture.firmware.elf.with_file_name("");
    if bsp.join("rtconfig.h").is_file() { bsp } else { fixture.source("tests/firmware") }
}

fn check(fixture: &Fixture, module: &Path) -> Result<Output, process::Error> {
    process::output(fixture.mkmod.command().arg("check").arg(module).arg("--kernel").arg(&fixture.firmware.elf))
}

/// Fails unless the command failed and printed all of `words`.
fn says(output: &Output, words: &[&str]) -> TestResult {
    let said = said(output);
    if output.status.success() {
        return Err(format!("it succeeded and printed: {said}").into());
    }
    match words.iter().find(|word| !said.contains(**word)) {
        Some(word) => Err(format!("`{word}` is not in: {said}").into()),
        None => Ok(()),
    }
}

fn said(output: &Output) -> String {
    [&output.stdout, &output.stderr].map(|bytes| String::from_utf8_lossy(bytes).into_owned()).concat()
}
