#[rtt_mod::export]
fn twice<T: Copy>(value: T) -> (T, T) {
    (value, value)
}

fn main() {}
