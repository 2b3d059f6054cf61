//! Sleeps for a while, with a stack and a priority of its own.
#![no_std]
#![no_main]

use core::time::Duration;

use rtt_mod::{println, thread};

#[rtt_mod::main(stack = "6K", priority = 17)]
fn main() {
    println!("sleeping");
    thread::sleep(Duration::from_secs(3));
}
