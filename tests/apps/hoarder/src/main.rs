//! Has blocks of the kernel's heap, a thread, and had more; and has used much of its stack.
#![no_std]
#![no_main]

extern crate alloc;

use alloc::vec;
use core::{hint::black_box, mem, time::Duration};

use rtt_mod::{
    println,
    thread::{Builder, sleep},
};

#[rtt_mod::main(stack = "2K", heap = "kernel")]
fn main() {
    let hoard = vec![1u8; 10_000];
    drop(black_box(vec![2u8; 20_000]));
    use_stack();
    if let Ok(thread) = Builder::new().stack_size(1024).spawn(|| sleep(Duration::MAX)) {
        mem::forget(thread);
    }
    println!("hoarding");
    sleep(Duration::MAX);
    drop(black_box(hoard));
}

#[inline(never)]
fn use_stack() {
    black_box([3u8; 1200]);
}
