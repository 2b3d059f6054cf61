//! I2C buses with the traits of `embedded-hal`: RT-Thread's `rt_i2c`.
//!
//! Sensor drivers that are written for `embedded-hal` work on a [`Bus`] without changes.
//!
//! ```no_run
//! use embedded_hal::i2c::I2c;
//! use rtt_mod::i2c::Bus;
//!
//! let mut bus = Bus::open("i2c1")?;
//! let mut temperature = [0; 2];
//! bus.write_read(0x48, &[0], &mut temperature)?;
//! # Ok::<(), rtt_mod::Error>(())
//! ```
#![forbid(unsafe_code)]

use embedded_hal::i2c::{ErrorType, I2c, Operation};

use crate::{Error, Result, sys};

/// An I2C bus. It implements [`I2c`] of `embedded-hal` for addresses of 7 bits.
///
/// Others can use the bus as well: the kernel keeps them out during each transaction. Transactions may wait, so they
/// fail with [`Error::WouldWait`] in an interrupt or a timer's callback. When no device answers, the error is
/// [`Error::Io`].
///
/// A transaction has up to 16 operations, and up to 65,535 bytes in successive operations of the same direction. More
/// are [`Error::InvalidInput`].
#[derive(Debug)]
pub struct Bus(sys::i2c::Bus);

impl Bus {
    /// Opens the bus `name`: `rt_i2c_bus_device_find`.
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`] if there is no I2C bus of this name; [`Error::OutOfMemory`] if the kernel has no memory for
    /// the handle.
    ///
    /// ```no_run
    /// let bus = rtt_mod::i2c::Bus::open("i2c1")?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn open(name: &str) -> Result<Self> {
        sys::i2c::Bus::open(name).map(Bus)
    }
}

impl ErrorType for Bus {
    type Error = Error;
}

impl I2c for Bus {
    fn transaction(&mut self, address: u8, operations: &mut [Operation<'_>]) -> Result<()> {
        self.0.transfer(address.into(), operations)
    }
}
