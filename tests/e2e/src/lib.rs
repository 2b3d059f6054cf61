//! What the end-to-end tests stand on: application crates built by mkmod, on a real kernel in QEMU.
//!
//! A [`Fixture`] builds everything for a board and boots machines, and a [`Session`] types commands there and looks at what
//! they print. The tests themselves are in `groups`, one file for each group.

pub mod c_module;
pub mod cost;
mod fixture;
pub mod fuzz;
pub mod lookup;
mod session;

pub use fixture::{Fixture, card_with};
pub use session::{Confirmed, Printed, Session};
