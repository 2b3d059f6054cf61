//! A library that allocates, and whose functions end their caller. Each takes what `plugin` gives.
#![no_std]
#![no_main]

extern crate alloc;

use alloc::vec::Vec;

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
