//! A variable with an alignment that the kernel's heap does not give.
#![no_std]
#![no_main]

use rtt_mod::println;

/// As a buffer for DMA on a core with caches.
#[repr(align(32))]
#[expect(dead_code, reason = "only its address is used")]
struct Buffer([u8; 64]);

static mut BUFFER: Buffer = Buffer([1; 64]);

#[rtt_mod::main]
fn main() {
    let address = &raw mut BUFFER as usize;
    println!("the address is {} past a multiple of 32", address % 32);
}
