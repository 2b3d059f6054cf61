//! Digital-to-analog converters.

use super::{
    bindings::{self, rttm_dac},
    handle::Handle,
    length,
    result::check,
};
use crate::Result;

/// A converter.
#[derive(Debug)]
pub struct Dac(Handle<rttm_dac>);

impl Dac {
    pub fn open(name: &str) -> Result<Self> {
        let (name, length) = length::text(name)?;
        // SAFETY: the text has that many bytes; on success the function gives a new handle.
        unsafe { Handle::made(|place| bindings::rttm_dac_open(name, length, place)) }.map(Dac)
    }

    pub fn enable(&self, channel: u32) -> Result<()> {
        // SAFETY: the handle is open.
        check(unsafe { bindings::rttm_dac_enable(self.0.as_ptr(), channel) }).map(drop)
    }

    pub fn write(&self, channel: u32, value: u32) -> Result<()> {
        // SAFETY: the handle is open.
        check(unsafe { bindings::rttm_dac_write(self.0.as_ptr(), channel, value) }).map(drop)
    }
}
