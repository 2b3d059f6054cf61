#[rtt_mod::main(name = "a-name-of-more-characters-than-a-line")]
fn main() {}
