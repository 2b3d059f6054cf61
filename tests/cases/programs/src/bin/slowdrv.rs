//! A driver that takes 700 ms to read, and then looks who has the memory that it reads into.
#![no_std]
#![no_main]
#![deny(unsafe_code)]

extern crate alloc;

use alloc::vec;
use alloc::vec::Vec;
use core::time::Duration;

use rtt_mod::device::{Driver, register};
use rtt_mod::{println, thread};

struct Slow;

impl Driver for Slow {
    fn read(&self, _: u32, buffer: &mut [u8]) -> rtt_mod::Result<usize> {
        println!("slow: reads");
        thread::sleep(Duration::from_millis(700));
        let pieces: Vec<Vec<u8>> = (0..60).map(|_| vec![0x11; 512]).collect();
        buffer.fill(0xAA);
        let damaged = pieces.iter().flatten().filter(|&&byte| byte != 0x11).count();
        println!("slow: {damaged} bytes of its own were overwritten");
        Ok(buffer.len())
    }
}

#[rtt_mod::main(heap = "kernel")]
fn main() -> rtt_mod::Result<()> {
    let _registration = register("slow", Slow)?;
    println!("slow: ready");
    thread::sleep(Duration::MAX);
    Ok(())
}
