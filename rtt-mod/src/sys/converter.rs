//! Devices with channels: converters in both directions, and pulse-width modulation.

use core::ffi::c_char;

use super::{
    bindings::{self, rttm_adc, rttm_dac, rttm_pwm},
    handle::Handle,
    length,
    result::check,
};
use crate::Result;

/// An analog input.
pub type Adc = Converter<rttm_adc>;

/// An analog output.
pub type Dac = Converter<rttm_dac>;

/// A PWM device.
pub type Pwm = Converter<rttm_pwm>;

/// A device with channels.
#[derive(Debug)]
pub struct Converter<T>(Handle<T>);

/// What the ABI has for each kind.
pub trait Kind: Sized {
    const OPEN: unsafe extern "C" fn(*const c_char, u32, *mut *mut Self) -> i32;
    const ENABLE: unsafe extern "C" fn(*mut Self, u32) -> i32;
}

impl Kind for rttm_adc {
    const OPEN: unsafe extern "C" fn(*const c_char, u32, *mut *mut Self) -> i32 = bindings::rttm_adc_open;
    const ENABLE: unsafe extern "C" fn(*mut Self, u32) -> i32 = bindings::rttm_adc_enable;
}

impl Kind for rttm_dac {
    const OPEN: unsafe extern "C" fn(*const c_char, u32, *mut *mut Self) -> i32 = bindings::rttm_dac_open;
    const ENABLE: unsafe extern "C" fn(*mut Self, u32) -> i32 = bindings::rttm_dac_enable;
}

impl Kind for rttm_pwm {
    const OPEN: unsafe extern "C" fn(*const c_char, u32, *mut *mut Self) -> i32 = bindings::rttm_pwm_open;
    const ENABLE: unsafe extern "C" fn(*mut Self, u32) -> i32 = bindings::rttm_pwm_enable;
}

impl<T: Kind> Converter<T> {
    pub fn open(name: &str) -> Result<Self> {
        let (name, length) = length::text(name)?;
        // SAFETY: the text has that many bytes; on success the function gives a new handle.
        unsafe { Handle::made(|place| T::OPEN(name, length, place)) }.map(Converter)
    }

    pub fn enable(&self, channel: u32) -> Result<()> {
        // SAFETY: the handle is open.
        check(unsafe { T::ENABLE(self.0.as_ptr(), channel) }).map(drop)
    }
}

impl Adc {
    pub fn read(&self, channel: u32) -> Result<u32> {
        let mut value = 0;
        // SAFETY: the handle is open, and there is a place for the value.
        check(unsafe { bindings::rttm_adc_read(self.0.as_ptr(), channel, &mut value) }).map(|_| value)
    }
}

impl Dac {
    pub fn write(&self, channel: u32, value: u32) -> Result<()> {
        // SAFETY: the handle is open.
        check(unsafe { bindings::rttm_dac_write(self.0.as_ptr(), channel, value) }).map(drop)
    }
}

impl Pwm {
    pub fn set(&self, channel: u32, period_nanoseconds: u32, pulse_nanoseconds: u32) -> Result<()> {
        // SAFETY: the handle is open.
        check(unsafe { bindings::rttm_pwm_set(self.0.as_ptr(), channel, period_nanoseconds, pulse_nanoseconds) })
            .map(drop)
    }

    pub fn disable(&self, channel: u32) -> Result<()> {
        // SAFETY: the handle is open.
        check(unsafe { bindings::rttm_pwm_disable(self.0.as_ptr(), channel) }).map(drop)
    }
}
