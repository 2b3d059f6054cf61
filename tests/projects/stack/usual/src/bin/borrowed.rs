//! What prints a value of which only the trait is known, itself and beside another one, is printed in an interrupt.
#![no_std]
#![no_main]

use core::fmt::{self, Debug, Formatter};
use core::hint::black_box;
use core::time::Duration;

use rtt_mod::time::timer::OneShot;
use rtt_mod::{Result, println, thread};

/// It hands on what it has borrowed, without naming its type.
struct Labelled<'a> {
    label: u32,
    value: &'a (dyn Debug + Sync),
}

impl Debug for Labelled<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_struct("Labelled").field("label", &self.label).field("value", self.value).finish()
    }
}

#[rtt_mod::main(stack = "4K")]
fn main() -> Result<()> {
    let timer = OneShot::hard(Duration::from_millis(5), || {
        let inner = Labelled { label: 1, value: &black_box(2) };
        let outer = Labelled { label: 3, value: black_box(&inner) };
        println!("{:?}", Labelled { label: 4, value: black_box(&outer) });
    })?;
    timer.start();
    thread::sleep(Duration::from_millis(20));
    Ok(())
}
