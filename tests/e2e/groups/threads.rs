//! A module's threads, and ends of the module while they run.

use e2e::Fixture;

use super::{TestResult, Tests};

pub const TESTS: Tests = &[
    ("values_are_joined", values),
    ("threads_of_a_scope_borrow", scope),
    ("parked_threads_are_unparked", park),
    ("threads_end_with_main", |fixture| ends(fixture, "return", &["exit code 7"])),
    ("a_panic_in_a_child_ends_the_module", |fixture| {
        ends(fixture, "panic", &["panicked at", "in a child", "exit code 101"])
    }),
    ("a_child_ends_the_module", |fixture| ends(fixture, "exit", &["exit code 33"])),
    ("a_panic_in_main_ends_the_threads", |fixture| ends(fixture, "main-panic", &["in main", "exit code 101"])),
    ("all_may_panic_at_once", |fixture| ends(fixture, "all-panic", &["exit code 101"])),
    ("a_suspended_thread_ends_too", |fixture| ends(fixture, "suspended", &["suspended, Err(Busy)", "exit code 7"])),
];

fn values(fixture: &Fixture) -> TestResult {
    let mut session = fixture.boot()?;
    let before = session.settled_memory()?;
    session
        .run("mod run threads")?
        .prints("the squares of 1 to 3 are 14")?
        .prints("clock has priority 12")?
        .prints("tick 3")?
        .prints("3 ticks")?
        .prints("exit code 0")?;
    session.uses(before)?;
    Ok(())
}

fn scope(fixture: &Fixture) -> TestResult {
    let mut session = fixture.boot()?;
    let before = session.settled_memory()?;
    session.run("mod run scope")?.prints("largest: 16, first: 14, last: 2")?.prints("exit code 0")?;
    session.uses(before)?;
    Ok(())
}

fn park(fixture: &Fixture) -> TestResult {
    let mut session = fixture.boot()?;
    let before = session.settled_memory()?;
    session.run("mod run park")?.prints("item 1\nitem 2\nitem 3\n3 items done\nexit code 0")?;
    session.uses(before)?;
    Ok(())
}

/// The module has threads that spin, sleep and wait. It runs twice, and leaves nothing.
fn ends(fixture: &Fixture, way: &str, prints: &[&str]) -> TestResult {
    let mut session = fixture.boot()?;
    let before = session.settled_memory()?;
    for _ in 0..2 {
        let printed = session.run(&format!("mod run ends {way}"))?.prints("five threads and a grandchild")?;
        prints.iter().try_fold(printed, |printed, text| printed.prints(text))?.prints_no("never here")?;
        session.uses(before)?;
    }
    for list in ["list_thread", "list_sem", "list_event", "list_timer"] {
        session.lists_no(list, "ends")?;
    }
    Ok(())
}
