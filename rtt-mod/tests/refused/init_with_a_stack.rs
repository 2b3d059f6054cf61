#[rtt_mod::init(stack = "4K")]
fn init() {}
