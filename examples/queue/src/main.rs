//! Moves values from a thread to the main thread, through a queue with room for two.
#![no_std]
#![no_main]

use rtt_mod::{println, sync::MessageQueue, thread};

struct Reading {
    channel: u8,
    millivolts: u16,
}

static READINGS: MessageQueue<Option<Reading>> = MessageQueue::new(2);

#[rtt_mod::main]
fn main() {
    let sampler = thread::spawn(sample);
    while let Some(Reading { channel, millivolts }) = READINGS.receive() {
        println!("channel {channel}: {millivolts} mV");
    }
    sampler.join().unwrap();
}

fn sample() {
    for channel in 0..5 {
        READINGS.send(Some(Reading { channel, millivolts: 3300 - 100 * u16::from(channel) }));
    }
    READINGS.send(None);
}
