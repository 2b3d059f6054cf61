//! The callback of a soft timer loops. The linker proves that it needs little stack, so the glue's worker calls it.
#![no_std]
#![no_main]
#![deny(unsafe_code)]

use core::hint::black_box;
use core::time::Duration;

use rtt_mod::time::timer::OneShot;
use rtt_mod::{Result, println, thread};

#[rtt_mod::main]
fn main() -> Result<()> {
    let timer = OneShot::new(Duration::from_millis(5), || {
        println!("looping");
        let mut rounds = 0_u32;
        loop {
            rounds = black_box(rounds.wrapping_add(1));
        }
    })?;
    timer.start();
    thread::sleep(Duration::MAX);
    Ok(())
}
