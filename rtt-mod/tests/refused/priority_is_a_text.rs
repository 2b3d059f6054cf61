#[rtt_mod::main(priority = "high")]
fn main() {}
