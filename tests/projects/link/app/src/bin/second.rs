//! A second program of the package.
#![no_std]
#![no_main]

use rtt_mod::println;

#[rtt_mod::main]
fn main() {
    println!("a second program");
}
