//! Blinks an LED, and counts its edges.
#![no_std]
#![no_main]

use core::{
    sync::atomic::{AtomicU32, Ordering},
    time::Duration,
};

use embedded_hal::digital::{PinState, StatefulOutputPin};
use rtt_mod::{
    Result,
    pin::{Edge, Input, Output, Pull},
    println, thread,
};

/// The board's first LED, which can be read back.
const LED: u32 = 0;

static EDGES: AtomicU32 = AtomicU32::new(0);

#[rtt_mod::main(heap = "1K")]
fn main() -> Result<()> {
    let mut watched = Input::new(LED, Pull::None)?;
    let mut led = Output::new(LED, PinState::Low)?;
    watched.on_edge(Edge::Both, |_| {
        EDGES.fetch_add(1, Ordering::Relaxed);
    })?;
    for _ in 0..4 {
        led.toggle()?;
        println!("{}", if led.is_set_high()? { "on" } else { "off" });
        thread::sleep(Duration::from_millis(20));
    }
    println!("{} edges", EDGES.load(Ordering::Relaxed));
    Ok(())
}
