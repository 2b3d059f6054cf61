//! Is never loaded: no firmware has the memheap that its manifest names.
#![no_std]
#![no_main]

use rtt_mod::println;

#[rtt_mod::main]
fn main() {
    println!("loaded");
}
