#[rtt_mod::main(priority = 255)]
fn main() {}
