//! Three threads count together, and nobody waits longer than told.
#![no_std]
#![no_main]

use core::time::Duration;

use rtt_mod::{println, sync::Mutex, thread};

static COUNT: Mutex<u32> = Mutex::new(0);

#[rtt_mod::main]
fn main() {
    thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(count);
        }
    });
    println!("counted to {}", *COUNT.lock());

    let _guard = COUNT.lock();
    let other = thread::spawn(|| COUNT.lock_timeout(Duration::from_millis(20)).is_err());
    println!("another thread's time is over: {}", other.join().unwrap());
}

/// Reads, sleeps and writes: without the lock, others would come between.
fn count() {
    for _ in 0..5 {
        let mut count = COUNT.lock();
        let next = *count + 1;
        thread::sleep(Duration::from_millis(2));
        *count = next;
    }
}
