//! An argument comes from `#[init]`.

#[rtt_mod::tests]
mod tests {
    #[test]
    fn works(number: u32) {
        assert_eq!(number, 7);
    }
}

fn main() {}
