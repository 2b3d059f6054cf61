#[rtt_mod::main(stak = "4K")]
fn main() {}
