#[rtt_mod::main]
async fn main() {}
