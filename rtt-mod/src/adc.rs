//! Analog inputs: RT-Thread's `rt_adc`.
#![forbid(unsafe_code)]

use crate::{Result, sys};

/// An analog-to-digital converter with up to 32 channels, 0 to 31.
///
/// ```no_run
/// use rtt_mod::adc::Adc;
///
/// let mut battery = Adc::open("adc1")?.channel(3)?;
/// rtt_mod::println!("{}", battery.read()?);
/// # Ok::<(), rtt_mod::Error>(())
/// ```
#[derive(Debug)]
pub struct Adc(sys::converter::Adc);

impl Adc {
    /// Opens the converter `name`.
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`](crate::Error::NotFound) if there is no ADC of this name;
    /// [`Error::OutOfMemory`](crate::Error::OutOfMemory) if the kernel has no memory for the handle.
    ///
    /// ```no_run
    /// let adc = rtt_mod::adc::Adc::open("adc1")?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn open(name: &str) -> Result<Self> {
        sys::converter::Adc::open(name).map(Adc)
    }

    /// Enables a channel until the result is dropped: `rt_adc_enable`. For a second channel, open the converter a
    /// second time.
    ///
    /// # Errors
    ///
    /// What the driver reports, usually [`Error::InvalidInput`](crate::Error::InvalidInput) if there is no such
    /// channel.
    ///
    /// ```no_run
    /// let channel = rtt_mod::adc::Adc::open("adc1")?.channel(0)?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn channel(self, number: u32) -> Result<Channel> {
        self.0.enable(number)?;
        Ok(Channel { adc: self.0, number })
    }
}

/// An enabled channel.
#[derive(Debug)]
pub struct Channel {
    adc: sys::converter::Adc,
    number: u32,
}

impl Channel {
    /// Converts once and returns the driver's value: `rt_adc_read`.
    ///
    /// # Errors
    ///
    /// What the driver reports; [`Error::WouldWait`](crate::Error::WouldWait) in an interrupt or a timer's callback.
    ///
    /// ```no_run
    /// # let mut channel = rtt_mod::adc::Adc::open("adc1")?.channel(0)?;
    /// let value = channel.read()?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn read(&mut self) -> Result<u32> {
        self.adc.read(self.number)
    }
}
