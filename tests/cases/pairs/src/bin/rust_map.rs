//! Counts the words of a text in a map.
#![no_std]
#![no_main]

extern crate alloc;

use alloc::collections::BTreeMap;
use rtt_mod::println;

const TEXT: &str = "the module is loaded by name and the kernel runs the module until the module ends \
    then the memory of the module is freed and the name is free for the next module";

fn count() -> (usize, u32) {
    let mut words = BTreeMap::new();
    for word in TEXT.split_ascii_whitespace() {
        *words.entry(word).or_insert(0) += 1;
    }
    (words.len(), words.values().copied().max().unwrap_or_default())
}

#[rtt_mod::main]
fn main() {
    pairs::mark();
    let mut found = (0, 0);
    for _ in 0..10 {
        found = count();
    }
    println!("{} words, one {} times", found.0, found.1);
    pairs::mark();
}
