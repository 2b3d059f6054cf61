//! Wakes a thread that has nothing to do.
#![no_std]
#![no_main]

use core::{
    sync::atomic::{AtomicU32, Ordering},
    time::Duration,
};

use rtt_mod::{println, thread};

static WORK: AtomicU32 = AtomicU32::new(0);

#[rtt_mod::main]
fn main() {
    let worker = thread::spawn(work);
    for item in 1..=3 {
        WORK.store(item, Ordering::Release);
        worker.thread().unpark();
        thread::sleep(Duration::from_millis(20));
    }
    println!("{} items done", worker.join().unwrap());
}

fn work() -> u32 {
    loop {
        thread::park();
        let item = WORK.load(Ordering::Acquire);
        println!("item {item}");
        if item == 3 {
            return item;
        }
    }
}
