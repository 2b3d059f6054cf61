//! What calls of the kernel's services cost a module in Rust. The loops are those of tests/c/cost.c, and so is the output. The
//! instructions between two marks are counted.
#![no_std]
#![no_main]
#![cfg_attr(target_arch = "arm", expect(unsafe_code, reason = "the mark is an instruction"))]

extern crate alloc;

use alloc::boxed::Box;
#[cfg(target_arch = "arm")]
use core::arch::asm;
use core::hint::black_box;

use rtt_mod::{
    fs::File,
    io::{Read, Write},
    println,
    sync::{EventFlags, Mailbox, MessageQueue, Mutex, Semaphore},
    thread,
    time::Instant,
};

#[rtt_mod::main(stack = "4K", priority = 15)]
fn main() -> rtt_mod::Result<()> {
    semaphore();
    mutex();
    queue();
    event();
    mailbox();
    yields();
    spawn()?;
    now();
    literal();
    integer();
    heap();
    open()?;
    read()?;
    write()
}

/// An instruction of Arm's that does nothing. The module is built for all boards, but measured on one.
#[inline(always)]
fn mark() {
    #[cfg(target_arch = "arm")]
    // SAFETY: it moves a register to itself.
    unsafe {
        asm!("mov r9, r9");
    }
}

fn done(name: &str) {
    println!("{name} done");
}

fn semaphore() {
    static SEMAPHORE: Semaphore = Semaphore::new(1);

    assert!(SEMAPHORE.permits() == 1); // The kernel makes it.
    mark();
    for _ in 0..1000 {
        SEMAPHORE.take();
        SEMAPHORE.release();
    }
    mark();
    done("semaphore");
}

fn mutex() {
    static MUTEX: Mutex<()> = Mutex::new(());

    drop(MUTEX.lock());
    mark();
    for _ in 0..1000 {
        drop(MUTEX.lock());
    }
    mark();
    done("mutex");
}

fn queue() {
    static QUEUE: MessageQueue<i32> = MessageQueue::new(4);

    assert!(QUEUE.try_receive().is_err());
    mark();
    for pass in 0..1000 {
        QUEUE.send(pass);
        QUEUE.receive();
    }
    mark();
    done("queue");
}

fn event() {
    static EVENT: EventFlags = EventFlags::new();

    EVENT.set(1);
    EVENT.wait_any(1);
    mark();
    for _ in 0..100 {
        EVENT.set(1);
        EVENT.wait_any(1);
    }
    mark();
    done("event");
}

fn mailbox() {
    static MAILBOX: Mailbox = Mailbox::new(4);

    assert!(MAILBOX.try_receive().is_err());
    mark();
    for pass in 0..100 {
        MAILBOX.send(pass);
        MAILBOX.receive();
    }
    mark();
    done("mailbox");
}

fn yields() {
    mark();
    for _ in 0..100 {
        thread::yield_now();
    }
    mark();
    done("yield");
}

fn spawn() -> rtt_mod::Result<()> {
    mark();
    for _ in 0..20 {
        let Ok(()) = thread::Builder::new().stack_size(1024).spawn(|| ())?.join();
    }
    mark();
    done("spawn");
    Ok(())
}

fn now() {
    let mut last = Instant::now();
    mark();
    for _ in 0..100 {
        let now = Instant::now();
        if now < last {
            break;
        }
        last = now;
    }
    mark();
    done("now");
}

fn literal() {
    mark();
    for _ in 0..20 {
        println!("a line of text");
    }
    mark();
    done("literal");
}

fn integer() {
    mark();
    for pass in 0..20 {
        println!("{} of {}", pass * 1000, "twenty");
    }
    mark();
    done("integer");
}

fn heap() {
    mark();
    for pass in 0..100 {
        drop(black_box(Box::new([pass; 16])));
    }
    mark();
    done("heap");
}

fn open() -> rtt_mod::Result<()> {
    mark();
    for _ in 0..10 {
        drop(File::open("/cost.mo")?);
    }
    mark();
    done("open");
    Ok(())
}

fn read() -> rtt_mod::Result<()> {
    let mut file = File::open("/cost.mo")?;
    let mut bytes = [0; 64];
    mark();
    for _ in 0..100 {
        let _ = file.read(&mut bytes)?;
    }
    mark();
    done("read");
    Ok(())
}

fn write() -> rtt_mod::Result<()> {
    let mut file = File::create("/cost.txt")?;
    let bytes = [0; 64];
    mark();
    for _ in 0..100 {
        file.write_all(&bytes)?;
    }
    mark();
    done("write");
    Ok(())
}
