rtt_mod::library!();

#[rtt_mod::main]
fn main() {}
