#[rtt_mod::main]
fn main(count: i32, args: rtt_mod::Args) {}
