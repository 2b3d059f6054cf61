//! Counts from five and from nothing: each run has its variables as they were written.
#![no_std]
#![no_main]

use core::sync::atomic::{AtomicU32, Ordering::Relaxed};

use rtt_mod::println;

static FIVE: AtomicU32 = AtomicU32::new(5);
static NOTHING: AtomicU32 = AtomicU32::new(0);

#[rtt_mod::main(stack = "1K")]
fn main() {
    FIVE.fetch_add(1, Relaxed);
    NOTHING.fetch_add(1, Relaxed);
    println!("counted to {} and {}", FIVE.load(Relaxed), NOTHING.load(Relaxed));
}
