//! Outputs with pulse-width modulation.

use super::{
    bindings::{self, rttm_pwm},
    handle::Handle,
    length,
    result::check,
};
use crate::Result;

/// A PWM device.
#[derive(Debug)]
pub struct Pwm(Handle<rttm_pwm>);

impl Pwm {
    pub fn open(name: &str) -> Result<Self> {
        let (name, length) = length::text(name)?;
        // SAFETY: the text has that many bytes; on success the function gives a new handle.
        unsafe { Handle::made(|place| bindings::rttm_pwm_open(name, length, place)) }.map(Pwm)
    }

    pub fn set(&self, channel: u32, period_nanoseconds: u32, pulse_nanoseconds: u32) -> Result<()> {
        // SAFETY: the handle is open.
        check(unsafe { bindings::rttm_pwm_set(self.0.as_ptr(), channel, period_nanoseconds, pulse_nanoseconds) })
            .map(drop)
    }

    pub fn enable(&self, channel: u32) -> Result<()> {
        // SAFETY: the handle is open.
        check(unsafe { bindings::rttm_pwm_enable(self.0.as_ptr(), channel) }).map(drop)
    }

    pub fn disable(&self, channel: u32) -> Result<()> {
        // SAFETY: the handle is open.
        check(unsafe { bindings::rttm_pwm_disable(self.0.as_ptr(), channel) }).map(drop)
    }
}
