#[rtt_mod::main(stack = "64K")]
fn main() {}
