//! Sets a brightness as an analog input says.
#![no_std]
#![no_main]

use core::time::Duration;

use embedded_hal::pwm::SetDutyCycle;
use rtt_mod::{Result, adc::Adc, println, pwm, thread};

/// What the input has at most: it has 12 bits.
const FULL: u16 = 4095;

#[rtt_mod::main]
fn main() -> Result<()> {
    let mut knob = Adc::open("adc1")?.channel(1)?;
    let mut lamp = pwm::Channel::open("pwm1", 2, Duration::from_millis(1))?;
    for _ in 0..3 {
        let position = knob.read()? as u16;
        lamp.set_duty_cycle_fraction(position, FULL)?;
        println!("the knob is at {position}");
        thread::sleep(Duration::from_millis(20));
    }
    Ok(())
}
