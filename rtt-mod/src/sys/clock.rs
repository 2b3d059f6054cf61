//! The clock of the board.

use core::mem::MaybeUninit;

use super::{
    bindings::{self, rttm_clock_time},
    result::check,
};
use crate::Result;

/// Seconds since 1970, and nanoseconds of the second.
pub fn now() -> Result<(i64, u32)> {
    let mut time = MaybeUninit::<rttm_clock_time>::zeroed();
    // SAFETY: there is a place for the time.
    check(unsafe { bindings::rttm_clock_get(time.as_mut_ptr()) })?;
    // SAFETY: all fields are numbers, for which zeros are valid.
    let time = unsafe { time.assume_init() };
    Ok((time.seconds, time.nanoseconds))
}

pub fn set(seconds: i64) -> Result<()> {
    // SAFETY: the time lasts as long as the call.
    check(unsafe { bindings::rttm_clock_set(&rttm_clock_time { seconds, nanoseconds: 0, reserved: 0 }) }).map(drop)
}
