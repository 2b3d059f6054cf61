#[rtt_mod::init(level = "board")]
fn init() {}
