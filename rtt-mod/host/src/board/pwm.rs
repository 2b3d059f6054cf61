//! Outputs with pulses.

use std::{
    collections::BTreeMap,
    ffi::c_char,
    sync::{Arc, Mutex},
    time::Duration,
};

use super::open;
use crate::{
    bindings::{RTTM_OK, rttm_pwm},
    handle::Object,
    kernel::lock,
};

/// What is put out on a channel.
///
/// ```
/// use std::time::Duration;
///
/// let half = rtt_mod_host::Pulse { period: Duration::from_millis(2), width: Duration::from_millis(1) };
/// assert!(half.width < half.period);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pulse {
    /// The time from the beginning of a pulse to that of the next one.
    pub period: Duration,
    /// How long the output is high.
    pub width: Duration,
}

/// A generator of pulses: what is set for its channels, and who is told of changes.
pub struct Pwm(Mutex<State>);

struct State {
    channels: BTreeMap<u32, Channel>,
    changed: Box<dyn FnMut(u32, Option<Pulse>) + Send>,
}

#[derive(Clone, Copy, Default)]
struct Channel {
    pulse: Pulse,
    is_enabled: bool,
}

impl Pwm {
    /// The generator that a test has made.
    pub fn new(changed: impl FnMut(u32, Option<Pulse>) + Send + 'static) -> Self {
        Pwm(Mutex::new(State { channels: BTreeMap::new(), changed: Box::new(changed) }))
    }

    fn change(&self, channel: u32, change: impl FnOnce(&mut Channel)) -> i32 {
        let mut state = lock(&self.0);
        let settings = state.channels.entry(channel).or_default();
        let before = *settings;
        change(settings);
        let now = *settings;
        if before.is_enabled || now.is_enabled {
            (state.changed)(channel, now.is_enabled.then_some(now.pulse));
        }
        RTTM_OK as i32
    }
}

/// A handle. Its channels are switched off when it is closed.
struct Opened(Arc<Pwm>);

impl Drop for Opened {
    fn drop(&mut self) {
        let channels: Vec<u32> = lock(&self.0.0).channels.keys().copied().collect();
        for channel in channels {
            self.0.change(channel, |settings| settings.is_enabled = false);
        }
    }
}

/// See `rtt_mod.h`.
///
/// # Safety
///
/// As `rtt_mod.h` says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rttm_pwm_open(name: *const c_char, name_length: u32, pwm: *mut *mut rttm_pwm) -> i32 {
    // SAFETY: the caller's promise.
    unsafe { open(|board| &board.pwms, Opened, name, name_length, pwm) }
}

/// See `rtt_mod.h`.
///
/// # Safety
///
/// As `rtt_mod.h` says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rttm_pwm_set(
    pwm: *mut rttm_pwm,
    channel: u32,
    period_nanoseconds: u32,
    pulse_nanoseconds: u32,
) -> i32 {
    let nanoseconds = |number: u32| Duration::from_nanos(number.into());
    let pulse = Pulse { period: nanoseconds(period_nanoseconds), width: nanoseconds(pulse_nanoseconds) };
    // SAFETY: the handle is open.
    unsafe { Object::<Opened>::of(pwm) }.0.change(channel, |settings| settings.pulse = pulse)
}

/// See `rtt_mod.h`.
///
/// # Safety
///
/// As `rtt_mod.h` says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rttm_pwm_enable(pwm: *mut rttm_pwm, channel: u32) -> i32 {
    // SAFETY: the handle is open.
    unsafe { Object::<Opened>::of(pwm) }.0.change(channel, |settings| settings.is_enabled = true)
}

/// See `rtt_mod.h`.
///
/// # Safety
///
/// As `rtt_mod.h` says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rttm_pwm_disable(pwm: *mut rttm_pwm, channel: u32) -> i32 {
    // SAFETY: the handle is open.
    unsafe { Object::<Opened>::of(pwm) }.0.change(channel, |settings| settings.is_enabled = false)
}
