//! `cargo xtask test`: runs all checks, even after one has failed.

mod checks;

use std::fmt;

/// How a check ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    Passed,
    /// It was not run, for this reason.
    Skipped(String),
    /// It failed, for this reason.
    Failed(String),
}

/// failed: {0}
#[derive(Debug, thiserror::Error)]
#[error("failed: {0}")]
pub struct Failed(String);

/// Runs all checks and prints a summary. With `filter`, only the tests whose names contain it.
///
/// If `RTT_PATH` names another RT-Thread, only the end-to-end tests are run, because the others do not run on a kernel.
pub fn test(filter: Option<&str>) -> Result<(), Failed> {
    let mut results = Vec::new();
    let mut check = |name: &'static str, run: &dyn Fn() -> Outcome| {
        println!("\n---- {name}");
        results.push((name, run()));
    };
    if is_for_another_kernel() {
        check("end-to-end tests", &|| checks::end_to_end_tests(filter));
        return summarize(&results);
    }
    if filter.is_none() {
        check("toolchain", &checks::toolchain);
        check("formatting", &checks::formatting);
        check("formatting of C", &checks::c_formatting);
        check("lints", &checks::lints);
        check("lints of C", &checks::c_lints);
        check("documentation", &checks::documentation);
        check("miri", &checks::miri);
        check("sizes", &checks::sizes);
        check("packages", &checks::packages);
        check("windows", &checks::windows);
    }
    check("host tests", &|| checks::host_tests(filter));
    check("end-to-end tests", &|| checks::end_to_end_tests(filter));
    check("manual", &|| checks::manual(filter));
    check("on another kernel", &|| Outcome::Skipped("RTT_PATH names no RT-Thread".into()));
    summarize(&results)
}

fn is_for_another_kernel() -> bool {
    std::env::var_os("RTT_PATH").is_some_and(|root| !root.is_empty())
}

fn summarize(results: &[(&str, Outcome)]) -> Result<(), Failed> {
    println!("\n---- summary");
    for (name, outcome) in results {
        println!("{name:<18} {outcome}");
    }
    let failed: Vec<_> =
        results.iter().filter(|(_, outcome)| matches!(outcome, Outcome::Failed(_))).map(|(name, _)| *name).collect();
    if failed.is_empty() { Ok(()) } else { Err(Failed(failed.join(", "))) }
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
        let failed = || Outcome::Failed("reason".into());
        let results = [("a", failed()), ("b", Outcome::Passed), ("c", Outcome::Skipped("why".into())), ("d", failed())];
        assert_eq!(summarize(&results).unwrap_err().to_string(), "failed: a, d");
    }
}
