//! A driver that unregisters itself in its own `read`, which the module's own thread calls.
#![no_std]
#![no_main]
#![deny(unsafe_code)]

extern crate alloc;

use alloc::boxed::Box;
use alloc::vec::Vec;
use core::hint::black_box;

use rtt_mod::device::{Device, Driver, Mode, Registration, register};
use rtt_mod::println;
use rtt_mod::sync::Mutex;

static REGISTRATION: Mutex<Option<Registration>> = Mutex::new(None);

struct Words([u32; 8]);

impl Driver for Words {
    fn read(&self, _: u32, _: &mut [u8]) -> rtt_mod::Result<usize> {
        println!("before: {:#x}", black_box(self).0[3]);
        drop(REGISTRATION.lock().take());
        let others: Vec<Box<[u32; 8]>> = (0..4).map(|_| Box::new([0x4141_4141; 8])).collect();
        println!("after: {:#x}", black_box(self).0[3]);
        black_box(&others);
        Ok(1)
    }
}

#[rtt_mod::main]
fn main() -> rtt_mod::Result<()> {
    *REGISTRATION.lock() = Some(register("me", Words([0x600d; 8]))?);
    let mut device = Device::find("me")?;
    device.open(Mode::READ)?;
    println!("read: {}", device.read(0, &mut [0; 4]).is_ok());
    println!("again: {}", device.read(0, &mut [0; 4]).is_ok());
    Ok(())
}
