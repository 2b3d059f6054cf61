//! A library that allocates, and whose functions end their caller. Each takes what `plugin` gives.
#![no_std]
#![no_main]

extern crate alloc;

use alloc::vec::Vec;
use core::{
    mem,
    sync::atomic::{AtomicU32, Ordering},
    time::Duration,
};

use rtt_mod::{println, thread, time::timer::Periodic};

rtt_mod::library!(heap = "1K");

#[rtt_mod::export]
fn squares(_: *const u8, length: usize) -> u32 {
    (1..=length as u32).map(|n| n * n).collect::<Vec<_>>().iter().sum()
}

#[rtt_mod::export]
fn panic(_: *const u8, length: usize) -> u32 {
    panic!("called with {length} bytes")
}

#[rtt_mod::export]
fn leave(_: *const u8, length: usize) -> u32 {
    rtt_mod::process::exit(length as i32)
}

/// Goes on in a thread and in a timer after it has returned.
#[rtt_mod::export]
fn linger() -> u32 {
    let timer = Periodic::new(Duration::from_millis(20), || {
        TICKS.fetch_add(1, Ordering::Relaxed);
    });
    let is_started = timer.is_ok();
    if let Ok(timer) = timer {
        timer.start();
        mem::forget(timer);
    }
    drop(thread::spawn(|| {
        for _ in 0..5 {
            thread::sleep(Duration::from_millis(40));
        }
        println!("the library's timer ticks: {}", TICKS.load(Ordering::Relaxed) > 4);
    }));
    is_started.into()
}

static TICKS: AtomicU32 = AtomicU32::new(0);
