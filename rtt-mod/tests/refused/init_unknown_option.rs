#[rtt_mod::init(nmae = "demo")]
fn init() {}
