#[rtt_mod::main(heap = "8 kilobytes")]
fn main() {}
