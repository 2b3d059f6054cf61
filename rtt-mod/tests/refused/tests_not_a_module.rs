//! Tests are in a module.

#[rtt_mod::tests]
fn works() {}

fn main() {}
