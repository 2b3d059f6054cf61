//! Durations, points in time, the time of day, and timers.
#![forbid(unsafe_code)]

mod instant;
mod system_time;
pub mod timer;

pub use core::time::Duration;
pub use instant::Instant;
pub use system_time::{SystemTime, SystemTimeError, UNIX_EPOCH};
