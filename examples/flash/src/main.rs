//! Asks an SPI flash what it is.
#![no_std]
#![no_main]

use embedded_hal::spi::{MODE_0, Operation, SpiDevice};
use rtt_mod::{Result, println, spi::Device};

const READ_IDENTITY: u8 = 0x9F;

#[rtt_mod::main]
fn main() -> Result<()> {
    let mut flash = Device::open("spi10", MODE_0, 1_000_000)?;
    let mut identity = [0; 6];
    flash.transaction(&mut [Operation::Write(&[READ_IDENTITY]), Operation::Read(&mut identity)])?;
    let [manufacturer, kind, capacity, ..] = identity;
    println!("manufacturer {manufacturer:02x}, type {kind:02x}, {} KiB", 1 << (capacity - 10));
    Ok(())
}
