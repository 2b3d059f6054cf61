#[rtt_mod::init]
fn init() -> bool {
    true
}
