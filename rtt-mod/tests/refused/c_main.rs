#[rtt_mod::main]
extern "C" fn main() {}
