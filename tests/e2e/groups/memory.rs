//! Modules give back all memory: 50 runs leave the heap as the first run left it.

use e2e::Fixture;

use super::{TestResult, Tests};

const RUNS: usize = 50;

pub const TESTS: Tests = &[
    ("fifty_runs_of_hello_leave_nothing", |fixture| runs_leave_nothing(fixture, "hello a b", "argument 2: b\n", 0)),
    ("fifty_runs_of_heap_leave_nothing", |fixture| runs_leave_nothing(fixture, "heap", "sum: 385\n", 0)),
    ("fifty_runs_of_panic_leave_nothing", |fixture| runs_leave_nothing(fixture, "panic", "panicked at", 101)),
    ("fifty_runs_of_status_leave_nothing", |fixture| runs_leave_nothing(fixture, "status 7", "", 7)),
];

/// Runs `command` by name and by `mod run` in turns.
fn runs_leave_nothing(fixture: &Fixture, command: &str, text: &str, code: i32) -> TestResult {
    let mut session = fixture.boot()?;
    session.start(command, text)?;
    let after_first = session.settled_memory()?;
    let code = format!("exit code {code}\n");
    for run in 1..RUNS {
        match run % 2 {
            0 => session.start(command, text)?,
            _ => session.run(&format!("mod run {command}"))?.prints(&code)?.prints(text)?,
        };
    }
    session.uses(after_first)?;
    Ok(())
}
