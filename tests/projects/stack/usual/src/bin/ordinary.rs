//! What programs do in interrupts: call closures in boxes and functions by pointers, unwrap results, wake threads.
#![no_std]
#![no_main]

extern crate alloc;

use alloc::boxed::Box;
use core::hint::black_box;
use core::time::Duration;

use rtt_mod::sync::Semaphore;
use rtt_mod::sync::atomic::{AtomicUsize, Ordering};
use rtt_mod::time::timer::Periodic;
use rtt_mod::{Error, Result, println, thread};

static DUE: Semaphore = Semaphore::new(0);
static COUNT: AtomicUsize = AtomicUsize::new(0);
static STATES: [fn() -> Result<usize, Failure>; 2] = [|| Ok(COUNT.fetch_add(1, Ordering::Relaxed)), fails];

#[derive(Debug)]
#[expect(dead_code, reason = "they are printed")]
enum Failure {
    Kernel(Error),
    Level { level: u32, place: Place },
}

#[derive(Debug)]
#[expect(dead_code, reason = "they are printed")]
struct Place {
    row: u32,
    column: Option<u32>,
}

fn fails() -> Result<usize, Failure> {
    match COUNT.load(Ordering::Relaxed) {
        0 => Err(Failure::Kernel(Error::Busy)),
        level => Err(Failure::Level { level: level as u32, place: Place { row: 1, column: Some(2) } }),
    }
}

#[rtt_mod::main(stack = "4K", heap = "kernel")]
fn main() -> Result<()> {
    let listeners: [Box<dyn Fn(usize) + Send>; 2] =
        [Box::new(|_| DUE.release()), Box::new(|count| _ = black_box(count))];
    let timer = Periodic::hard(Duration::from_millis(5), move || {
        let count = STATES[black_box(0)]().unwrap();
        listeners.iter().for_each(|listener| listener(count));
    })?;
    timer.start();
    DUE.take();
    thread::sleep(Duration::from_millis(20));
    println!("{}", COUNT.load(Ordering::Relaxed));
    Ok(())
}
