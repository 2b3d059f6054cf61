//! There is one `#[init]`.

#[rtt_mod::tests]
mod tests {
    #[init]
    fn first() {}

    #[init]
    fn second() {}
}

fn main() {}
