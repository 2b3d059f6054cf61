//! What the kernel's services cost a module in Rust and one in C.

use e2e::cost;

use super::Tests;

pub const TESTS: Tests = &[("services_cost_no_more_than_in_c", |fixture| Ok(cost::compare(fixture)?))];
