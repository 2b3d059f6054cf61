//! Durations, points in time, and timers.
#![forbid(unsafe_code)]

mod instant;
pub mod timer;

pub use core::time::Duration;
pub use instant::Instant;
