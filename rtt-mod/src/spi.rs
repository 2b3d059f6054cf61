//! Devices on SPI buses with the traits of `embedded-hal`: RT-Thread's `rt_spi`.
//!
//! ```no_run
//! use embedded_hal::spi::{MODE_0, Operation, SpiDevice};
//! use rtt_mod::spi::Device;
//!
//! let mut flash = Device::open("spi10", MODE_0, 1_000_000)?;
//! let mut identity = [0; 3];
//! flash.transaction(&mut [Operation::Write(&[0x9F]), Operation::Read(&mut identity)])?;
//! # Ok::<(), rtt_mod::Error>(())
//! ```
#![forbid(unsafe_code)]

use embedded_hal::spi::{ErrorType, Mode, Operation, Phase, Polarity, SpiDevice};

use crate::{Error, Result, sys};

/// A device on an SPI bus, with its chip select. It implements [`SpiDevice`] of `embedded-hal` for words of 8 bits,
/// with the highest bit first.
///
/// Others can use the bus as well: the kernel keeps them out during each transaction. Transactions may wait, so they
/// fail with [`Error::WouldWait`] in an interrupt or a timer's callback.
///
/// A transaction has up to 16 operations, not counting delays. An operation that sends and receives different lengths
/// counts twice. More operations are [`Error::InvalidInput`]. Delays are rounded up to the kernel's tick.
#[derive(Debug)]
pub struct Device(sys::spi::Device);

impl Device {
    /// Opens the device `name` and configures its transfers: `rt_spi_configure`. The clock is the fastest of the bus up
    /// to `hertz`.
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`] if there is no SPI device of this name; [`Error::InvalidInput`] or what the bus driver
    /// reports if it does not support this; [`Error::OutOfMemory`] if the kernel has no memory for the handle.
    ///
    /// ```no_run
    /// let flash = rtt_mod::spi::Device::open("spi10", embedded_hal::spi::MODE_0, 1_000_000)?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn open(name: &str, mode: Mode, hertz: u32) -> Result<Self> {
        let device = sys::spi::Device::open(name)?;
        device.configure(bits(mode), hertz)?;
        Ok(Device(device))
    }
}

/// `RTTM_SPI_CPHA` and `RTTM_SPI_CPOL`.
fn bits(mode: Mode) -> u32 {
    u32::from(mode.phase == Phase::CaptureOnSecondTransition) | u32::from(mode.polarity == Polarity::IdleHigh) << 1
}

impl ErrorType for Device {
    type Error = Error;
}

impl SpiDevice for Device {
    fn transaction(&mut self, operations: &mut [Operation<'_, u8>]) -> Result<()> {
        self.0.transfer(operations)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use embedded_hal::spi::{MODE_0, MODE_1, MODE_2, MODE_3};

    #[test]
    fn a_mode_is_its_number() {
        assert_eq!([MODE_0, MODE_1, MODE_2, MODE_3].map(bits), [0, 1, 2, 3]);
    }
}
