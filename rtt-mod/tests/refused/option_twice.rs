#[rtt_mod::main(heap = "4K", heap = "8K")]
fn main() {}
