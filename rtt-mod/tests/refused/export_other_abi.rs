#[rtt_mod::export]
extern "system" fn beep() {}

fn main() {}
