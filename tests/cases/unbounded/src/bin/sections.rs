//! Allocates with interrupts off, while other threads are in the kernel's heap; and opens a library in an interrupt.
#![no_std]
#![no_main]
#![deny(unsafe_code)]

extern crate alloc;

use alloc::boxed::Box;
use alloc::vec::Vec;
use core::hint::black_box;
use core::time::Duration;

use rtt_mod::dl::Library;
use rtt_mod::sync::{MessageQueue, Mutex, critical};
use rtt_mod::thread::Builder;
use rtt_mod::time::timer::OneShot;
use rtt_mod::{Result, println, thread};

const MOMENT: Duration = Duration::from_millis(1);

#[rtt_mod::main(stack = "4K", heap = "kernel")]
fn main() -> Result<()> {
    let below = thread::current().priority()? + 2;
    for _ in 0..2 {
        Builder::new().priority(below).spawn(|| {
            loop {
                let blocks: Vec<Box<[u8; 40]>> = (0..10).map(|_| Box::new([7; 40])).collect();
                drop(black_box(blocks));
            }
        })?;
    }
    let mut allocated = 0;
    for round in 0..300 {
        thread::sleep(MOMENT);
        allocated += u32::from(critical::section(|| allocates(round)));
    }
    println!("allocated: {allocated}");
    let timer = OneShot::hard(MOMENT, || println!("opened: {}", Library::open("/library.mo").is_ok()))?;
    timer.start();
    thread::sleep(20 * MOMENT);
    println!("after: {}", allocates(0) && allocates(1) && allocates(2));
    Ok(())
}

fn allocates(round: u32) -> bool {
    match round % 3 {
        0 => Vec::<u32>::new().try_reserve(10).is_ok(),
        1 => Mutex::new(round).try_lock().is_ok(),
        _ => MessageQueue::<u32>::new(2).try_send(round).is_ok(),
    }
}
