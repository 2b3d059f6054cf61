//! Analog inputs.

use super::{
    bindings::{self, rttm_adc},
    handle::Handle,
    result::check,
};
use crate::Result;

/// A converter.
#[derive(Debug)]
pub struct Adc(Handle<rttm_adc>);

impl Adc {
    pub fn open(name: &str) -> Result<Self> {
        // SAFETY: the text has that many bytes; on success the function gives a new handle.
        unsafe { Handle::made(|place| bindings::rttm_adc_open(name.as_ptr().cast(), name.len() as u32, place)) }
            .map(Adc)
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
