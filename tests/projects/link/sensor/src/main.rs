//! Has C and assembly in it.
#![no_std]
#![no_main]

use rtt_mod::println;

#[rtt_mod::main]
fn main() {
    for name in native::names() {
        println!("sensor: {}", name.to_str().unwrap_or("?"));
    }
    println!("reversed: {:#010x}", native::reverse(0x8000_0001 << 1));
}
