#[rtt_mod::main(stack = 256)]
fn main() {}
