//! Works of a queue, and how a program ends with them.
#![no_std]
#![no_main]

use core::time::Duration;

use rtt_mod::{
    Args, Result, println, process,
    sync::{EventFlags, Semaphore},
    thread::{self, Builder},
    time::timer::OneShot,
    workqueue::{Work, WorkQueue},
};

static DONE: Semaphore = Semaphore::new(0);
static FLAGS: EventFlags = EventFlags::new();

#[rtt_mod::main]
fn main(mut args: Args) -> Result<()> {
    let queue = WorkQueue::with(Builder::new().name("works").stack_size(4096))?;
    queue.submit_after(Duration::from_secs(60), || println!("never"))?;
    match args.nth(1) {
        Some("panic") => queue.submit(|| panic!("in a work"))?,
        Some("exit") => queue.submit(|| process::exit(3))?,
        Some("wait") => queue.submit(|| {
            println!("waiting");
            FLAGS.wait_any(1);
        })?,
        _ => return works(&queue),
    }
    thread::park();
    Ok(())
}

fn works(queue: &WorkQueue) -> Result<()> {
    queue.submit_after(Duration::from_millis(30), || println!("third"))?;
    queue.submit(|| println!("first, in {}", thread::current().name().unwrap_or_default()))?;
    queue.submit(|| println!("second"))?;

    let mut count = 0;
    let counter = queue.work(move || {
        count += 1;
        println!("count {count}");
        DONE.release();
    })?;
    thread::sleep(Duration::from_millis(50));
    from_an_interrupt(counter)?;

    let slow = queue.work(|| {
        thread::sleep(Duration::from_millis(30));
        println!("slow");
    })?;
    slow.submit()?;
    thread::sleep(Duration::from_millis(10));
    slow.submit()?;
    println!("was pending: {}", slow.cancel_and_wait());
    drop(slow);
    println!("over");
    Ok(())
}

/// A hard timer submits the work.
fn from_an_interrupt(counter: Work) -> Result<()> {
    let submit = move || {
        let _ = counter.submit();
    };
    let timer = OneShot::hard(Duration::from_millis(5), submit)?;
    for _ in 0..2 {
        timer.start();
        DONE.take();
    }
    Ok(())
}
