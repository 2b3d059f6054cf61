//! Takes and gives the permits of a semaphore.
#![no_std]
#![no_main]

use core::time::Duration;

use rtt_mod::{println, sync::Semaphore};

/// Two permits at first.
static SLOTS: Semaphore = Semaphore::new(2);

#[rtt_mod::main]
fn main() {
    SLOTS.take();
    SLOTS.take();
    println!("{} permits left", SLOTS.permits());
    if let Err(error) = SLOTS.take_timeout(Duration::from_millis(20)) {
        println!("a third one: {}", error.as_str());
    }
    SLOTS.release();
    println!("{} permit left", SLOTS.permits());
}
