#[rtt_mod::init]
fn main() {}
