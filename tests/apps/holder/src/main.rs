//! Ends with blocks of the kernel's heap in hand.
#![no_std]
#![no_main]

extern crate alloc;

use alloc::{boxed::Box, vec, vec::Vec};

use rtt_mod::{Args, println, process};

#[repr(align(64))]
struct Aligned([u8; 100]);

#[rtt_mod::main(heap = "kernel")]
fn main(mut args: Args) {
    match args.next_back() {
        Some("fill") => fill(),
        Some("panic") => {
            let _blocks = blocks();
            panic!("with blocks in hand");
        }
        _ => {
            let blocks = blocks();
            let aligned = blocks.iter().all(|block| block.0.as_ptr().addr() % 64 == 0);
            println!("{} blocks, {}", blocks.len(), if aligned { "aligned" } else { "not aligned" });
            process::exit(3);
        }
    }
}

#[expect(clippy::vec_box, reason = "each block is an allocation of its own")]
fn blocks() -> Vec<Box<Aligned>> {
    (0..50).map(|n| Box::new(Aligned([n; 100]))).collect()
}

fn fill() {
    let mut all = Vec::with_capacity(1000);
    loop {
        all.push(vec![1u8; 1000]);
    }
}
