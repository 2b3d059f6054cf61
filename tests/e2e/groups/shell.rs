//! Modules at the shell's prompt, run by name and by `mod run`.

use e2e::Fixture;

use super::{TestResult, Tests};

pub const TESTS: Tests = &[
    ("the_demo_script_prints_what_it_should", demo_script),
    ("arguments_reach_the_program", arguments),
    ("mod_run_prints_the_exit_code", exit_codes),
    ("a_program_may_allocate", heap),
    ("a_panic_tells_where_and_the_shell_goes_on", panic),
    ("the_stack_and_the_priority_asked_for_are_in_force", stack_and_priority),
    ("a_name_of_eight_characters_and_more_runs", long_name),
    ("a_missing_import_is_refused_and_the_next_module_runs", missing_import),
];

fn demo_script(fixture: &Fixture) -> TestResult {
    let mut session = fixture.boot()?;
    session.run("ls")?.prints("hello.mo")?.prints("status.mo")?;
    session.start("hello a b", "argument 2: b")?.prints("Hello")?.prints("argument 1: a")?;
    session.run("mod run status 7")?.prints("exit code 7")?;
    session.start("panic", "panicked at")?.prints("src/main.rs:")?;
    session.lists_no("mod list", "hello")?;
    session.lists_no("mod list", "status")?;
    session.lists_no("mod list", "panic")?;
    session.used_memory()?;
    Ok(())
}

fn arguments(fixture: &Fixture) -> TestResult {
    let mut session = fixture.boot()?;
    session.run("mod run hello first \"two words\"")?.prints("argument 1: first")?.prints("argument 2: two words")?;
    session.start("hello third", "argument 1: third")?;
    for way in ["mod run ", "mod start ", ""] {
        session.start(&format!("{way}hello 1 2 3 4 5 6 7 8 9 10 11 12"), "argument 12: 12\n")?;
    }
    Ok(())
}

fn exit_codes(fixture: &Fixture) -> TestResult {
    let mut session = fixture.boot()?;
    session.run("mod run hello")?.prints("exit code 0")?;
    session.run("mod run status 7")?.prints("exit code 7")?;
    session.run("mod run status 255")?.prints("exit code 255")?;
    // `rt_kprintf("%d")` of 4.0.3 takes it for 4294967293 on 64 bits.
    session.run("mod run status -3")?.prints("exit code -3\n")?;
    session.run("mod log")?.prints(", exit code -3\n")?;
    session.run("mod run panic")?.prints("exit code 101")?;
    Ok(())
}

fn heap(fixture: &Fixture) -> TestResult {
    let mut session = fixture.boot()?;
    session.run("mod run heap")?.prints("squares: 1, 4, 9,")?.prints("sum: 385")?.prints("exit code 0")?;
    Ok(())
}

fn panic(fixture: &Fixture) -> TestResult {
    let mut session = fixture.boot()?;
    session.start("panic", "thread 'panic' panicked at")?.prints("src/main.rs:")?;
    session.lists_no("mod list", "panic")?;
    session.run("mod run status 3")?.prints("exit code 3")?;
    Ok(())
}

fn stack_and_priority(fixture: &Fixture) -> TestResult {
    let mut session = fixture.boot()?;
    session.start("sleeper", "sleeping")?;
    let threads = session.run("list_thread")?;
    let [_, priority, _, _, stack, ..] = &threads.line_of("sleeper")?[..] else {
        return Err(threads.failed("the line of `sleeper` is too short").into());
    };
    // The size includes the guard region where there is one, in supervisor mode what interrupts save, and 768 bytes without
    // optimization.
    match (priority.as_str(), stack.as_str()) {
        ("17", "0x00001800" | "0x00001900" | "0x00001880" | "0x00001a00" | "0x00001c00" | "0x00001c10") => Ok(()),
        _ => Err(threads.failed("`sleeper` must have priority 17 and 0x1800 bytes of stack").into()),
    }
}

fn long_name(fixture: &Fixture) -> TestResult {
    let mut session = fixture.boot()?;
    session.run("mod run greetings")?.prints("from a long name")?.prints("exit code 0")?;
    let before = session.settled_memory()?;
    session.start("greetings", "from a long name")?;
    session.uses(before)?;
    Ok(())
}

fn missing_import(fixture: &Fixture) -> TestResult {
    let mut session = fixture.boot()?;
    session.run("mod run hello")?.prints("exit code 0")?;
    let before = session.settled_memory()?;
    session.run("mod run missing")?.prints("no_such_function")?.prints_no("exit code 0")?;
    session.start("missing", "no_such_function")?;
    session.run("mod run hello")?.prints("exit code 0")?;
    session.uses(before)?;
    Ok(())
}
