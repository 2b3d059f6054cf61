//! A list is printed in an interrupt by code that is derived: each element prints the next one.
#![no_std]
#![no_main]

extern crate alloc;

use alloc::boxed::Box;
use core::time::Duration;

use rtt_mod::time::timer::OneShot;
use rtt_mod::{Result, println, thread};

#[derive(Debug)]
#[expect(dead_code, reason = "they are printed")]
struct Element {
    value: u32,
    next: Option<Box<Element>>,
}

#[rtt_mod::main(stack = "4K", heap = "kernel")]
fn main() -> Result<()> {
    let list = (0..1000).fold(None, |next, value| Some(Box::new(Element { value, next })));
    // Nothing drops it.
    let list: &'static _ = Box::leak(Box::new(list));
    let timer = OneShot::hard(Duration::from_millis(5), move || println!("{list:?}"))?;
    timer.start();
    thread::sleep(Duration::from_millis(20));
    Ok(())
}
