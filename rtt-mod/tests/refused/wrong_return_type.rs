#[rtt_mod::main]
fn main() -> &'static str {
    "done"
}
