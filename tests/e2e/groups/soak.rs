//! A short soak; `cargo xtask soak` runs a long one.

use e2e::soak::Kinds;
use e2e::{Fixture, soak};

use super::{TestResult, Tests};

const SEED: u64 = 12;
const ROUNDS: usize = 100;

pub const TESTS: Tests = &[("the_kernel_has_what_it_had_after_loads_and_ends_of_all_kinds", short)];

fn short(fixture: &Fixture) -> TestResult {
    soak::soak(fixture, SEED, ROUNDS, Kinds::All, |_| ())?;
    Ok(())
}
