//! Two threads pass a value through two queues.
#![no_std]
#![no_main]

use rtt_mod::{println, sync::MessageQueue, thread::Builder};

struct Reading {
    channel: u8,
    millivolts: u16,
}

static TO: MessageQueue<Reading> = MessageQueue::new(2);
static BACK: MessageQueue<Reading> = MessageQueue::new(2);

#[rtt_mod::main]
fn main() -> rtt_mod::Result<()> {
    pairs::mark();
    let other = Builder::new().stack_size(1024).spawn(|| {
        for _ in 0..200 {
            let mut reading = TO.receive();
            reading.millivolts += 1;
            BACK.send(reading);
        }
    })?;
    let mut reading = Reading { channel: 3, millivolts: 0 };
    for _ in 0..200 {
        TO.send(reading);
        reading = BACK.receive();
    }
    let _ = other.join();
    println!("channel {}: {} mV", reading.channel, reading.millivolts);
    pairs::mark();
    Ok(())
}
