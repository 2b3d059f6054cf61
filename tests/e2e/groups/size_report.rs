//! `mkmod size` on the examples, and size budgets.

use std::path::Path;

use e2e::Fixture;
use serde::Deserialize;
use setup::process;

use super::{TestResult, Tests};

pub const TESTS: Tests = &[
    ("the_tables_add_up_to_what_is_resident", tables_add_up),
    ("what_pulled_in_core_fmt_is_named", core_fmt),
    ("hello_is_free_of_what_is_costly", nothing_costly),
    ("the_build_fails_past_a_budget", budget),
];

#[derive(Deserialize)]
struct Report {
    resident: u64,
    crates: Vec<Row>,
    functions: Vec<Row>,
    features: Vec<Feature>,
}

#[derive(Deserialize)]
struct Row {
    name: String,
    bytes: u64,
}

#[derive(Deserialize)]
struct Feature {
    name: String,
    paths: Vec<CallPath>,
}

#[derive(Deserialize)]
struct CallPath {
    steps: Vec<Step>,
}

#[derive(Deserialize)]
struct Step {
    function: String,
    line: Option<String>,
}

#[derive(Deserialize)]
struct Info {
    size: InfoSize,
}

#[derive(Deserialize)]
struct InfoSize {
    resident: u64,
}

fn tables_add_up(fixture: &Fixture) -> TestResult {
    for module in &fixture.modules {
        let report: Report = told(fixture, "size", module)?;
        let info: Info = told(fixture, "info", module)?;
        let sum = |rows: &[Row]| rows.iter().map(|row| row.bytes).sum::<u64>();
        let sums = [report.resident, sum(&report.crates), sum(&report.functions)];
        if sums != [info.size.resident; 3] {
            return Err(format!("{}: {sums:?} are not {}", module.display(), info.size.resident).into());
        }
        let unknown = report.crates.iter().find(|row| row.name == "(unnamed)" || row.name == "(no crate)");
        if let Some(Row { name, bytes }) = unknown.filter(|row| row.bytes > 16) {
            return Err(format!("{}: {bytes} bytes are of {name}", module.display()).into());
        }
    }
    Ok(())
}

/// The example heap has a `format!`. The call path goes through its line.
fn core_fmt(fixture: &Fixture) -> TestResult {
    let report: Report = told(fixture, "size", fixture.module("heap")?)?;
    let fmt = report.features.iter().find(|feature| feature.name == "core::fmt").ok_or("core::fmt is not listed")?;
    let is_told = |path: &CallPath| {
        let ends = (path.steps.first(), path.steps.last());
        let goes_through = path.steps.iter().filter_map(|step| step.line.as_ref());
        matches!(ends, (Some(first), Some(last)) if first.function == "main" && last.function == "core::fmt::write")
            && goes_through.into_iter().any(|line| line.contains("heap/src/main.rs:"))
    };
    if fmt.paths.iter().any(is_told) { Ok(()) } else { Err("no call path leads from main to core::fmt::write".into()) }
}

fn nothing_costly(fixture: &Fixture) -> TestResult {
    let report: Report = told(fixture, "size", fixture.module("hello")?)?;
    match report.features.first() {
        Some(feature) => Err(format!("{} is in hello", feature.name).into()),
        None => Ok(()),
    }
}

fn budget(fixture: &Fixture) -> TestResult {
    let app = fixture.source("tests/projects/oversized");
    let mut command = fixture.mkmod.command();
    let output = process::output(command.current_dir(app).args(["build", "--target", fixture.board.target]))?;
    let said = String::from_utf8_lossy(&output.stderr);
    let words = ["exceeds the budget of its package", "more than max-resident = 64", "main"];
    match words.iter().find(|word| output.status.success() || !said.contains(**word)) {
        Some(word) => Err(format!("ended with {}, without `{word}`: {said}", output.status).into()),
        None => Ok(()),
    }
}

/// The JSON output of `mkmod COMMAND MODULE`.
fn told<T: for<'de> Deserialize<'de>>(fixture: &Fixture, word: &str, module: &Path) -> Result<T, String> {
    let output = process::output(fixture.mkmod.command().arg(word).arg(module).arg("--json"));
    let output = output.map_err(|error| error.to_string())?;
    serde_json::from_slice(&output.stdout)
        .map_err(|error| format!("{}: {error}\n{}", module.display(), String::from_utf8_lossy(&output.stderr)))
}
