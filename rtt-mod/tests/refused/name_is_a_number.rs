#[rtt_mod::main(name = 7)]
fn main() {}
