//! Programs that read what is typed at the console.

use e2e::Fixture;

use super::{TestResult, Tests};

pub const TESTS: Tests = &[
    ("lines_are_typed_to_a_program", lines),
    ("ctrl_c_ends_the_line_and_the_program", interrupt),
    ("ctrl_c_ends_the_wait_and_then_the_program", interrupt_wait),
    ("keys_and_bytes_pass_as_they_are", keys),
    ("a_program_ends_while_it_waits_for_a_key", ends_waiting),
    ("a_log_has_level_and_target", logger),
    ("dbg_tells_where_and_what", dbg),
];

fn lines(fixture: &Fixture) -> TestResult {
    let mut session = fixture.boot()?;
    let before = session.settled_memory()?;
    session
        .converse(
            "mod run lines",
            &[
                ("Ctrl-D at the end\n", "hello world\r"),
                ("1: 11 characters in `hello world`\n", "wrong\x15rihg\x08\x7fght\r"),
                ("2: 5 characters in `right`\n", "gr\u{f6}\u{df}e\r"),
                ("3: 5 characters in `gr\u{f6}\u{df}e`\n", "\x04"),
            ],
        )?
        .prints("hello world\n1: 11")?
        .prints("3 lines\n")?
        .prints("exit code 0")?;
    session.run("mod run status 5")?.prints("exit code 5")?;
    session.uses(before)?;
    Ok(())
}

fn interrupt(fixture: &Fixture) -> TestResult {
    let mut session = fixture.boot()?;
    let before = session.settled_memory()?;
    session
        .converse("mod run lines", &[("Ctrl-D at the end\n", "half a li\x03")])?
        .prints("half a li^C\n")?
        .prints("Error: Interrupted")?
        .prints("exit code 1")?;
    session.uses(before)?;
    Ok(())
}

/// A program that does not read the console does not hear Ctrl-C; the shell does.
fn interrupt_wait(fixture: &Fixture) -> TestResult {
    let mut session = fixture.boot()?;
    let before = session.settled_memory()?;
    for way in ["busy", "mutex"] {
        session
            .converse(&format!("mod run stuck {way}"), &[("stuck: ", "\x03"), ("a second Ctrl-C ends it\n", "\x03")])?
            .prints("exit code -1\n")?;
        session.is_rid_of("stuck", before)?;
    }
    session
        .converse("mod run stuck sleep", &[("stuck: ", "\x03")])?
        .prints("the program goes on")?
        .prints_no("exit code")?;
    session.run("mod list")?.prints("stuck   running")?;
    session.run("mod kill stuck")?.prints_nothing()?;
    session.is_rid_of("stuck", before)?;
    Ok(())
}

fn keys(fixture: &Fixture) -> TestResult {
    let mut session = fixture.boot()?;
    let before = session.settled_memory()?;
    session
        .converse("mod run keys", &[("ready\n", "a\r\x1b[A\x04q")])?
        .prints("61 0d 1b 5b 41 04 71 \n")?
        .prints("[tab\there]\n")?
        .prints("exit code 0")?;
    session.uses(before)?;
    Ok(())
}

/// Another thread ends the program while one waits for a key. Then the shell gets all keys.
fn ends_waiting(fixture: &Fixture) -> TestResult {
    let mut session = fixture.boot()?;
    let before = session.settled_memory()?;
    for _ in 0..2 {
        session.run("mod run keys leave")?.prints("nobody types\n")?.prints("exit code 4")?;
        session.run("mod run status 5")?.prints("exit code 5")?;
        session.uses(before)?;
    }
    Ok(())
}

fn logger(fixture: &Fixture) -> TestResult {
    let mut session = fixture.boot()?;
    let before = session.settled_memory()?;
    session
        .run("mod run logger")?
        .prints("I/logger: the pump starts\n")?
        .prints("W/logger::pump: 81 degrees are too warm\n")?
        .prints("E/valve: it is stuck\n")?
        .prints_no("nobody sees this")?
        .prints_no("nor this")?;
    session.uses(before)?;
    Ok(())
}

fn dbg(fixture: &Fixture) -> TestResult {
    let mut session = fixture.boot()?;
    session
        .run("mod run keys dbg")?
        .prints("[keys/src/main.rs:")?
        .prints("] 3 * 4 = 12\n")?
        .prints("] pair = (\n    1,\n    \"two\",\n)\n")?
        .prints("exit code 13")?;
    Ok(())
}
