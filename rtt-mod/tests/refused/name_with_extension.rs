#[rtt_mod::main(name = "demo.mo")]
fn main() {}
