//! Analog inputs: RT-Thread's `rt_adc`.
#![forbid(unsafe_code)]

use crate::{Result, sys};

/// An analog-to-digital converter, with channels from 0 to 31 at most.
///
/// ```no_run
/// use rtt_mod::adc::Adc;
///
/// let mut battery = Adc::open("adc1")?.channel(3)?;
/// rtt_mod::println!("{}", battery.read()?);
/// # Ok::<(), rtt_mod::Error>(())
/// ```
#[derive(Debug)]
pub struct Adc(sys::adc::Adc);

impl Adc {
    /// Finds the converter `name`.
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`](crate::Error::NotFound) if there is no ADC of this name,
    /// [`Error::OutOfMemory`](crate::Error::OutOfMemory).
    ///
    /// ```no_run
    /// let adc = rtt_mod::adc::Adc::open("adc1")?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn open(name: &str) -> Result<Self> {
        sys::adc::Adc::open(name).map(Adc)
    }

    /// Switches a channel on, until the result is dropped: `rt_adc_enable`. For a second channel, open the converter once
    /// more.
    ///
    /// # Errors
    ///
    /// What the driver reports; [`Error::InvalidInput`](crate::Error::InvalidInput) as a rule if there is no such channel.
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

/// A channel that is switched on.
#[derive(Debug)]
pub struct Channel {
    adc: sys::adc::Adc,
    number: u32,
}

impl Channel {
    /// Converts once, and returns the driver's number for it: `rt_adc_read`.
    ///
    /// # Errors
    ///
    /// What the driver reports; [`Error::WouldWait`](crate::Error::WouldWait) in an interrupt and in a timer's call.
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
