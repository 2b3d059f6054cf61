//! Ends with objects of the kernel that it has not given back: a locked mutex, messages, flags that are set.
#![no_std]
#![no_main]

use core::{mem, time::Duration};

use rtt_mod::{
    Args, println, process,
    sync::{EventFlags, Mailbox, MessageQueue, Mutex, critical},
    thread,
};

static MUTEX: Mutex<u32> = Mutex::new(0);
static FORGOTTEN: Mutex<()> = Mutex::new(());
static FLAGS: EventFlags = EventFlags::new();
static MAILBOX: Mailbox = Mailbox::new(2);
static QUEUE: MessageQueue<[u8; 13]> = MessageQueue::new(5);

#[rtt_mod::main]
fn main(mut args: Args) {
    let local = MessageQueue::new(1);
    local.send(Some("left"));
    let mut count = MUTEX.lock();
    *count += 1;
    FLAGS.set(1);
    MAILBOX.send(1);
    (0..5).for_each(|n| QUEUE.send([n; 13]));
    println!("full: {}", QUEUE.try_send([5; 13]).is_err());
    match args.nth(1) {
        Some("exit") => process::exit(3),
        Some("panic") => panic!("with everything open"),
        Some("twice") => drop(MUTEX.lock()),
        Some("inside") => critical::section(|| panic!("without interrupts")),
        Some("forget") => forget(),
        Some("wait") => critical::section(|| println!("{}", FLAGS.wait_any(2))),
        _ => (),
    }
}

/// The thread is over, and its mutex is still locked.
fn forget() {
    let Ok(()) = thread::spawn(|| mem::forget(FORGOTTEN.lock())).join();
    thread::sleep(Duration::from_millis(20));
    println!("forgotten: {:?}", FORGOTTEN.lock_timeout(Duration::from_millis(20)).err());
}
