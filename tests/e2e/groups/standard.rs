//! Programs with the names of `std`.

use e2e::Fixture;

use super::{TestResult, Tests};

pub const TESTS: Tests =
    &[("a_program_with_the_names_of_std", names), ("abort_ends_the_module_with_the_code_of_a_signal", abort)];

fn names(fixture: &Fixture) -> TestResult {
    let mut session = fixture.boot()?;
    session.run("mod run standard")?.prints("exit code 0")?;
    let before = session.settled_memory()?;
    session.run("mod run standard")?.prints_all(&[
        "/standard/table.csv of 2090 bytes\n",
        "sum 19900, counts {\"0\": 29, \"1\": 29, \"2\": 29, \"3\": 29, \"4\": 28, \"5\": 28, \"6\": 28}\n",
        "ends with 9ab1,3, then at 2089, begins with 0,0000,0\n",
        "copied!!\n",
        "/standard/table.csv\n",
        "not found\n",
        "clock: true, file: true\n",
        "1 in thread 1\n",
        "1 dropped\n",
        "1 in thread 2\n",
        "2 dropped\n",
        "0 dropped\n",
        "late: true, processors: 1, may wait: true\n",
        "    42|true|0xff|16|+21.50 °C\n",
        "full: true, 0000000000000001\n",
        "exists: false\n",
        "exit code 0",
    ])?;
    session.uses(before)?;
    Ok(())
}

fn abort(fixture: &Fixture) -> TestResult {
    let mut session = fixture.boot()?;
    session.run("mod run standard abort")?.prints("exit code 134")?;
    Ok(())
}
