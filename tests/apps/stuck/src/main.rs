//! Never comes back from what its argument says: `stuck mutex`, `queue`, `sleep`, `busy` or `threads`.
#![no_std]
#![no_main]

use core::{hint, mem, time::Duration};

use rtt_mod::{
    env::Args,
    println,
    sync::{MessageQueue, Mutex, Semaphore},
    thread::Builder,
};

static LOCKED: Mutex<()> = Mutex::new(());
static EMPTY: MessageQueue<u32> = MessageQueue::new(4);
static NEVER: Semaphore = Semaphore::new(0);

#[rtt_mod::main(stack = "2K", heap = "kernel", desc = "waits in vain")]
fn main(mut args: Args) {
    let way = args.nth(1).unwrap_or("sleep");
    start(|| {
        mem::forget(LOCKED.lock());
        sleep();
    });
    rtt_mod::thread::sleep(Duration::from_millis(5));
    if way == "threads" {
        start(wait_for_mutex);
        start(wait_for_queue);
        start(spin);
        println!("stuck: 4 threads and main");
        NEVER.take();
    }
    println!("stuck: {way}");
    match way {
        "mutex" => wait_for_mutex(),
        "queue" => wait_for_queue(),
        "busy" => spin(),
        _ => sleep(),
    }
    println!("never here");
}

fn wait_for_mutex() {
    drop(LOCKED.lock());
}

fn wait_for_queue() {
    EMPTY.receive();
}

fn sleep() {
    rtt_mod::thread::sleep(Duration::MAX);
}

fn spin() {
    loop {
        hint::spin_loop();
    }
}

/// A thread whose handle stays open.
fn start(work: fn()) {
    let Ok(thread) = Builder::new().stack_size(1024).spawn(work) else {
        panic!("no memory for a thread");
    };
    mem::forget(thread);
}
