//! Analog-to-digital converters.

use super::{
    bindings::{self, rttm_adc},
    handle::Handle,
    length,
    result::check,
};
use crate::Result;

/// A converter.
#[derive(Debug)]
pub struct Adc(Handle<rttm_adc>);

impl Adc {
    pub fn open(name: &str) -> Result<Self> {
        let (name, length) = length::text(name)?;
        // SAFETY: the text has that many bytes; on success the function gives a new handle.
        unsafe { Handle::made(|place| bindings::rttm_adc_open(name, length, place)) }.map(Adc)
    }

    pub fn enable(&self, channel: u32) -> Result<()> {
        // SAFETY: the handle is open.
        check(unsafe { bindings::rttm_adc_enable(self.0.as_ptr(), channel) }).map(drop)
    }

    pub fn read(&self, channel: u32) -> Result<u32> {
        let mut value = 0;
        // SAFETY: the handle is open, and there is a place for the value.
        check(unsafe { bindings::rttm_adc_read(self.0.as_ptr(), channel, &mut value) }).map(|_| value)
    }
}
