//! `cargo xtask test`: runs all checks, even after one has failed.

mod checks;

use std::fmt;
use std::panic::resume_unwind;
use std::thread::{self, ScopedJoinHandle};
use std::time::{Duration, Instant};

/// How a check ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    Passed,
    /// It was not run, for this reason.
    Skipped(String),
    /// It failed, for this reason.
    Failed(String),
}

/// A check that was run.
struct Run {
    name: &'static str,
    outcome: Outcome,
    time: Duration,
}

/// Why the checks as a whole failed.
#[derive(Debug, thiserror::Error)]
pub enum Failed {
    /// Some did.
    #[error("failed: {0}")]
    Checks(String),
    /// None was run.
    #[error("no check is called `{name}`; there are: {all}")]
    NoCheck { name: String, all: String },
}

/// A check: its name, which tests it has, and what it does.
struct Check {
    name: &'static str,
    tests: Tests,
    run: fn(Option<&str>) -> Outcome,
}

/// Which tests a check has.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tests {
    /// None with names of their own: with a filter, it is not run.
    Unnamed,
    /// Tests that a filter can choose.
    Named,
    /// Tests that depend on the kernel: only these are run on another RT-Thread.
    OnTheKernel,
}

const CHECKS: &[Check] = &[
    Check { name: "toolchain", tests: Tests::Unnamed, run: |_| checks::toolchain() },
    Check { name: "formatting", tests: Tests::Unnamed, run: |_| checks::formatting() },
    Check { name: "formatting of C", tests: Tests::Unnamed, run: |_| checks::c_formatting() },
    Check { name: "lints", tests: Tests::Unnamed, run: |_| checks::lints() },
    Check { name: "lints of C", tests: Tests::Unnamed, run: |_| checks::c_lints() },
    Check { name: "documentation", tests: Tests::Unnamed, run: |_| checks::documentation() },
    Check { name: "sizes", tests: Tests::Unnamed, run: |_| checks::sizes() },
    Check { name: "packages", tests: Tests::Unnamed, run: |_| checks::packages() },
    Check { name: "windows", tests: Tests::Unnamed, run: |_| checks::windows() },
    Check { name: "macos", tests: Tests::Unnamed, run: |_| checks::macos() },
    Check { name: "host tests", tests: Tests::Named, run: checks::host_tests },
    Check { name: "end-to-end tests", tests: Tests::OnTheKernel, run: checks::end_to_end_tests },
    Check { name: "manual", tests: Tests::Named, run: checks::manual },
];

/// Keeps one core busy for minutes, so it runs beside the others. What it prints comes when it is done.
const MIRI: Check = Check { name: "miri", tests: Tests::Unnamed, run: |_| checks::miri() };

/// Runs all checks and prints a summary. With `filter`, only the tests whose names contain it; with `name`, only the checks
/// whose names do.
///
/// If `RTT_PATH` names another RT-Thread, only the end-to-end tests are run, because the others do not run on a kernel.
pub fn test(filter: Option<&str>, name: Option<&str>) -> Result<(), Failed> {
    let is_chosen = |check: &&Check| {
        name.is_none_or(|name| check.name.contains(name))
            && (filter.is_none() || check.tests != Tests::Unnamed)
            && (check.tests == Tests::OnTheKernel || !is_for_another_kernel())
    };
    let runs: Vec<Run> = thread::scope(|scope| {
        let beside = is_chosen(&&MIRI).then(|| scope.spawn(|| run(&MIRI, filter)));
        let in_turn: Vec<_> = CHECKS.iter().filter(is_chosen).map(|check| run(check, filter)).collect();
        in_turn.into_iter().chain(beside.map(join)).collect()
    });
    if runs.is_empty() {
        let all = CHECKS.iter().chain([&MIRI]).map(|check| check.name).collect::<Vec<_>>().join(", ");
        return Err(Failed::NoCheck { name: name.unwrap_or_default().into(), all });
    }
    summarize(&runs)
}

fn join(check: ScopedJoinHandle<'_, Run>) -> Run {
    check.join().unwrap_or_else(|panic| resume_unwind(panic))
}

fn run(check: &Check, filter: Option<&str>) -> Run {
    println!("\n---- {}", check.name);
    let begin = Instant::now();
    let outcome = (check.run)(filter);
    Run { name: check.name, outcome, time: begin.elapsed() }
}

fn is_for_another_kernel() -> bool {
    std::env::var_os("RTT_PATH").is_some_and(|root| !root.is_empty())
}

fn summarize(runs: &[Run]) -> Result<(), Failed> {
    println!("\n---- summary");
    for Run { name, outcome, time } in runs {
        println!("{name:<18} {:>5} s  {outcome}", time.as_secs());
    }
    if !is_for_another_kernel() {
        println!("not run on another kernel: RTT_PATH names no RT-Thread");
    }
    let failed = runs.iter().filter(|run| matches!(run.outcome, Outcome::Failed(_)));
    let failed: Vec<_> = failed.map(|run| run.name).collect();
    if failed.is_empty() { Ok(()) } else { Err(Failed::Checks(failed.join(", "))) }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Passed => f.write_str("ok"),
            Self::Skipped(reason) => write!(f, "skipped: {reason}"),
            Self::Failed(reason) => write!(f, "FAILED: {reason}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_summary_names_each_failed_check() {
        let run = |name, outcome| Run { name, outcome, time: Duration::ZERO };
        let failed = || Outcome::Failed("reason".into());
        let runs = [
            run("a", failed()),
            run("b", Outcome::Passed),
            run("c", Outcome::Skipped("why".into())),
            run("d", failed()),
        ];
        assert_eq!(summarize(&runs).unwrap_err().to_string(), "failed: a, d");
    }

    #[test]
    fn an_unknown_check_is_an_error() {
        let error = test(None, Some("flavour")).unwrap_err().to_string();
        assert!(error.starts_with("no check is called `flavour`; there are: toolchain, "), "{error}");
    }
}
