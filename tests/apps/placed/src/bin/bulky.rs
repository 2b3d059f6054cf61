//! Is too large for the memheap `tcm`, by its arena.
#![no_std]
#![no_main]

use rtt_mod::{Args, println, vec};

#[rtt_mod::main(heap = "64K")]
fn main(args: Args) {
    println!("loaded, with {}", vec![1_u8; args.count()].len());
}
