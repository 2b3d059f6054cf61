//! Prints a number that only the linker is told: `-C link-arg=--defsym=gain=…`.
#![no_std]
#![no_main]

use rtt_mod::println;

unsafe extern "C" {
    static gain: u8;
}

#[rtt_mod::main]
fn main() {
    println!("gain: {}", &raw const gain as usize);
}
