//! Prints several lines: each is a call of one function, whose address is kept in a register.
#![no_std]
#![no_main]

use rtt_mod::println;

#[rtt_mod::main]
fn main() {
    println!("first: {}", false);
    println!("second: {}, {}", true, false);
    println!("third: {}", false);
}
