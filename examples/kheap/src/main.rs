//! Allocates from the kernel's heap instead of an arena of its own.
#![no_std]
#![no_main]

extern crate alloc;

use alloc::vec::Vec;

use rtt_mod::{heap, println};

#[rtt_mod::main(heap = "kernel")]
fn main() {
    println!("{} bytes used", heap::used());
    let squares: Vec<u32> = (0..100).map(|n| n * n).collect();
    println!("{} bytes used for {} squares", heap::used(), squares.len());

    let mut everything = Vec::<u8>::new();
    if everything.try_reserve(heap::total()).is_err() {
        println!("not all of the heap is free");
    }
    drop(squares);
    println!("{} bytes used", heap::used());
}
