//! End-to-end tests: application crates built by mkmod, on a real kernel in QEMU.

pub mod c_module;
mod driver;
mod fault;
mod fuzz;
mod library;
mod link;
mod memory;
mod pack;
mod session;
mod shell;
mod size_report;
mod sizes;
mod sync;
mod tool;
mod world;

use std::error::Error;
use std::sync::Arc;

use libtest_mimic::{Arguments, Failed, Trial};

use crate::test::Outcome;
pub use world::World;

/// A test's result: the reason why it failed is printed.
type TestResult = Result<(), Failed>;

/// Builds what the tests need, and runs those whose names contain `filter`.
pub fn run(filter: Option<&str>) -> Outcome {
    let world = match World::build() {
        Ok(world) => Arc::new(world),
        Err(error) => return Outcome::Failed(described(&*error)),
    };
    let arguments = Arguments { filter: filter.map(str::to_owned), ..Arguments::default() };
    let conclusion = libtest_mimic::run(&arguments, tests(&world));
    match conclusion.num_failed {
        0 => Outcome::Passed,
        failed => Outcome::Failed(format!("{failed} of {} tests", failed + conclusion.num_passed)),
    }
}

fn tests(world: &Arc<World>) -> Vec<Trial> {
    let groups = [
        ("driver", driver::TESTS),
        ("shell", shell::TESTS),
        ("memory", memory::TESTS),
        ("library", library::TESTS),
        ("fault", fault::TESTS),
        ("sync", sync::TESTS),
        ("link", link::TESTS),
        ("sizes", sizes::TESTS),
        ("size_report", size_report::TESTS),
        ("pack", pack::TESTS),
        ("tool", tool::TESTS),
        ("fuzz", fuzz::TESTS),
    ];
    let named = groups.iter().flat_map(|(group, tests)| tests.iter().map(move |test| (*group, test)));
    named
        .map(|(group, &(name, test))| {
            let world = Arc::clone(world);
            Trial::test(format!("{group}::{name}"), move || test(&world))
        })
        .collect()
}

/// A group of tests: their names and what they do.
type Tests = &'static [(&'static str, fn(&World) -> TestResult)];

fn described(error: &dyn Error) -> String {
    format!("the tests could not be built: {error}")
}
