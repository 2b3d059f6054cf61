//! Prints a line 50 times a second, before the shell gets to run.
#![no_std]
#![no_main]

use core::time::Duration;

use rtt_mod::{println, thread};

#[rtt_mod::main(priority = 12)]
fn main() {
    for line in 0.. {
        println!("chatter says ~line~ {line}, and goes on");
        thread::sleep(Duration::from_millis(20));
    }
}
