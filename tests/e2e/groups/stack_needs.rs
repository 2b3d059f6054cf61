//! The stack that the kernel's services take, measured, is no more than what `mkmod stack` counts for them.
//!
//! `target/tmp/stack_needs-BOARD.txt` has all figures afterwards, for kernel-glue/stack.toml.

use std::error::Error;
use std::fs;

use e2e::Fixture;
use firmware::{Board, Suite};
use mkmod::stack::{Code, Floats, class_bytes, unoptimized_bytes};

use super::{TestResult, Tests};

pub const TESTS: Tests = &[("no_service_takes_more_than_the_table_says", measure)];

/// One line of the application `needs`.
struct Measured<'a> {
    class: &'a str,
    bytes: u64,
    line: &'a str,
}

impl<'a> Measured<'a> {
    fn parse(line: &'a str) -> Option<Self> {
        let mut words = line.split(' ');
        let (class, bytes) = (words.next()?, words.next()?.parse().ok()?);
        Some(Self { class, bytes, line })
    }
}

fn measure(fixture: &Fixture) -> TestResult {
    let mut session = fixture.boot()?;
    let printed = session.run("mod run needs")?.prints("exit code 0")?;
    let measured: Vec<Measured<'_>> = printed.text().lines().filter_map(Measured::parse).collect();
    if measured.len() < 30 {
        return Err(printed.failed("there are fewer than 30 figures").into());
    }
    let figures = format!("{}/stack_needs-{}.txt", env!("CARGO_TARGET_TMPDIR"), fixture.board.name);
    fs::write(figures, measured.iter().map(|measured| format!("{}\n", measured.line)).collect::<String>())?;
    let too_large = too_large(&measured, fixture.board)?;
    if too_large.is_empty() { Ok(()) } else { Err(too_large.join("\n").into()) }
}

fn too_large(measured: &[Measured<'_>], board: &Board) -> Result<Vec<String>, Box<dyn Error>> {
    let (code, floats) = (code(board.target), floats(board.target));
    let added = added_bytes(board, code);
    let mut lines = Vec::new();
    for Measured { class, bytes, line } in measured {
        let counted = class_bytes(class, code, floats).ok_or_else(|| format!("no class `{class}` in the table"))?;
        if *bytes > counted + added {
            lines.push(format!("{line}: {counted} are counted"));
        }
    }
    Ok(lines)
}

/// What the glue adds to each stack, which the table does not have.
fn added_bytes(board: &Board, code: Code) -> u64 {
    let without_optimization = if board.suite == Suite::Unoptimized { unoptimized_bytes(code) } else { 0 };
    without_optimization + board.core.stack_bytes_of_interrupts()
}

fn code(target: &str) -> Code {
    match target {
        target if target.starts_with("thumb") => Code::Thumb,
        target if target.starts_with("arm") => Code::Arm,
        target if target.starts_with("riscv32") => Code::Riscv32,
        _ => Code::Riscv64,
    }
}

fn floats(target: &str) -> Floats {
    if target.ends_with("hf") { Floats::InRegisters } else { Floats::InSoftware }
}
