//! A callback of a device that is dropped in its own call, which the module's own driver makes.
#![no_std]
#![no_main]
#![deny(unsafe_code)]

extern crate alloc;

use alloc::boxed::Box;
use alloc::vec::Vec;
use core::hint::black_box;

use rtt_mod::device::{Device, Driver, Mode, register};
use rtt_mod::println;
use rtt_mod::sync::Mutex;

static DEVICE: Mutex<Option<Device>> = Mutex::new(None);

struct Nothing;

impl Driver for Nothing {}

#[rtt_mod::main]
fn main() -> rtt_mod::Result<()> {
    let registration = register("me", Nothing)?;
    let mut device = Device::find("me")?;
    let words = [0x600d_u32; 8];
    device.on_receive(move |_| {
        println!("before: {:#x}", black_box(&words)[3]);
        drop(DEVICE.lock().take());
        let others: Vec<Box<[u32; 8]>> = (0..4).map(|_| Box::new([0x4141_4141; 8])).collect();
        println!("after: {:#x}", black_box(&words)[3]);
        black_box(&others);
    })?;
    device.open(Mode::READ)?;
    *DEVICE.lock() = Some(device);
    registration.received(1)?;
    println!("end");
    Ok(())
}
