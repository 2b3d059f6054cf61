//! A hard timer calls a function that calls itself.
#![no_std]
#![no_main]

use core::hint::black_box;
use core::time::Duration;

use rtt_mod::time::timer::OneShot;
use rtt_mod::{Result, thread};

#[rtt_mod::main(stack = "4K")]
fn main() -> Result<()> {
    let timer = OneShot::hard(Duration::from_millis(5), || _ = black_box(deep(black_box(3))))?;
    timer.start();
    thread::sleep(Duration::from_millis(20));
    Ok(())
}

#[inline(never)]
fn deep(levels: u32) -> u32 {
    if levels == 0 { 0 } else { deep(levels - 1) ^ black_box(levels) }
}
