#[rtt_mod::main]
fn start() {}
