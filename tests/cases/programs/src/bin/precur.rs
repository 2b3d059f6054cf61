//! A recursion that uses up the stack.
#![no_std]
#![no_main]

use core::hint::black_box;

use rtt_mod::println;

#[rtt_mod::main]
fn main() {
    println!("{}", deep(black_box(1_000_000)));
}

/// The work behind the call keeps it from becoming a loop.
fn deep(depth: u32) -> u32 {
    if depth == 0 {
        return 1;
    }
    let factor = black_box(depth);
    deep(depth - 1).wrapping_mul(factor) + black_box(factor)
}
