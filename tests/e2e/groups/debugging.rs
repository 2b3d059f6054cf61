//! `mkmod trace` and `mkmod gdb`: from an address to a line of the source.

use std::fs;
use std::net::TcpListener;

use e2e::Fixture;
use qemu::{Machine, Port};
use setup::Need;

use super::used_board::{Used, expect, mkmod_at, prints, text};
use super::{TestResult, Tests};

pub const TESTS: Tests = &[
    ("a_fault_in_an_inlined_function_is_traced_to_its_line", inlined),
    ("a_log_is_traced_afterwards", log),
    ("gdb_stops_in_main", gdb),
];

/// `write_volatile` of `core` is inlined.
const ACCESS: [&str; 3] =
    ["core::ptr::write_volatile at ", "inlined into faulty::access_nothing at ", "faulty::fault at "];

/// The program is beside the module.
fn inlined(fixture: &Fixture) -> TestResult {
    let board = Used::new(fixture)?;
    let said = board.gives(102, &["run", &text(fixture.module("faulty")?), "access"])?;
    ACCESS.iter().try_for_each(|wanted| prints(&said, wanted))?;
    let line = fs::read_to_string(fixture.source("tests/apps/faulty/src/main.rs"))?
        .lines()
        .position(|line| line.contains("ptr::write_volatile("))
        .ok_or("faulty has no such line")?;
    prints(&said, &format!("faulty/src/main.rs:{}\n", line + 1))
}

fn log(fixture: &Fixture) -> TestResult {
    let mut session = fixture.boot()?;
    let log = session.run("mod run faulty access")?.prints("image+0x")?.text().to_owned();
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("console.txt");
    fs::write(&file, &log)?;
    let program = text(&fixture.module("faulty")?.with_extension(""));
    let kernel = text(&fixture.firmware.elf);
    let traced = |arguments: &[&str]| {
        let mut command = mkmod_at(fixture, "tcp:nobody:1", arguments);
        expect(0, &command.current_dir(folder.path()).output()?, arguments)
    };
    let file = text(&file);
    let said = traced(&["trace", &file, "--elf", &program, "--kernel", &kernel])?;
    ACCESS.iter().try_for_each(|wanted| prints(&said, wanted))?;
    prints(&traced(&["trace", &file])?, "no program in target has build")
}

/// Before anything of the module runs.
fn gdb(fixture: &Fixture) -> TestResult {
    if let Err(error) = setup::ensure(&[Need::Gdb]) {
        println!("skipped, since there is no GDB: {error}");
        return Ok(());
    }
    let stub = TcpListener::bind("127.0.0.1:0")?.local_addr()?.to_string();
    let arguments = vec!["-gdb".to_owned(), format!("tcp:{stub}")];
    let port = Port::tcp(&Machine { arguments, ..fixture.machine(fixture.card()) })?;
    let module = text(fixture.module("hello")?);
    let arguments = [
        "gdb",
        &module,
        "--target",
        &stub,
        "--",
        "-batch",
        "-ex",
        "continue",
        "-ex",
        "info symbol $pc",
        "-ex",
        "backtrace",
        "-ex",
        "delete",
        "-ex",
        "detach",
    ];
    let said = expect(0, &mkmod_at(fixture, port.name(), &arguments).output()?, &arguments)?;
    prints(&said, "Breakpoint 1, ")?;
    prints(&said, "main in section .text")?;
    prints(&said, "hello/src/main.rs:")
}
