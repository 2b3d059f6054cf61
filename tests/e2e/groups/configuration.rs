//! Configurations and processors with which kernel-glue is compiled, and not run.

use firmware::Board;

use e2e::Fixture;

use super::{TestResult, Tests};

pub const TESTS: Tests = &[
    ("the_board_s_configuration_compiles", |fixture| match complaints(fixture, "")?.as_str() {
        "" => Ok(()),
        messages => Err(messages.into()),
    }),
    ("several_cores_are_refused", |fixture| {
        refuses(fixture, "#define RT_USING_SMP\n", "runs on one core only; turn off RT_USING_SMP")
    }),
    ("processes_are_refused", |fixture| {
        refuses(fixture, "#define RT_USING_SMART\n", "knows no processes; turn off RT_USING_SMART")
    }),
    ("a_missing_option_is_named", |fixture| {
        let options =
            ["RT_USING_HEAP", "RT_USING_SEMAPHORE", "RT_USING_TIMER_SOFT", "RT_USING_CONSOLE", "RT_USING_DFS"];
        options
            .iter()
            .try_for_each(|option| refuses(fixture, &format!("#undef {option}\n"), &format!("turn on {option}")))
    }),
    ("the_glue_compiles_for_a_cortex_m0", |fixture| {
        compiles(fixture.board, "cortex-m0", &["-mcpu=cortex-m0", "-mthumb"])
    }),
    ("the_glue_compiles_for_a_cortex_m23", |fixture| {
        compiles(fixture.board, "cortex-m23", &["-mcpu=cortex-m23", "-mthumb"])
    }),
    ("the_glue_compiles_for_a_cortex_m85", |fixture| {
        compiles(fixture.board, "cortex-m85", &["-march=armv8.1-m.main+mve.fp", "-mfloat-abi=hard", "-mthumb"])
    }),
];

/// A file that includes the header with the checks.
const FILE: &str = "src/abi/console.c";

fn complaints(fixture: &Fixture, changes: &str) -> Result<String, firmware::Error> {
    firmware::complaints(fixture.board, FILE, changes)
}

/// The compiler prints `sentence` where rtconfig.h ends with `changes`.
fn refuses(fixture: &Fixture, changes: &str, sentence: &str) -> TestResult {
    let messages = complaints(fixture, changes)?;
    let is_refused = messages.lines().any(|line| line.contains("#error \"kernel-glue: ") && line.contains(sentence));
    if is_refused { Ok(()) } else { Err(format!("with {changes}GCC does not say `{sentence}`:\n{messages}").into()) }
}

fn compiles(board: &Board, name: &str, cpu: &[&str]) -> TestResult {
    Ok(firmware::compile_glue(board, name, cpu)?)
}
