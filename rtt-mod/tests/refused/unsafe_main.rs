#[rtt_mod::main]
unsafe fn main() {}
