//! Time: how long, since when, and what is called then.
#![forbid(unsafe_code)]

mod instant;
pub mod timer;

pub use core::time::Duration;
pub use instant::Instant;
