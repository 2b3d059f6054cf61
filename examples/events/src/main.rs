//! Waits for flags that two threads set.
#![no_std]
#![no_main]

use core::time::Duration;

use rtt_mod::{println, sync::EventFlags, thread};

const WARM: u32 = 1 << 0;
const CALIBRATED: u32 = 1 << 1;
const FAILED: u32 = 1 << 2;

static EVENTS: EventFlags = EventFlags::new();

#[rtt_mod::main]
fn main() {
    let heater = thread::spawn(|| set_after(40, WARM));
    let sensor = thread::spawn(|| set_after(20, CALIBRATED));

    println!("first: {:#05b}", EVENTS.peek_any(WARM | CALIBRATED));
    println!("ready: {:#05b}", EVENTS.wait_all(WARM | CALIBRATED));
    if let Err(error) = EVENTS.wait_any_timeout(FAILED, Duration::from_millis(20)) {
        println!("failed: {}", error.as_str());
    }
    heater.join().unwrap();
    sensor.join().unwrap();
}

fn set_after(milliseconds: u64, flags: u32) {
    thread::sleep(Duration::from_millis(milliseconds));
    EVENTS.set(flags);
}
