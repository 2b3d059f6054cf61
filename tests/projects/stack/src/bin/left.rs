//! The size of the stack is left to the linker.
#![no_std]
#![no_main]

use rtt_mod::println;

#[rtt_mod::main(stack = "auto")]
fn main() {
    let mut big = [0u8; 6000];
    core::hint::black_box(&mut big);
    println!("{}", big[100]);
}
