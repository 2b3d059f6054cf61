//! Pulse-width modulation with the traits of `embedded-hal`: RT-Thread's `rt_pwm`.
//!
//! ```no_run
//! use core::time::Duration;
//!
//! use embedded_hal::pwm::SetDutyCycle;
//! use rtt_mod::pwm::Channel;
//!
//! let mut fan = Channel::open("pwm1", 2, Duration::from_micros(40))?;
//! fan.set_duty_cycle_percent(30)?;
//! # Ok::<(), rtt_mod::Error>(())
//! ```
#![forbid(unsafe_code)]

use core::time::Duration;

use embedded_hal::pwm::{ErrorType, SetDutyCycle};

use crate::{Error, Result, sys};

/// A PWM output. It implements [`SetDutyCycle`] of `embedded-hal`, with 65,535 steps.
///
/// Setting the duty cycle switches the output on. It is switched off when this is dropped or the module ends.
#[derive(Debug)]
pub struct Channel {
    pwm: sys::converter::Pwm,
    number: u32,
    period_nanoseconds: u32,
    is_on: bool,
}

impl Channel {
    /// Opens the channel `number`, 0 to 31, of the device `name`. `period` is the time from pulse to pulse, up to 4.29
    /// seconds.
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`] if there is no PWM device of this name; [`Error::InvalidInput`] if the period is zero or too
    /// long; [`Error::OutOfMemory`] if the kernel has no memory for the handle.
    ///
    /// ```no_run
    /// use core::time::Duration;
    ///
    /// let servo = rtt_mod::pwm::Channel::open("pwm1", 0, Duration::from_millis(20))?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn open(name: &str, number: u32, period: Duration) -> Result<Self> {
        let period_nanoseconds = nanoseconds(period).ok_or(Error::InvalidInput)?;
        Ok(Channel { pwm: sys::converter::Pwm::open(name)?, number, period_nanoseconds, is_on: false })
    }

    /// Sets the width of the pulses, from zero to the period: `rt_pwm_set`.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidInput`] if the pulse is longer than the period; what the driver reports.
    ///
    /// ```no_run
    /// use core::time::Duration;
    ///
    /// # let mut servo = rtt_mod::pwm::Channel::open("pwm1", 0, Duration::from_millis(20))?;
    /// servo.set_pulse(Duration::from_micros(1_500))?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn set_pulse(&mut self, pulse: Duration) -> Result<()> {
        let zero = pulse.is_zero().then_some(0);
        self.set(zero.or(nanoseconds(pulse)).ok_or(Error::InvalidInput)?)
    }

    /// Switches the output off, until the pulse width or duty cycle is set again: `rt_pwm_disable`.
    ///
    /// # Errors
    ///
    /// What the driver reports.
    ///
    /// ```no_run
    /// # let mut fan = rtt_mod::pwm::Channel::open("pwm1", 2, core::time::Duration::from_micros(40))?;
    /// fan.disable()?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn disable(&mut self) -> Result<()> {
        self.is_on = false;
        self.pwm.disable(self.number)
    }

    fn set(&mut self, pulse_nanoseconds: u32) -> Result<()> {
        self.pwm.set(self.number, self.period_nanoseconds, pulse_nanoseconds)?;
        if !self.is_on {
            self.pwm.enable(self.number)?;
            self.is_on = true;
        }
        Ok(())
    }
}

impl ErrorType for Channel {
    type Error = Error;
}

impl SetDutyCycle for Channel {
    fn max_duty_cycle(&self) -> u16 {
        u16::MAX
    }

    fn set_duty_cycle(&mut self, duty: u16) -> Result<()> {
        self.set(share(self.period_nanoseconds, duty))
    }
}

/// The nanoseconds of `duration`, from 1 to `u32::MAX`.
fn nanoseconds(duration: Duration) -> Option<u32> {
    let seconds = u32::try_from(duration.as_secs()).ok()?.checked_mul(1_000_000_000)?;
    seconds.checked_add(duration.subsec_nanos()).filter(|nanoseconds| *nanoseconds > 0)
}

/// `duty` / 65,535 of `period`, rounded down. It avoids a 64-bit division, which would link a library function.
fn share(period: u32, duty: u16) -> u32 {
    let (steps, duty) = (u32::from(u16::MAX), u32::from(duty));
    period / steps * duty + period % steps * duty / steps
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_that_of_exact_numbers() {
        for period in [1, 20_000, 65_534, 65_535, 65_536, 20_000_000, u32::MAX] {
            for duty in [0, 1, 13_107, 32_768, u16::MAX - 1, u16::MAX] {
                let exact = u64::from(period) * u64::from(duty) / 65_535;
                assert_eq!(u64::from(share(period, duty)), exact, "{duty} of {period}");
            }
        }
    }

    #[test]
    fn a_period_has_32_bits_of_nanoseconds() {
        assert_eq!(nanoseconds(Duration::ZERO), None);
        assert_eq!(nanoseconds(Duration::from_millis(20)), Some(20_000_000));
        assert_eq!(nanoseconds(Duration::from_nanos(u32::MAX.into())), Some(u32::MAX));
        assert_eq!(nanoseconds(Duration::from_nanos(1 << 32)), None);
        assert_eq!(nanoseconds(Duration::MAX), None);
    }
}
