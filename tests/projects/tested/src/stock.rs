//! Boxes in stock. The tests of a second file, with a context.

use alloc::vec::Vec;

/// What is there.
pub struct Stock {
    boxes: Vec<u32>,
}

impl Stock {
    /// So many boxes.
    pub fn new(count: u32) -> Self {
        Self { boxes: (0..count).collect() }
    }

    /// How many there are.
    pub fn boxes(&self) -> usize {
        self.boxes.len()
    }
}

#[cfg(test)]
#[rtt_mod::tests(stack = "2K")]
mod tests {
    use super::*;

    #[init]
    fn ten() -> Stock {
        Stock::new(10)
    }

    #[test]
    fn ten_are_there(stock: Stock) {
        assert_eq!(stock.boxes(), 10);
    }

    #[test]
    fn one_is_taken(mut stock: Stock) {
        stock.boxes.pop();
        assert_eq!(stock.boxes(), 9);
    }

    #[test]
    fn nothing_is_wanted() {
        assert_eq!(Stock::new(0).boxes(), 0);
    }
}
