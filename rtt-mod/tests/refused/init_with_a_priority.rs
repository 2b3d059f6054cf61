#[rtt_mod::init(priority = 10)]
fn init() {}
