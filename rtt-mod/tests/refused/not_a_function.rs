#[rtt_mod::main]
struct Main;

fn main() {}
