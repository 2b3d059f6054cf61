//! Its code and its variables are in the memheap `tcm`: `placed`, `placed fault`, `placed panic`.
#![no_std]
#![no_main]
#![expect(unsafe_code, reason = "only unsafe code can cause the fault")]

use core::{
    arch::asm,
    sync::atomic::{AtomicU32, Ordering},
};

use rtt_mod::{env::Args, println, thread};

static RUNS: AtomicU32 = AtomicU32::new(41);

#[rtt_mod::main]
fn main(mut args: Args) {
    println!("code {:p}, variables {:p}", fault as fn(), &raw const RUNS);
    match args.nth(1) {
        Some("fault") => fault(),
        Some("panic") => panic!("in another RAM"),
        _ => counts(),
    }
}

/// Also in a thread, whose stack is in the kernel's heap.
fn counts() {
    let Ok(before) = thread::spawn(|| RUNS.fetch_add(1, Ordering::Relaxed)).join();
    println!("{before}, then {}", RUNS.load(Ordering::Relaxed));
}

#[inline(never)]
fn fault() {
    // SAFETY: none. It is a fault.
    unsafe {
        #[cfg(target_arch = "arm")]
        asm!("udf #0");
        #[cfg(any(target_arch = "riscv32", target_arch = "riscv64"))]
        asm!("unimp");
    }
}
