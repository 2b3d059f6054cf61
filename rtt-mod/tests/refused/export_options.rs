#[rtt_mod::export(name = "beep")]
fn beep() {}

fn main() {}
