//! A struct that contains a value of which only the trait is known is printed in an interrupt: that may be one of the same type.
#![no_std]
#![no_main]

use core::fmt::Debug;
use core::hint::black_box;
use core::time::Duration;

use rtt_mod::time::timer::OneShot;
use rtt_mod::{Result, println, thread};

#[derive(Debug)]
#[expect(dead_code, reason = "they are printed")]
struct Link<'a> {
    value: u32,
    next: Option<&'a (dyn Debug + Sync)>,
}

static LAST: Link<'_> = Link { value: 1, next: None };
static FIRST: Link<'_> = Link { value: 2, next: Some(&LAST) };

#[rtt_mod::main(stack = "4K")]
fn main() -> Result<()> {
    let timer = OneShot::hard(Duration::from_millis(5), || println!("{:?}", black_box(&FIRST)))?;
    timer.start();
    thread::sleep(Duration::from_millis(20));
    Ok(())
}
