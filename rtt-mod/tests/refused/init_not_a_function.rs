#[rtt_mod::init]
static INIT: u32 = 0;
