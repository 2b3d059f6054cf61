//! Asynchronous programs: running futures, and futures for time.
//!
//! A thread runs one future with [`block_on`]. `#[rtt_mod::main]` does that with an `async fn main`. A
//! [`LocalExecutor`] runs many futures in one thread. While all of them are pending, the thread waits for a kernel
//! semaphore, until a waker is used or the earliest [`sleep`] is over.
//!
//! Wakers can be used anywhere: in other threads, in interrupts, and in callbacks of timers and devices. Combinators
//! such as `join` and `select` come from crates like `embassy-futures` and `futures-lite`, which work unchanged.
//!
//! The feature `async` enables this module. With the feature `embassy-time` it is also the time driver of that crate,
//! so futures that wait for an `embassy_time::Timer` can run here.
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
pub use crate::sys::timer_queue::Sleep;
