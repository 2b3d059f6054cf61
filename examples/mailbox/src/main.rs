//! Sends numbers through a mailbox until it is full.
#![no_std]
#![no_main]

use core::time::Duration;

use rtt_mod::{println, sync::Mailbox};

static READINGS: Mailbox = Mailbox::new(3);

#[rtt_mod::main]
fn main() {
    for reading in (810..).take_while(|&reading| READINGS.try_send(reading).is_ok()) {
        println!("sent {reading}");
    }
    while let Ok(reading) = READINGS.receive_timeout(Duration::from_millis(20)) {
        println!("received {reading}");
    }
}
