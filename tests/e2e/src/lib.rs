//! The library of the end-to-end tests, which run application crates on a real kernel in QEMU.
//!
//! A [`Fixture`] builds everything for a board and boots machines. A [`Session`] types commands at a machine's prompt and checks
//! what they print. The tests themselves are in `groups`, one file for each group.

pub mod c_module;
pub mod cost;
mod fixture;
pub mod fuzz;
pub mod latency;
pub mod load_cost;
pub mod lookup;
pub mod pairs;
mod session;
pub mod soak;
mod words;
mod ymodem;

pub use fixture::{Fixture, card_with};
pub use session::{Confirmed, Printed, Session};
