#[rtt_mod::main(name = "my demo")]
fn main() {}
