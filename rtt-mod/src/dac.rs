//! Analog outputs: RT-Thread's `rt_dac`.
#![forbid(unsafe_code)]

use crate::{Result, sys};

/// A digital-to-analog converter with up to 32 channels, 0 to 31.
///
/// ```no_run
/// use rtt_mod::dac::Dac;
///
/// let mut lamp = Dac::open("dac1")?.channel(0)?;
/// lamp.write(2048)?;
/// # Ok::<(), rtt_mod::Error>(())
/// ```
#[derive(Debug)]
pub struct Dac(sys::converter::Dac);

impl Dac {
    /// Opens the converter `name`.
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`](crate::Error::NotFound) if there is no DAC of this name;
    /// [`Error::OutOfMemory`](crate::Error::OutOfMemory) if the kernel has no memory for the handle.
    ///
    /// ```no_run
    /// let dac = rtt_mod::dac::Dac::open("dac1")?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn open(name: &str) -> Result<Self> {
        sys::converter::Dac::open(name).map(Dac)
    }

    /// Enables a channel until the result is dropped: `rt_dac_enable`. For a second channel, open the converter a second
    /// time.
    ///
    /// # Errors
    ///
    /// What the driver reports, usually [`Error::InvalidInput`](crate::Error::InvalidInput) if there is no such channel.
    ///
    /// ```no_run
    /// let channel = rtt_mod::dac::Dac::open("dac1")?.channel(0)?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn channel(self, number: u32) -> Result<Channel> {
        self.0.enable(number)?;
        Ok(Channel { dac: self.0, number })
    }
}

/// An enabled channel.
#[derive(Debug)]
pub struct Channel {
    dac: sys::converter::Dac,
    number: u32,
}

impl Channel {
    /// Puts out a value, in the unit of the driver: `rt_dac_write`.
    ///
    /// # Errors
    ///
    /// What the driver reports; [`Error::WouldWait`](crate::Error::WouldWait) in an interrupt or a timer's callback.
    ///
    /// ```no_run
    /// # let mut channel = rtt_mod::dac::Dac::open("dac1")?.channel(0)?;
    /// channel.write(4095)?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn write(&mut self, value: u32) -> Result<()> {
        self.dac.write(self.number, value)
    }
}

#[cfg(test)]
mod tests {
    extern crate std;

    use std::sync::{Arc, Mutex};

    use super::*;
    use crate::Error;

    #[test]
    fn a_channel_puts_out_what_is_written() {
        let out = Arc::new(Mutex::new(std::vec::Vec::new()));
        let theirs = Arc::clone(&out);
        let record = move |channel, value| theirs.lock().unwrap().push((channel, value));
        rtt_mod_host::device("dac1", rtt_mod_host::Device::dac(record));
        Dac::open("dac1").unwrap().channel(2).unwrap().write(7).unwrap();
        assert_eq!(*out.lock().unwrap(), [(2, 7)]);
        assert_eq!(Dac::open("none").err(), Some(Error::NotFound));
    }
}
