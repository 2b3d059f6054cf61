//! The program of a module of tests.

use rtt_mod::{
    __private::tests::{Panics, Test, all},
    env::Args,
    println,
    process::ExitCode,
    thread::Builder,
};

#[rtt_mod::main]
fn main(args: Args) -> ExitCode {
    match args.into_iter().nth(1) {
        None => run_all(),
        Some("--list") => {
            all().for_each(describe);
            ExitCode::SUCCESS
        }
        Some(name) => match all().find(|test| test.name == name) {
            Some(test) => run(test),
            None => {
                println!("there is no test {name}");
                ExitCode::FAILURE
            }
        },
    }
}

/// One line, with separators of ASCII that no name has: record, name, unit, whether it is ignored, unit, whether it panics.
fn describe(test: &Test) {
    let ignored = if test.is_ignored { "+" } else { "" };
    let (panics, expected) = match test.panics {
        Panics::No => ("", ""),
        Panics::With(expected) => ("+", expected),
    };
    println!("\x1e{}\x1f{ignored}\x1f{panics}{expected}", test.name);
}

/// What has to panic would end the module, so it is left out like what is ignored.
fn run_all() -> ExitCode {
    for test in all() {
        if test.is_ignored || matches!(test.panics, Panics::With(_)) {
            println!("test {} ... ignored", test.name);
            continue;
        }
        println!("test {} ...", test.name);
        let code = run(test);
        if code != ExitCode::SUCCESS {
            println!("FAILED");
            return code;
        }
    }
    println!("ok");
    ExitCode::SUCCESS
}

/// In a thread, since each module of tests says how large the stack is.
fn run(test: &'static Test) -> ExitCode {
    let thread = Builder::new().stack_size(test.stack_bytes as usize).spawn(test.run);
    match thread.map(|thread| thread.join()) {
        Ok(Ok(code)) => code.into(),
        Ok(Err(_)) => ExitCode::FAILURE,
        Err(error) => {
            println!("the test has no thread: {error}");
            ExitCode::FAILURE
        }
    }
}
