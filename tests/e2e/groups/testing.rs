//! `cargo test` of an application runs its tests on the board, and reports as on a PC.

use e2e::Fixture;

use super::used_board::{Used, expect, prints};
use super::{TestResult, Tests};

pub const TESTS: Tests = &[("a_filter_chooses_tests", filter)];

/// What a fault prints depends on the processor.
pub const PROCESSOR_TESTS: Tests =
    &[("cargo_test_runs_the_tests_of_all_files", all), ("each_failure_has_its_reason", failures)];

const PROJECT: &str = "tests/projects/tested";

fn all(fixture: &Fixture) -> TestResult {
    let board = Used::new(fixture)?;
    let said = cargo_test(&board, fixture, 0, &[])?;
    for line in [
        "running 12 tests\n",
        "test stock::tests::ten_are_there     ... ok\n",
        "test tests::a_message_is_wanted      ... ok\n",
        "test tests::futures_are_awaited      ... ok\n",
        "test tests::fails_by_a_fault         ... ignored\n",
        "test result: ok. 7 passed; 0 failed; 5 ignored; 0 measured; 0 filtered out; finished in ",
        "running 1 test\ntest tests::nobody_is_around ... ok\n",
    ] {
        prints(&said, line)?;
    }
    let again = cargo_test(&board, fixture, 0, &[])?;
    if again.contains("sent ") {
        return Err(format!("the same tests were sent again:\n{again}").into());
    }
    // As a program, up to the first failure.
    let said = board.gives(0, &["run", "tested-test"])?;
    prints(&said, "test tested::stock::tests::ten_are_there ...\n")?;
    prints(&said, "ok\n")
}

fn filter(fixture: &Fixture) -> TestResult {
    let board = Used::new(fixture)?;
    let said = cargo_test(&board, fixture, 0, &["--bin", "tested", "--", "stock"])?;
    prints(&said, "3 passed; 0 failed; 0 ignored; 0 measured; 9 filtered out")?;
    let said =
        cargo_test(&board, fixture, 0, &["--bin", "tested", "--", "--exact", "tests::time_passes", "--nocapture"])?;
    prints(&said, "1 passed; 0 failed; 0 ignored; 0 measured; 11 filtered out")
}

fn failures(fixture: &Fixture) -> TestResult {
    let board = Used::new(fixture)?;
    let said = cargo_test(&board, fixture, 101, &["--bin", "tested", "--", "--ignored"])?;
    for text in [
        "test tests::fails_by_an_assertion ... FAILED\n",
        "---- tests::fails_by_an_assertion ----\nseven is compared\n",
        "panicked at src/main.rs:56:9:\nassertion `left == right` failed: seven is no eight\n  left: 7\n right: 8\n",
        "the test panicked\n",
        "---- tests::fails_by_an_error ----\nError: NotFound\nexit code 1\n",
        "---- tests::fails_without_a_panic ----\ntest did not panic as expected\n",
        "panic did not contain expected string\n expected substring: \"another message\"\n",
        "the test was ended by a fault\n",
        // The names behind the addresses of the fault.
        "tested::tests::fails_by_a_fault at ",
        "test result: FAILED. 0 passed; 5 failed; 0 ignored; 0 measured; 7 filtered out",
    ] {
        prints(&said, text)?;
    }
    Ok(())
}

fn cargo_test(
    board: &Used<'_>,
    fixture: &Fixture,
    code: i32,
    arguments: &[&str],
) -> Result<String, Box<dyn std::error::Error>> {
    let mut cargo = board.cargo(PROJECT)?;
    cargo.args(["test", "--target", fixture.board.target]).args(arguments);
    expect(code, &cargo.output()?, &["test", "by cargo"])
}
