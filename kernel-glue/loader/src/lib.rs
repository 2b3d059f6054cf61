//! Reads, verifies, places and relocates an RT-Thread module (`NAME.mo`).
//!
//! One code, two users: the firmware's loader, and `mkmod check`, which rehearses the load on the host.
//!
//! 1. **It never panics and never allocates.** Whatever the bytes are, the answer is a value. All that a load needs is
//!    the image and a few records on the stack.
//! 2. **It reads pieces.** A [`Source`] hands out a few bytes at an offset; the file is never in memory as a whole.
//! 3. **It reports everything.** [`Module::verify`] and [`Verified::place`] tell every [`Problem`], not the first.
//! 4. **What it can't do right, it refuses.** An unknown relocation, a symbol outside of the image, a table that the file
//!    does not hold: none of them is skipped.
//!
//! ```
//! use loader::{CortexM, Module};
//!
//! fn load(file: &[u8], image: &mut [u8], base: u64) -> Option<u64> {
//!     let module = Module::<_, CortexM>::read(file).ok()?;
//!     let verified = module.verify(&mut |_problem| ()).ok()?;
//!     let kernel = |name: &loader::Name| (name.as_bytes() == b"rt_kprintf").then_some(0x100);
//!     verified.place(image, base, &kernel, &mut |_problem| ()).ok()?;
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

mod address;
mod class;
mod crc;
mod elf32;
mod elf64;
mod fields;
mod header;
mod isa;
mod missing;
mod module;
mod name;
pub mod note;
mod place;
mod problem;
mod relocation;
mod section;
mod segment;
mod source;
mod span;
mod symbol;
mod table;
mod verify;

pub use address::Address;
pub use class::Class;
pub use crc::crc32;
pub use elf32::Elf32;
pub use elf64::Elf64;
pub use header::{Error, Header};
pub use isa::{CortexA, CortexM, Isa, Operation, Riscv64};
pub use module::Module;
pub use name::Name;
pub use problem::{Problem, RelocationFault, SegmentFault, SymbolFault, TableFault};
pub use relocation::{Addend, Explicit, InPlace, Relocation};
pub use section::{Section, SectionKind};
pub use segment::Segment;
pub use source::{ReadError, Source};
pub use span::Span;
pub use symbol::{Binding, Home, Symbol, SymbolKind};
pub use table::Table;
pub use verify::{Refused, Verified};
