//! Tests have one option.

#[rtt_mod::tests(heap = "4K")]
mod tests {}

fn main() {}
