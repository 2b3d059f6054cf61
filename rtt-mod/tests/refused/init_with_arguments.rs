#[rtt_mod::init]
fn init(args: rtt_mod::Args) {}
