//! `mkmod check` and the kernel agree on modules that were changed at random; see [`e2e::fuzz`].

use std::fs;

use e2e::Fixture;
use e2e::fuzz::{Report, Runner, found};

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

/// Each of them has once stopped a kernel or crashed `mkmod check`. All but one differ from the module that they are made of,
/// and at least that one loads.
fn found(fixture: &Fixture) -> TestResult {
    let hello = fs::read(fixture.module("hello")?)?;
    let mutants = found::all(&hello);
    if let Some(same) = mutants.iter().find(|mutant| mutant.bytes == hello && mutant.name != "same") {
        return Err(format!("`{}` is as it was", same.name).into());
    }
    let report = Runner::build(fixture)?.try_mutants(mutants)?;
    if report.passed == 0 {
        return Err(report.to_string().into());
    }
    harmless(&report)
}

fn harmless(report: &Report) -> TestResult {
    if report.findings.is_empty() { Ok(()) } else { Err(report.to_string().into()) }
}
