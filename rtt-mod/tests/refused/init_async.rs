#[rtt_mod::init]
async fn init() {}
