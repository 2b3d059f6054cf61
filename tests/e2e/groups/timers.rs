//! A module's timers, and what their callbacks must not do.

use e2e::Fixture;

use super::{TestResult, Tests};

pub const TESTS: Tests = &[
    ("closures_are_called_when_it_is_time", timers),
    ("a_panic_in_a_timer_ends_the_module", |fixture| ends(fixture, "panic", &["in a timer", "exit code 101"])),
    ("an_exit_in_a_timer_ends_the_module", |fixture| ends(fixture, "exit", &["exit code 44"])),
    ("a_wait_in_a_timer_is_a_panic", |fixture| ends(fixture, "take", &["this would wait", "exit code 101"])),
    ("a_wait_with_a_timeout_in_a_timer_is_an_error", timeout),
    ("a_sleep_in_a_timer_is_a_panic", |fixture| ends(fixture, "sleep", &["exit code 101"])),
    ("a_park_in_a_timer_is_a_panic", |fixture| ends(fixture, "park", &["this would wait", "exit code 101"])),
    ("a_scope_in_a_timer_is_a_panic", |fixture| ends(fixture, "scope", &["this would wait", "exit code 101"])),
    ("a_timer_drops_itself", |fixture| ends(fixture, "drop", &["dropped\n", "main goes on", "exit code 5"])),
    ("dropped_in_the_middle_of_a_call_it_waits", busy),
    ("the_heap_is_out_of_reach_in_an_interrupt", allocate),
];

fn timers(fixture: &Fixture) -> TestResult {
    let mut session = fixture.boot()?;
    let before = session.settled_memory()?;
    session
        .run("mod run timers")?
        .prints("tick 1\ntick 2\ntick 3\n")?
        .prints_no("tick 4")?
        .prints("beats until the alarm")?
        .prints("exit code 0")?;
    session.uses(before)?;
    Ok(())
}

/// In a soft timer and in a hard one, twice each. Nothing is left, and the kernel's timers go on.
fn ends(fixture: &Fixture, deed: &str, prints: &[&str]) -> TestResult {
    let mut session = fixture.boot()?;
    let before = session.settled_memory()?;
    for place in ["soft", "hard", "soft", "hard"] {
        session.run(&format!("mod run moments {place} {deed}"))?.prints_all(prints)?;
        session.uses(before)?;
    }
    session.lists_no("list_timer", "moments")?;
    session.run("mod run timers")?.prints("exit code 0")?;
    Ok(())
}

fn timeout(fixture: &Fixture) -> TestResult {
    let mut session = fixture.boot()?;
    session
        .run("mod run moments soft timeout")?
        .prints("Err(WouldWait)")?
        .prints("main goes on")?
        .prints("exit code 6")?;
    session
        .run("mod run moments hard timeout")?
        .prints("Err(WouldWait)")?
        .prints("main goes on")?
        .prints("exit code 6")?;
    Ok(())
}

fn busy(fixture: &Fixture) -> TestResult {
    let mut session = fixture.boot()?;
    let before = session.settled_memory()?;
    session.run("mod run moments soft busy")?.prints("dropped\nafter the call\nexit code 5")?;
    session.uses(before)?;
    Ok(())
}

fn allocate(fixture: &Fixture) -> TestResult {
    let mut session = fixture.boot()?;
    let before = session.settled_memory()?;
    session.run("mod run moments soft allocate")?.prints("main goes on")?.prints("exit code 6")?;
    session.run("mod run moments hard allocate")?.prints("in an interrupt")?.prints("exit code 101")?;
    session.uses(before)?;
    Ok(())
}
