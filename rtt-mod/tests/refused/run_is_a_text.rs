#[rtt_mod::main(run = "yes", cmd = true)]
fn main() {}
