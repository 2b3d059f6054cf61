//! A closure that only wakes a thread, in an interrupt; a thread prints.
#![no_std]
#![no_main]

use core::hint::black_box;
use core::time::Duration;

use rtt_mod::sync::Semaphore;
use rtt_mod::time::timer::OneShot;
use rtt_mod::{Result, println};

static DUE: Semaphore = Semaphore::new(0);

#[rtt_mod::main(stack = "4K")]
fn main() -> Result<()> {
    let timer = OneShot::hard(Duration::from_millis(5), || DUE.release())?;
    timer.start();
    DUE.take();
    println!("{:.3}", black_box(1.5_f64));
    Ok(())
}
