//! Asynchronous programs: futures, and what they wait for.
//!
//! A thread runs one future with [`block_on`], which `#[rtt_mod::main]` does with an `async fn main`; many futures run in
//! one thread by a [`LocalExecutor`]. While they are all pending the thread waits for a semaphore of the kernel's, until a
//! waker is used or until the nearest time that one of them [sleeps](sleep) for.
//!
//! Wakers are used from wherever: other threads, interrupts, the calls of timers and devices. What combines futures,
//! as `join` and `select` do, comes from crates such as `embassy-futures` and `futures-lite`: they work unchanged.
//!
//! This module is there with the feature `async`. With the feature `embassy-time` it is the clock of that crate too, so
//! that what waits for an `embassy_time::Timer` runs here.
//!
//! ```no_run
//! use core::time::Duration;
//!
//! use rtt_mod::{println, task};
//!
//! #[rtt_mod::main]
//! async fn main() {
//!     task::sleep(Duration::from_millis(100)).await;
//!     println!("a tenth of a second later");
//! }
//! ```
#![forbid(unsafe_code)]

mod block_on;
#[cfg(feature = "embassy-time")]
mod embassy;
mod executor;
mod interval;
mod time_limit;
mod yield_now;

pub use block_on::block_on;
pub use executor::{JoinHandle, LocalExecutor};
pub use interval::{Interval, interval};
pub use time_limit::{sleep, timeout};
pub use yield_now::yield_now;

#[doc(inline)]
pub use crate::sys::alarm::Sleep;
