#[rtt_mod::main(heap = 4 * 1024)]
fn main() {}
