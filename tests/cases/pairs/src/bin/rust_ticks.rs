//! A timer sets a flag ten times, and the program waits for each.
#![no_std]
#![no_main]

use core::time::Duration;

use rtt_mod::{println, sync::EventFlags, time::timer::Periodic};

const TICK: u32 = 1;

static FLAGS: EventFlags = EventFlags::new();

#[rtt_mod::main]
fn main() -> rtt_mod::Result<()> {
    pairs::mark();
    let timer = Periodic::new(Duration::from_millis(2), || FLAGS.set(TICK))?;
    timer.start();
    let mut seen = 0;
    while seen < 10 {
        FLAGS.wait_any(TICK);
        seen += 1;
    }
    drop(timer);
    println!("{seen} ticks");
    pairs::mark();
    Ok(())
}
