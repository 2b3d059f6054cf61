//! Starts threads and gathers their values.
#![no_std]
#![no_main]

extern crate alloc;

use alloc::vec::Vec;
use core::time::Duration;

use rtt_mod::{
    Result, println,
    thread::{self, Builder},
};

#[rtt_mod::main]
fn main() -> Result<()> {
    let squares: Vec<_> = (1..=3).map(|n| thread::spawn(move || n * n)).collect();
    let sum: u32 = squares.into_iter().map(|square| square.join().unwrap()).sum();
    println!("the squares of 1 to 3 are {sum}");

    let clock = Builder::new().name("clock").stack_size(1024).priority(12).time_slice(5).spawn(tick)?;
    println!("{} has priority {}", clock.thread().name().unwrap_or("?"), clock.thread().priority()?);
    let ticks = clock.join().unwrap();
    println!("{ticks} ticks");
    Ok(())
}

fn tick() -> u32 {
    for n in 1..=3 {
        thread::sleep(Duration::from_millis(20));
        println!("tick {n}");
    }
    3
}
