//! A library that starts what goes on after a call: for `foreign`.
#![no_std]
#![no_main]
#![deny(unsafe_code)]

use core::mem;
use core::time::Duration;

use rtt_mod::device::{Driver, register};
use rtt_mod::shell::Command;
use rtt_mod::sync::atomic::{AtomicU32, Ordering};
use rtt_mod::thread::Builder;
use rtt_mod::time::timer::Periodic;
use rtt_mod::{Result, println, thread};

rtt_mod::library!(heap = "kernel");

const MOMENT: Duration = Duration::from_millis(5);

static COUNT: AtomicU32 = AtomicU32::new(0);

struct Counts;

impl Driver for Counts {
    fn read(&self, _: u32, _: &mut [u8]) -> Result<usize> {
        println!("the library counts: {}", COUNT.load(Ordering::Relaxed) > 3);
        Ok(1)
    }
}

fn count_up() {
    COUNT.fetch_add(1, Ordering::Relaxed);
}

fn start_all() -> Result<()> {
    let soft = Periodic::new(MOMENT, count_up)?;
    soft.start();
    let mut hard_count = 0_u32;
    let hard = Periodic::hard(MOMENT, move || hard_count = core::hint::black_box(hard_count + 1))?;
    hard.start();
    mem::forget((soft, hard, register("lasting", Counts)?));
    Command::register("lasting", "of a library", |_| println!("the library's command"))?.leak();
    Builder::new().stack_size(1024).spawn(|| {
        loop {
            thread::sleep(MOMENT);
            count_up();
        }
    })?;
    Ok(())
}

#[rtt_mod::export]
fn start() -> u32 {
    u32::from(start_all().is_ok())
}

#[rtt_mod::export]
fn count() -> u32 {
    count_up();
    COUNT.load(Ordering::Relaxed)
}
