//! Is a device that counts how often it is opened: `cat /dev/count` tells, and `echo stop /dev/count` ends it.
#![no_std]
#![no_main]

extern crate alloc;

use alloc::format;
use core::sync::atomic::{AtomicU32, Ordering};

use rtt_mod::{
    Result,
    device::{Driver, Mode, register},
    println,
    sync::Semaphore,
};

static OPENED: AtomicU32 = AtomicU32::new(0);
static STOPPED: Semaphore = Semaphore::new(0);

struct Counter;

impl Driver for Counter {
    fn open(&self, _mode: Mode) -> Result<()> {
        OPENED.fetch_add(1, Ordering::Relaxed);
        Ok(())
    }

    fn read(&self, position: u32, buffer: &mut [u8]) -> Result<usize> {
        let text = format!("opened {} times\n", OPENED.load(Ordering::Relaxed));
        let rest = text.as_bytes().get(position as usize..).unwrap_or_default();
        let length = rest.len().min(buffer.len());
        buffer[..length].copy_from_slice(&rest[..length]);
        Ok(length)
    }

    fn write(&self, _position: u32, bytes: &[u8]) -> Result<usize> {
        STOPPED.release();
        Ok(bytes.len())
    }
}

#[rtt_mod::main(heap = "1K")]
fn main() -> Result<()> {
    let _device = register("count", Counter)?;
    println!("/dev/count is there");
    STOPPED.take();
    println!("opened {} times in all", OPENED.load(Ordering::Relaxed));
    Ok(())
}
