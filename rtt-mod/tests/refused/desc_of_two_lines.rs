#[rtt_mod::main(desc = "one\ntwo")]
fn main() {}
