//! Reads a temperature sensor, with a driver crate from the registry.
#![no_std]
#![no_main]

use lm75::{Address, Lm75};
use rtt_mod::{i2c::Bus, println};

#[rtt_mod::main]
fn main() -> Result<(), lm75::Error<rtt_mod::Error>> {
    let bus = Bus::open("i2c1").map_err(lm75::Error::I2C)?;
    let mut sensor = Lm75::new(bus, Address::default());
    let tenths = (sensor.read_temperature()? * 10.0) as i32;
    println!("{}.{} degrees", tenths / 10, tenths.abs() % 10);
    Ok(())
}
