#[rtt_mod::main]
fn main() {}

#[rtt_mod::init]
fn init() {}
