//! A thread of a scope reads from the device of `slowdrv` into the main thread's stack, and the module is killed meanwhile.
#![no_std]
#![no_main]
#![deny(unsafe_code)]

use rtt_mod::device::{Device, Mode};
use rtt_mod::thread;

#[rtt_mod::main(stack = "4K")]
fn main() -> rtt_mod::Result<()> {
    let mut device = Device::find("slow")?;
    device.open(Mode::READ)?;
    let mut buffer = [0_u8; 256];
    thread::scope(|scope| {
        scope.spawn(|| {
            let _ = device.read(0, &mut buffer);
        });
    });
    Ok(())
}
