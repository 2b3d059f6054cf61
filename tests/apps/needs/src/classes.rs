//! Devices of classes that only some boards have: what one has not is left out.

use core::{hint::black_box, time::Duration};

use embedded_hal::{
    i2c::I2c as _,
    spi::{MODE_0, SpiDevice as _},
};
use rtt_mod::{
    adc::Adc,
    block::Block,
    can::{Can, Frame, Mode},
    dac::Dac,
    display::Display,
    flash::Flash,
    hwtimer::HardwareTimer,
    i2c::Bus,
    pin::{Edge, Input, Pull},
    pwm, random,
    sensor::Sensor,
    spi,
    time::SystemTime,
    watchdog::Watchdog,
};

use crate::report;

pub fn measure() {
    converters();
    buses();
    timers();
    report("peripheral", "random numbers", || _ = random::fill(black_box(&mut [0; 7])));
    if let Ok(mut sensor) = Sensor::open("temp_1") {
        report("device", "sensor", || _ = black_box(sensor.read()));
    }
    report("peripheral", "CAN bus", || _ = can());
    storage();
    if let Ok(mut display) = Display::open("lcd") {
        report("device", "display", || _ = display.update());
    }
}

fn converters() {
    if let Ok(mut channel) = Adc::open("adc1").and_then(|adc| adc.channel(1)) {
        report("peripheral", "ADC", || _ = black_box(channel.read()));
    }
    if let Ok(mut channel) = Dac::open("dac1").and_then(|dac| dac.channel(1)) {
        report("peripheral", "DAC", || _ = channel.write(1234));
    }
}

fn buses() {
    if let Ok(mut bus) = Bus::open("i2c1") {
        report("device", "I2C bus", || _ = bus.write_read(0x48, &[0], black_box(&mut [0; 2])));
    }
    if let Ok(mut flash) = spi::Device::open("spi10", MODE_0, 1_000_000) {
        report("device", "SPI bus", || _ = flash.transfer(black_box(&mut [0; 4]), &[0x9f, 0, 0, 0]));
    }
    if let Ok(mut channel) = pwm::Channel::open("pwm1", 2, Duration::from_millis(1)) {
        report("peripheral", "PWM", || _ = channel.set_pulse(Duration::from_micros(200)));
    }
    if let Ok(mut pin) = Input::new(0, Pull::None) {
        report("peripheral", "pin", || _ = pin.on_edge(Edge::Both, |_| ()));
    }
}

fn timers() {
    report("peripheral", "clock", || _ = black_box(SystemTime::try_now()));
    if let Ok(mut watchdog) = Watchdog::open("wdt") {
        report("peripheral", "watchdog", || _ = watchdog.start(Duration::from_secs(50)));
    }
    if let Ok(mut timer) = HardwareTimer::open("timer0") {
        report("peripheral", "hardware timer", || _ = timer.once(Duration::from_secs(1)));
    }
}

fn can() -> rtt_mod::Result<()> {
    let mut bus = Can::open("can1", 250_000)?;
    bus.set_mode(Mode::Loopback)?;
    let id = embedded_can::StandardId::ZERO;
    if let Some(frame) = embedded_can::Frame::new(id, b"over CAN") {
        bus.send(&frame)?;
    }
    let frame: Frame = bus.receive_timeout(Duration::from_millis(20))?;
    black_box(frame);
    Ok(())
}

fn storage() {
    if let Ok(mut flash) = Flash::open("nor0") {
        report("device", "flash: erase", || _ = flash.erase(1024..2048));
        report("device", "flash: write", || _ = flash.write(1030, b"bytes"));
        report("device", "flash: read", || _ = flash.read(1030, black_box(&mut [0; 5])));
    }
    if let Ok(disk) = Block::open("sd0") {
        report("device", "disk", || _ = disk.read_bytes(10, black_box(&mut [0; 20])));
    }
}
