//! A constant of 3,000 bytes is on the stack of `main`.
#![no_std]
#![no_main]

use rtt_mod::println;

#[rtt_mod::main(stack = "1K")]
fn main() {
    let big = core::hint::black_box([7u8; 3000]);
    println!("{}", big[2999]);
}
