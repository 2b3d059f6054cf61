//! Kernel objects with names of their own.
#![no_std]
#![no_main]

use rtt_mod::{
    Result, println,
    sync::{EventFlags, Mailbox, MessageQueue, Mutex, Semaphore},
    thread,
};

static SEMAPHORE: Semaphore = Semaphore::new(5);
static MUTEX: Mutex<u32> = Mutex::new(0);
static EVENTS: EventFlags = EventFlags::new();
static MAILBOX: Mailbox = Mailbox::new(4);
static QUEUE: MessageQueue<u32> = MessageQueue::new(4);

#[rtt_mod::main]
fn main() -> Result<()> {
    SEMAPHORE.take(); // a name can be given at any time
    SEMAPHORE.set_name("permits")?;
    MUTEX.set_name("lock")?;
    EVENTS.set_name("flags")?;
    MAILBOX.set_name("lettersÄ")?; // which does not fit
    QUEUE.set_name("line")?;
    println!("{} permits left", SEMAPHORE.permits());
    thread::park();
    Ok(())
}
