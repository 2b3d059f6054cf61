//! A variable of 6,000 bytes is on the stack of `main`.
#![no_std]
#![no_main]

use rtt_mod::println;

#[rtt_mod::main(stack = "1K")]
fn main() {
    let mut big = [0u8; 6000];
    core::hint::black_box(&mut big);
    println!("{}", big[100]);
}
