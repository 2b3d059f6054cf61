//! Sensors of the first framework, which not each kernel has.
#![no_std]
#![no_main]

use rtt_mod::{
    Result, println,
    sensor::{Power, Sensor},
};

#[rtt_mod::main]
fn main() -> Result<()> {
    let mut thermometer = Sensor::open("temp_1")?;
    let (first, second) = (thermometer.read()?, thermometer.read()?);
    println!("{:?}, one more: {}", first.kind, second.value() - first.value());
    let mut accelerometer = Sensor::open("acce_1")?;
    println!("{:?}", accelerometer.set_range(20_000));
    accelerometer.set_range(2000)?;
    accelerometer.set_rate(100)?;
    let sample = accelerometer.read()?;
    println!("{:?} {:?}", sample.kind, sample.values);
    accelerometer.set_power(Power::Down)?;
    println!("{:?}", accelerometer.read());
    for name in ["adc1", "none"] {
        println!("{name}: {:?}", Sensor::open(name).and_then(|mut sensor| sensor.read()).err());
    }
    Ok(())
}
