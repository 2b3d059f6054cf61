//! What the kernel's services cost a module in Rust. The loops are those of tests/c/cost.c, and so is the output.
#![no_std]
#![no_main]
#![expect(unsafe_code, reason = "the counter is a register of the board")]

use core::{ptr, time::Duration};

use rtt_mod::{
    println,
    sync::{MessageQueue, Mutex, Semaphore},
    thread,
};

const PASSES: i32 = 1000;

/// Of the SysTick: counts down from one tick of the kernel's to the next.
const COUNTER: *const u32 = ptr::without_provenance(0xE000_E018);

#[rtt_mod::main]
fn main() {
    semaphore();
    mutex();
    queue();
}

fn semaphore() {
    static SEMAPHORE: Semaphore = Semaphore::new(1);

    assert!(SEMAPHORE.permits() == 1); // The kernel makes it.
    let started = start();
    for _ in 0..PASSES {
        SEMAPHORE.take();
        SEMAPHORE.release();
    }
    report("semaphore", started);
}

fn mutex() {
    static MUTEX: Mutex<()> = Mutex::new(());

    drop(MUTEX.lock());
    let started = start();
    for _ in 0..PASSES {
        drop(MUTEX.lock());
    }
    report("mutex", started);
}

fn queue() {
    static QUEUE: MessageQueue<i32> = MessageQueue::new(4);

    assert!(QUEUE.try_receive().is_err());
    let started = start();
    for pass in 0..PASSES {
        QUEUE.send(pass);
        QUEUE.receive();
    }
    report("queue", started);
}

/// The counter at the beginning of a tick, so that no other one begins before the loop is over.
fn start() -> u32 {
    thread::sleep(Duration::from_millis(1));
    counter()
}

fn report(name: &str, started: u32) {
    println!("{name} {}", started - counter());
}

fn counter() -> u32 {
    // SAFETY: each Cortex-M has this register, and reading it changes nothing here.
    unsafe { COUNTER.read_volatile() }
}
