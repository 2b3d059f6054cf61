#[rtt_mod::export]
async fn later() {}

fn main() {}
