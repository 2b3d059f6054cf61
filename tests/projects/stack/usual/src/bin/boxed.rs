//! A hard timer drops a list, whose elements drop each other.
#![no_std]
#![no_main]

extern crate alloc;

use alloc::boxed::Box;
use core::time::Duration;

use rtt_mod::sync::Mutex;
use rtt_mod::time::timer::OneShot;
use rtt_mod::{Result, thread};

static LIST: Mutex<Option<Box<Element>>> = Mutex::new(None);

struct Element {
    value: u32,
    #[expect(dead_code, reason = "it is dropped")]
    next: Option<Box<Element>>,
}

#[rtt_mod::main(stack = "4K", heap = "kernel")]
fn main() -> Result<()> {
    for value in 0..1000 {
        let mut list = LIST.lock();
        let next = list.take();
        assert!(next.as_ref().is_none_or(|next| next.value < value));
        *list = Some(Box::new(Element { value, next }));
    }
    let timer = OneShot::hard(Duration::from_millis(5), || {
        if let Ok(mut list) = LIST.try_lock() {
            drop(list.take());
        }
    })?;
    timer.start();
    thread::sleep(Duration::from_millis(20));
    Ok(())
}
