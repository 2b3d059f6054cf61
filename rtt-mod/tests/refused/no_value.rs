#[rtt_mod::main(stack)]
fn main() {}
