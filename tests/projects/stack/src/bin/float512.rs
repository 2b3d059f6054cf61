//! The code that formats floats takes more than 512 bytes.
#![no_std]
#![no_main]

use rtt_mod::println;

#[rtt_mod::main(stack = 512)]
fn main() {
    let x = core::hint::black_box(1.5f64);
    println!("{x:.3} {:e}", x * 1e300);
}
