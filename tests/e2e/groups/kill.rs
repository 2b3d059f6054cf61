//! Modules that `mod kill` ends, whatever they do, and modules that were started by others.

use e2e::{Fixture, Session};
use firmware::Version;

use super::{TestResult, Tests};

pub const TESTS: Tests = &[
    ("a_module_that_waits_for_a_mutex_is_killed", |fixture| killed(fixture, "mutex")),
    ("a_module_that_waits_for_a_message_is_killed", |fixture| killed(fixture, "queue")),
    ("a_module_that_sleeps_is_killed", |fixture| killed(fixture, "sleep")),
    ("a_module_in_a_busy_loop_is_killed", |fixture| killed(fixture, "busy")),
    ("a_module_with_four_threads_is_killed", |fixture| killed(fixture, "threads")),
    ("a_resident_module_is_killed", resident),
    ("of_two_instances_one_is_killed", two),
    ("a_program_that_another_has_started_outlives_it", child_outlives),
    ("a_program_that_is_killed_leaves_the_one_it_has_started", parent_is_killed),
    ("a_program_that_waits_for_another_is_killed_alone", waiting_parent_is_killed),
    ("what_cannot_be_killed_is_told", refused),
];

/// The heap block of a shell line, in bytes, with its header.
const LINE_MAX: usize = 36;

fn killed(fixture: &Fixture, way: &str) -> TestResult {
    let mut session = fixture.boot()?;
    let before = session.settled_memory()?;
    for _ in 0..2 {
        session.start(&format!("mod start stuck {way}"), "stuck: ")?;
        session.run("mod list")?.prints("stuck   running")?;
        session.run("mod kill stuck")?.prints_nothing()?;
        session.is_rid_of("stuck", before)?;
    }
    session.so_far().prints("stuck: ")?.prints_no("never here")?;
    Ok(())
}

fn resident(fixture: &Fixture) -> TestResult {
    let mut session = fixture.boot()?;
    let before = session.settled_memory()?;
    session.run("worker")?.prints("loaded")?;
    session.run("mod kill worker")?.prints_nothing()?;
    session.is_rid_of("worker", before)?;
    Ok(())
}

/// Kills the newer, then the older of two. The programs wait, because the kernel's idle thread frees the stacks.
fn two(fixture: &Fixture) -> TestResult {
    let mut session = fixture.boot()?;
    let before = session.settled_memory()?;
    session.start("mod start stuck sleep", "stuck: sleep")?;
    let with_one = session.settled_memory()?;
    for kill in ["mod kill stuck", "mod kill stuck 1"] {
        session.start("mod start stuck threads", "stuck: 4 threads")?;
        threads_of(&mut session, &["5", "2"])?;
        session.run(kill)?.prints_nothing()?;
        threads_of(&mut session, &["2"])?;
        session.uses(with_one)?;
    }
    session.start("mod start stuck threads", "stuck: 4 threads")?;
    session.run("mod kill stuck 2")?.prints_nothing()?;
    threads_of(&mut session, &["5"])?;
    session.run("mod kill stuck")?.prints_nothing()?;
    session.is_rid_of("stuck", before)?;
    Ok(())
}

/// Fails unless `mod list` shows these numbers of threads in the lines of `stuck`.
fn threads_of(session: &mut Session, expected: &[&str]) -> TestResult {
    let list = session.run("mod list")?;
    let lines = list.text().lines().filter(|line| line.starts_with("stuck "));
    let threads: Vec<_> = lines.filter_map(|line| line.split_whitespace().nth(5)).collect();
    if threads == expected { Ok(()) } else { Err(list.failed(&format!("not {expected:?} threads")).into()) }
}

fn child_outlives(fixture: &Fixture) -> TestResult {
    let mut session = fixture.boot()?;
    let before = session.settled_memory()?;
    for _ in 0..2 {
        session.run("mod run launcher \"mod start stuck threads\"")?.prints("launched: 0")?.prints("exit code 0")?;
        session.hears("stuck: 4 threads")?;
        session.run("mod list")?.prints("stuck   running")?.prints_no("launcher")?;
        session.run("mod kill stuck")?.prints_nothing()?;
        session.is_rid_of("stuck", before)?;
        session.is_rid_of("launche", before)?;
    }
    Ok(())
}

fn parent_is_killed(fixture: &Fixture) -> TestResult {
    let mut session = fixture.boot()?;
    let before = session.settled_memory()?;
    for _ in 0..2 {
        session.start("mod start launcher \"mod start stuck threads\" stay", "stuck: 4 threads")?;
        session.run("mod list")?.prints_in_order(&["stuck   running", "launche running"])?;
        session.run("mod kill launcher")?.prints_nothing()?;
        session.run("mod list")?.prints("stuck   running")?.prints_no("launche")?;
        session.run("mod info stuck")?.prints("image")?;
        session.run("mod kill stuck")?.prints_nothing()?;
        session.is_rid_of("stuck", before)?;
        session.is_rid_of("launche", before)?;
    }
    Ok(())
}

/// If a thread is killed in the kernel's `system`, the kernel loses its copy of the line, and nothing else.
fn waiting_parent_is_killed(fixture: &Fixture) -> TestResult {
    let mut session = fixture.boot()?;
    let before = session.settled_memory()?;
    session.start("mod start launcher \"mod run stuck sleep\"", "stuck: sleep")?;
    session.run("mod kill stuck")?.prints("exit code -1")?;
    session.hears(&format!("launched: {}", result_of_system(-1)?))?;
    session.is_rid_of("launche", before)?;

    session.start("mod start launcher \"mod run stuck sleep\"", "stuck: sleep")?;
    session.run("mod kill launcher")?.prints_nothing()?;
    session.run("mod list")?.prints("stuck   running")?.prints_no("launche")?;
    session.run("mod kill stuck")?.prints_nothing()?;
    session.uses_at_most(before + LINE_MAX)?;
    let after = session.settled_memory()?;
    session.is_rid_of("stuck", after)?;
    session.is_rid_of("launche", after)?;
    Ok(())
}

/// What the kernel's `system` returns for a command that returns `code`. From 4.1 on it returns 0.
fn result_of_system(code: i32) -> Result<i32, firmware::Error> {
    Ok(if firmware::version()? < Version::new(4, 1, 0) { code } else { 0 })
}

fn refused(fixture: &Fixture) -> TestResult {
    let mut session = fixture.boot()?;
    let before = session.settled_memory()?;
    session.run("mod kill nobody")?.prints("nobody: no module has this name; see `mod list`")?;
    session.start("mod start stuck sleep", "stuck: sleep")?;
    session.run("mod kill stuck 2")?.prints("stuck: no module has this name")?;
    session.run("mod kill stuck 0")?.prints("stuck: no module has this name")?;
    session.run("mod kill")?.prints("mod kill    NAME [N]")?;
    session.run("mod kill stuck.mo")?.prints_nothing()?;
    session.start("mod run launcher \"mod kill launcher\"", "launche: can't be ended by itself")?;
    session.is_rid_of("launche", before)?;
    Ok(())
}
