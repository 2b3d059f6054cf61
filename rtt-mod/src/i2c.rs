//! I2C buses, as `embedded-hal` has them: RT-Thread's `rt_i2c`.
//!
//! Drivers of sensors that are written for `embedded-hal` work on a [`Bus`] as they are:
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

/// A bus. Implements `embedded-hal`'s [`I2c`] for addresses of 7 bits.
///
/// Others may use the bus as well: the kernel keeps them out during each transaction. Transactions wait, so they are
/// [`Error::WouldWait`] in an interrupt and in a timer's call. [`Error::Io`] is the answer when no device answers.
///
/// A transaction has up to 16 operations; more are [`Error::InvalidInput`], and so are more than 65,535 bytes that go the
/// same way.
#[derive(Debug)]
pub struct Bus(sys::i2c::Bus);

impl Bus {
    /// Finds the bus `name`: `rt_i2c_bus_device_find`.
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`] if there is no I2C bus of this name, [`Error::OutOfMemory`].
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
