//! Allocates: a vector, strings, `format!`.
#![no_std]
#![no_main]

extern crate alloc;

use alloc::{format, string::String, vec::Vec};
use rtt_mod::println;

#[rtt_mod::main(heap = "4K")]
fn main() {
    let squares: Vec<u32> = (1..=10).map(|n| n * n).collect();
    let words: Vec<String> = squares.iter().map(|square| format!("{square}")).collect();
    println!("squares: {}", words.join(", "));
    println!("sum: {}", squares.iter().sum::<u32>());
}
