#[rtt_mod::main(name = "demo")]
fn main() {}
