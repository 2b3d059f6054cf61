//! Panics without a message: where it happened is all that is printed.
#![no_std]
#![no_main]

use core::hint::black_box;

use rtt_mod::println;

#[rtt_mod::main(panic = "location")]
fn main() {
    println!("about to divide {}", black_box(7));
    let parts = [1, 2, 3];
    println!("never here: {}", parts[black_box(7)]);
}
