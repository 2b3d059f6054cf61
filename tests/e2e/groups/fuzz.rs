//! `mkmod check` and the kernel agree on modules that were changed at random; see [`e2e::fuzz`].

use std::fs;
use std::path::PathBuf;

use e2e::Fixture;
use e2e::fuzz::{Mutant, Report, Runner};

use super::{TestResult, Tests};

/// The seed is fixed here. `cargo xtask fuzz` takes a fresh one.
const SEED: u64 = 403;
const MUTANTS: usize = 1000;
/// At least as many must pass `mkmod check`, or the test shows little.
const PASSING: usize = 100;

pub const TESTS: Tests = &[("mutants_that_pass_load", mutants), ("what_was_found_stays_harmless", found)];

fn mutants(fixture: &Fixture) -> TestResult {
    let report = Runner::build(fixture)?.try_seed(SEED, MUTANTS)?;
    if report.passed < PASSING {
        return Err(report.to_string().into());
    }
    harmless(&report)
}

/// Each file in `tests/cases/mutants` has once stopped a kernel or crashed `mkmod check`.
fn found(fixture: &Fixture) -> TestResult {
    let mut files = Vec::new();
    for entry in fs::read_dir(fixture.source("tests/cases/mutants"))? {
        files.push(entry?.path());
    }
    files.sort();
    let mutants = files.iter().filter(|file| file.extension().is_some_and(|it| it == "mo")).map(mutant);
    harmless(&Runner::build(fixture)?.try_mutants(mutants.collect::<Result<_, _>>()?)?)
}

fn mutant(file: &PathBuf) -> std::io::Result<Mutant> {
    let name = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    Ok(Mutant { name, bytes: fs::read(file)?, story: "found before".into() })
}

fn harmless(report: &Report) -> TestResult {
    if report.findings.is_empty() { Ok(()) } else { Err(report.to_string().into()) }
}
