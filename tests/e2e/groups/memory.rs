//! What a module took, it gives back: 50 runs leave the heap as the first run left it.

use e2e::Fixture;

use super::{TestResult, Tests};

const RUNS: usize = 50;

pub const TESTS: Tests = &[
    ("fifty_runs_of_hello_leave_nothing", |fixture| runs_leave_nothing(fixture, "hello a b")),
    ("fifty_runs_of_heap_leave_nothing", |fixture| runs_leave_nothing(fixture, "heap")),
    ("fifty_runs_of_panic_leave_nothing", |fixture| runs_leave_nothing(fixture, "panic")),
    ("fifty_runs_of_status_leave_nothing", |fixture| runs_leave_nothing(fixture, "status 7")),
];

/// By name and by `mod run` in turns.
fn runs_leave_nothing(fixture: &Fixture, command: &str) -> TestResult {
    let mut session = fixture.boot()?;
    session.run(command)?;
    let after_first = session.settled_memory()?;
    for run in 1..RUNS {
        match run % 2 {
            0 => session.run(command)?,
            _ => session.run(&format!("mod run {command}"))?.prints("exit code")?,
        };
    }
    session.uses(after_first)?;
    Ok(())
}
