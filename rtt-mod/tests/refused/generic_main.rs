#[rtt_mod::main]
fn main<T>() {}
