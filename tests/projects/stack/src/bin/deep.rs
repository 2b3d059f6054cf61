//! A function calls itself, so that how much stack it needs at most can't be proven.
#![no_std]
#![no_main]

use rtt_mod::println;

#[rtt_mod::main(stack = "auto")]
fn main() {
    println!("{}", deep(core::hint::black_box(1_000_000)));
}

fn deep(n: u32) -> u32 {
    if n == 0 {
        return 1;
    }
    let x = core::hint::black_box(n);
    deep(n - 1).wrapping_mul(x) + core::hint::black_box(x)
}
