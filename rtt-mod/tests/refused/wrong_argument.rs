#[rtt_mod::main]
fn main(_args: Vec<String>) {}
