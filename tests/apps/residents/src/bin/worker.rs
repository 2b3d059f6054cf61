//! Has a thread that works on while the shell does other things, until it is told to panic.
#![no_std]
#![no_main]

use core::{
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};

use rtt_mod::{Result, println, shell::Command, thread};

static CRASHES: AtomicBool = AtomicBool::new(false);

#[rtt_mod::init(heap = "1K")]
fn init() -> Result<()> {
    thread::Builder::new().stack_size(1024).spawn(work)?;
    Command::register("crash", "panic in the thread", |_| CRASHES.store(true, Ordering::Relaxed))?.leak();
    Command::register("stuck", "panic in the thread, and wait", |_| {
        CRASHES.store(true, Ordering::Relaxed);
        thread::sleep(Duration::from_secs(60));
        println!("after a minute");
    })?
    .leak();
    Ok(())
}

fn work() {
    while !CRASHES.load(Ordering::Relaxed) {
        thread::sleep(Duration::from_millis(50));
    }
    panic!("told to");
}
