//! A hard timer prints a float.
#![no_std]
#![no_main]

use core::hint::black_box;
use core::time::Duration;

use rtt_mod::time::timer::OneShot;
use rtt_mod::{Result, println, thread};

#[rtt_mod::main(stack = "4K")]
fn main() -> Result<()> {
    let timer = OneShot::hard(Duration::from_millis(5), || println!("{:.3}", black_box(1.5_f64)))?;
    timer.start();
    thread::sleep(Duration::from_millis(20));
    Ok(())
}
