//! The hardware of a board, which tests make: buses, converters, serial lines and pins.

mod adc;
mod dac;
mod i2c;
mod pin;
mod pwm;
mod spi;
mod wire;

use std::{
    collections::BTreeMap,
    ffi::c_char,
    slice,
    sync::{Arc, Mutex},
};

use embedded_hal::{i2c::I2c, spi::SpiDevice};

pub use self::{
    pin::{Pin, pin},
    pwm::Pulse,
    wire::Wire,
};

use self::{adc::Adc, dac::Dac, i2c::Bus, pin::Pins, pwm::Pwm};
use crate::{
    bindings::{RTTM_ERROR_NOT_FOUND, RTTM_OK},
    driver::Driver,
    handle::Object,
    kernel::{Kernel, lock},
};

/// The pins and devices of a kernel.
#[derive(Default)]
pub struct Board {
    pins: Mutex<Pins>,
    buses: Mutex<BTreeMap<String, Arc<Bus>>>,
    chips: Mutex<BTreeMap<String, Arc<spi::Chip>>>,
    adcs: Mutex<BTreeMap<String, Arc<Adc>>>,
    dacs: Mutex<BTreeMap<String, Arc<Dac>>>,
    pwms: Mutex<BTreeMap<String, Arc<Pwm>>>,
}

/// A device for [`device`].
pub struct Device(Kind);

enum Kind {
    Bus(Bus),
    Chip(spi::Chip),
    Adc(Adc),
    Dac(Dac),
    Pwm(Pwm),
    Wire(Wire),
}

impl Device {
    /// An I²C bus: whatever implements the trait of `embedded-hal`, a mock for instance.
    ///
    /// ```
    /// use embedded_hal::i2c::{ErrorKind, ErrorType, I2c, Operation};
    /// use rtt_mod_host::{Device, device};
    ///
    /// /// A thermometer that measures 21 °C.
    /// struct Thermometer;
    ///
    /// impl ErrorType for Thermometer {
    ///     type Error = ErrorKind;
    /// }
    ///
    /// impl I2c for Thermometer {
    ///     fn transaction(&mut self, _: u8, operations: &mut [Operation<'_>]) -> Result<(), ErrorKind> {
    ///         for operation in operations {
    ///             if let Operation::Read(bytes) = operation {
    ///                 bytes.fill(21);
    ///             }
    ///         }
    ///         Ok(())
    ///     }
    /// }
    ///
    /// device("i2c1", Device::i2c(Thermometer));
    /// ```
    pub fn i2c(bus: impl I2c + Send + 'static) -> Self {
        Device(Kind::Bus(Bus::new(bus)))
    }

    /// A chip on an SPI bus: whatever implements the trait of `embedded-hal`.
    pub fn spi(chip: impl SpiDevice + Send + 'static) -> Self {
        Device(Kind::Chip(spi::Chip::new(chip)))
    }

    /// A converter: `read` gets a channel and returns what the converter measures there.
    ///
    /// ```
    /// use rtt_mod_host::{Device, device};
    ///
    /// device("adc0", Device::adc(|channel| if channel == 3 { 2048 } else { 0 }));
    /// ```
    pub fn adc(read: impl FnMut(u32) -> u32 + Send + 'static) -> Self {
        Device(Kind::Adc(Adc::new(read)))
    }

    /// A converter: `changed` gets a channel and the value that is put out there from now on.
    ///
    /// ```
    /// use rtt_mod_host::{Device, device};
    ///
    /// device("dac1", Device::dac(|channel, value| println!("{channel}: {value}")));
    /// ```
    pub fn dac(changed: impl FnMut(u32, u32) + Send + 'static) -> Self {
        Device(Kind::Dac(Dac::new(changed)))
    }

    /// An output with pulses: `changed` gets a channel and what is put out there from now on.
    ///
    /// ```
    /// use rtt_mod_host::{Device, device};
    ///
    /// device("pwm1", Device::pwm(|channel, pulse| println!("{channel}: {pulse:?}")));
    /// ```
    pub fn pwm(changed: impl FnMut(u32, Option<Pulse>) + Send + 'static) -> Self {
        Device(Kind::Pwm(Pwm::new(changed)))
    }

    /// A serial port whose other end the test has.
    ///
    /// ```
    /// use rtt_mod_host::{Device, Wire, device};
    ///
    /// let wire = Wire::new();
    /// device("uart2", Device::uart(&wire));
    /// wire.send(b"hello");
    /// assert_eq!(wire.received(), b"");
    /// ```
    pub fn uart(wire: &Wire) -> Self {
        Device(Kind::Wire(wire.clone()))
    }
}

/// Puts a device on the board, in place of one that has this name.
///
/// The calling thread sees it, and so do the threads of a program that it starts, but no other test.
///
/// ```
/// use rtt_mod_host::{Device, device};
///
/// device("adc1", Device::adc(|_| 1700));
/// ```
pub fn device(name: &str, device: Device) {
    let kernel = Kernel::current();
    let (board, name) = (&kernel.board, name.to_owned());
    match device.0 {
        Kind::Bus(bus) => drop(lock(&board.buses).insert(name, Arc::new(bus))),
        Kind::Chip(chip) => drop(lock(&board.chips).insert(name, Arc::new(chip))),
        Kind::Adc(adc) => drop(lock(&board.adcs).insert(name, Arc::new(adc))),
        Kind::Dac(dac) => drop(lock(&board.dacs).insert(name, Arc::new(dac))),
        Kind::Pwm(pwm) => drop(lock(&board.pwms).insert(name, Arc::new(pwm))),
        Kind::Wire(wire) => Driver::replace(wire.driver(name.into_bytes())),
    }
}

/// Opens the device of this name. The handle is one of what `opened` makes of it.
///
/// # Safety
///
/// The name has `length` bytes, and there is a place for the handle.
unsafe fn open<T: Send + Sync + 'static, O, H>(
    devices: impl FnOnce(&Board) -> &Mutex<BTreeMap<String, Arc<T>>>,
    opened: impl FnOnce(Arc<T>) -> O,
    name: *const c_char,
    length: u32,
    handle: *mut *mut H,
) -> i32 {
    // SAFETY: the caller's promise.
    let name = unsafe { slice::from_raw_parts(name.cast::<u8>(), length as usize) };
    let kernel = Kernel::current();
    let found = std::str::from_utf8(name).ok().and_then(|name| lock(devices(&kernel.board)).get(name).cloned());
    let Some(device) = found else { return RTTM_ERROR_NOT_FOUND };
    // SAFETY: the caller's promise.
    unsafe { handle.write(Object::open(opened(device))) };
    RTTM_OK as i32
}
