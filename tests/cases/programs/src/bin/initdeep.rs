//! Uses up the stack of its `init`.
#![no_std]
#![no_main]

use core::hint::black_box;

use rtt_mod::println;

#[rtt_mod::init]
fn init() {
    println!("{}", deep(black_box(1_000_000)));
}

fn deep(count: u32) -> u32 {
    let here = black_box(count);
    if here == 0 { 1 } else { deep(here - 1).wrapping_mul(here) + black_box(here) }
}
