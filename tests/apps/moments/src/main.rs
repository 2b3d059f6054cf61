//! Timers that do what they should not, by its argument: the place, `soft` or `hard`, and the deed.
#![no_std]
#![no_main]
#![expect(unsafe_code, reason = "a timer that its own callback drops is reached by a pointer")]

extern crate alloc;

use alloc::boxed::Box;
use core::{
    ptr,
    sync::atomic::{AtomicBool, AtomicPtr, AtomicU32, Ordering},
    time::Duration,
};

use rtt_mod::{
    Result,
    env::Args,
    println, process,
    sync::Semaphore,
    thread::{self, Builder},
    time::{
        Instant,
        timer::{OneShot, Periodic},
    },
};

const SOON: Duration = Duration::from_millis(5);

static NEVER: Semaphore = Semaphore::new(0);
static CALLS: AtomicU32 = AtomicU32::new(0);

#[rtt_mod::main(heap = "2K")]
fn main(args: Args) -> Result<i32> {
    let mut args = args.skip(1);
    let is_hard = args.next() == Some("hard");
    let deed = args.next().unwrap_or("");
    assert!(NEVER.try_take().is_err());
    let spare = Periodic::new(SOON, count)?;
    spare.start();
    #[expect(clippy::empty_loop, reason = "a callback that never returns is a case")]
    let timer = match deed {
        "panic" => once(is_hard, || panic!("in a timer")),
        "exit" => once(is_hard, || process::exit(44)),
        "take" => once(is_hard, || NEVER.take()),
        "timeout" => once(is_hard, || println!("{:?}", NEVER.take_timeout(SOON))),
        "sleep" => once(is_hard, || thread::sleep(SOON)),
        "park" => once(is_hard, thread::park),
        "scope" => once(is_hard, || thread::scope(|_| ())),
        "allocate" => once(is_hard, || drop(Box::new(CALLS.load(Ordering::Relaxed)))),
        "spin" => once(is_hard, || loop {}),
        "busy" => {
            drop_while_it_calls()?;
            return Ok(5);
        }
        "drop" => {
            drops_itself(is_hard)?;
            return Ok(5);
        }
        _ => return Ok(9),
    }?;
    timer.start();
    thread::sleep(SOON * 10);
    println!("main goes on");
    Ok(6)
}

fn once(is_hard: bool, work: impl FnMut() + Send + 'static) -> Result<OneShot> {
    if is_hard { OneShot::hard(SOON, work) } else { OneShot::new(SOON, work) }
}

fn count() {
    CALLS.store(CALLS.load(Ordering::Relaxed) + 1, Ordering::Relaxed);
}

/// A thread above the kernel's timer thread drops a timer in the middle of its call.
fn drop_while_it_calls() -> Result<()> {
    static HAS_BEGUN: AtomicBool = AtomicBool::new(false);
    static IS_OVER: AtomicBool = AtomicBool::new(false);
    let telling = Telling;
    let timer = OneShot::new(SOON, move || {
        let (_, begin) = (&telling, Instant::now());
        HAS_BEGUN.store(true, Ordering::Relaxed);
        while begin.elapsed() < SOON * 2 {}
        IS_OVER.store(true, Ordering::Relaxed);
    })?;
    timer.start();
    let dropper = Builder::new().priority(1).spawn(move || {
        thread::sleep(SOON * 2);
        assert!(HAS_BEGUN.load(Ordering::Relaxed) && !IS_OVER.load(Ordering::Relaxed));
        drop(timer);
        assert!(IS_OVER.load(Ordering::Relaxed));
    })?;
    dropper.join().unwrap();
    println!("after the call");
    Ok(())
}

/// Says when it is dropped.
struct Telling;

impl Drop for Telling {
    fn drop(&mut self) {
        println!("dropped");
    }
}

/// A timer that drops itself in its third call. In an interrupt there is no heap, so its memory stays.
fn drops_itself(is_hard: bool) -> Result<()> {
    static TIMER: AtomicPtr<Periodic> = AtomicPtr::new(ptr::null_mut());
    let (telling, mut calls) = (Telling, 0);
    let work = move || {
        let _ = &telling;
        calls += 1;
        if calls == 3 {
            // SAFETY: the timer is there, and nobody else drops it.
            unsafe { TIMER.load(Ordering::Relaxed).drop_in_place() };
        }
        assert!(calls <= 3);
    };
    let timer = if is_hard { Periodic::hard(SOON, work) } else { Periodic::new(SOON, work) }?;
    TIMER.store(Box::leak(Box::new(timer)), Ordering::Relaxed);
    // SAFETY: it is there until its third call.
    unsafe { (*TIMER.load(Ordering::Relaxed)).start() };
    thread::sleep(SOON * 10);
    println!("main goes on");
    Ok(())
}
