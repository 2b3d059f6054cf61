//! Reads, verifies, places and relocates an RT-Thread module (`NAME.mo`).
//!
//! One code, two users: the loader of the firmware, and `mkmod check`, which makes a dry run of the load on the host. What
//! is in a file is the business of the crate `format`.
//!
//! 1. **It never panics and never allocates.** Whatever the bytes are, the answer is a value. A load needs the memory for
//!    the image, and a few records on the stack.
//! 2. **It does not trust the structure of a file.** It finds the tables by the two forms that a module has ([`Tables`]), and
//!    refuses any other file. Each table, address and name is checked before it is used.
//! 3. **It reads a module of `mkmod` once,** in the order of the file, and checks what it has placed: the checksum is computed
//!    from the bytes in memory, and a file that changes during its load is refused.
//! 4. **It takes linear time,** whatever the file is.
//! 5. **It reports everything.** [`Module::verify`] and [`Verified::place`] report each [`Diagnostic`], not only the first.
//!
//! ```
//! use format::{CortexM, Name};
//! use loader::Module;
//!
//! fn load(file: &[u8], image: &mut [u8], base: u64) -> Option<u64> {
//!     let module = Module::<_, CortexM>::open(file, &mut |_diagnostic| ()).ok()?;
//!     let verified = module.verify(&mut |_diagnostic| ()).ok()?;
//!     let kernel = |name: &Name| (name.as_bytes() == b"rt_kprintf").then_some(0x100);
//!     verified.place(image, base, &kernel, &mut |_diagnostic| ()).ok()?;
//!     verified.entry(base)
//! }
//! assert_eq!(load(b"no module", &mut [], 0), None);
//! ```
#![no_std]
#![forbid(unsafe_code)]
#![deny(
    clippy::arithmetic_side_effects,
    clippy::as_conversions,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unreachable,
    clippy::unwrap_used
)]

mod checksum;
mod image;
mod imports;
mod module;
mod place;
mod places;
mod relocations;
mod report;
mod segments;
mod symbols;
mod tables;
mod verify;
mod window;
mod workspace;

pub use format::{Code, Diagnostic, Subject};
pub use module::Module;
pub use relocations::{EachSymbol, Left};
pub use report::Refused;
pub use tables::{EachRelocation, Tables};
pub use verify::Verified;
