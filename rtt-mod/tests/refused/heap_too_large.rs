#[rtt_mod::main(heap = "17M")]
fn main() {}
