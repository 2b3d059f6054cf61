//! Devices on SPI buses, as `embedded-hal` has them: RT-Thread's `rt_spi`.
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

/// A device with its chip select. Implements `embedded-hal`'s [`SpiDevice`] for words of 8 bits, the highest bit first.
///
/// Others may use the bus as well: the kernel keeps them out during each transaction. Transactions wait, so they are
/// [`Error::WouldWait`] in an interrupt and in a timer's call.
///
/// A transaction has up to 16 operations that are not delays; those that send and receive different lengths count twice.
/// More are [`Error::InvalidInput`]. Delays are rounded up to the kernel's tick.
#[derive(Debug)]
pub struct Device(sys::spi::Device);

impl Device {
    /// Finds the device `name`, and sets how it is talked to: `rt_spi_configure`, at `hertz` or as fast below as the bus
    /// can.
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`] if there is no SPI device of this name, [`Error::InvalidInput`] and what the bus driver
    /// reports if it can't do this, [`Error::OutOfMemory`].
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
