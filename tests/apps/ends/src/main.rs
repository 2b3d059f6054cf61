//! Ends in the ways of its argument, with threads of all kinds alive.
#![no_std]
#![no_main]

extern crate alloc;

use alloc::vec;
use core::{hint, time::Duration};

use rtt_mod::{
    env::Args,
    println, process,
    sync::Semaphore,
    thread::{self, Builder},
};

static NEVER: Semaphore = Semaphore::new(0);

#[rtt_mod::main(heap = "2K")]
fn main(mut args: Args) -> i32 {
    let way = args.nth(1).unwrap_or("return");
    start(spin);
    start(|| thread::sleep(Duration::MAX));
    start(|| NEVER.take());
    start(thread::park);
    let parent = start(|| {
        start(|| thread::sleep(Duration::MAX));
        thread::park();
    });
    thread::sleep(Duration::from_millis(5));
    println!("five threads and a grandchild");
    match way {
        "panic" => wait_after(|| panic!("in a child")),
        "exit" => wait_after(|| process::exit(33)),
        "main-panic" => panic!("in main"),
        "all-panic" => {
            start(|| panic!("one"));
            start(|| panic!("two"));
            panic!("three")
        }
        // The arena has 2 KiB.
        "fill" => println!("{} bytes", vec![1u8; 5000].len()),
        "suspended" => {
            let victim = Builder::new().stack_size(1024).priority(30).spawn(spin).unwrap();
            victim.thread().suspend().unwrap();
            println!("suspended, {:?}", parent.thread().suspend());
        }
        _ => (),
    }
    7
}

fn spin() {
    loop {
        hint::spin_loop();
    }
}

/// Starts a thread that ends the module, and waits for it.
fn wait_after(work: impl FnOnce() + Send + 'static) {
    Builder::new().stack_size(1024).spawn(work).unwrap().join().unwrap();
    println!("never here");
}

/// A thread with a small stack. Its handle stays open.
fn start(work: impl FnOnce() + Send + 'static) -> &'static mut thread::JoinHandle<()> {
    let thread = Builder::new().stack_size(1024).time_slice(1).spawn(work).unwrap();
    alloc::boxed::Box::leak(alloc::boxed::Box::new(thread))
}
