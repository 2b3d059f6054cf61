//! The file of an RT-Thread module (`NAME.mo`): a small ELF shared object with a note.
//!
//! One place for what is in such a file, for those who write it (`mkmod`) and those who read it (the loader of the
//! firmware, and `mkmod`).
//!
//! 1. **It does not panic and does not allocate.** Whatever the bytes are, the answer is a value.
//! 2. **It reads pieces.** A [`Source`] hands out a few bytes at an offset; the file need not be in memory.
//! 3. **Each record is read and written in one place,** [`Elf32`] and [`Elf64`], as a small type: [`Header`], [`Segment`],
//!    [`Section`], [`Symbol`], [`Relocation`], [`DynamicEntry`]. The [`Note`](note::Note) is the same.
//! 4. **It does not judge a module.** It says what is in a file; the crate `rtt-mod-loader` says whether that can be loaded.
//!    Both speak in the terms of a [`Diagnostic`].
//!
//! ```
//! use format::{CortexM, Header, class, Elf32, Segment};
//!
//! let header = Header { flags: 0x0500_0000, segment_count: 1, segments_offset: 52, ..Header::default() };
//! let segment = Segment { kind: format::elf::PT_LOAD, memory_size: 16, alignment: 4, ..Segment::default() };
//! let mut file = header.bytes::<CortexM>().to_vec();
//! file.extend(class::record::<Elf32, _>(&segment));
//! assert_eq!(Header::read::<CortexM>(&file.as_slice()), Ok(header));
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
#![cfg_attr(
    test,
    allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::as_conversions, reason = "tests may panic")
)]

mod address;
mod checksum;
pub mod class;
mod detail;
pub mod diagnostic;
mod dynamic;
pub mod elf;
mod elf32;
mod elf64;
pub mod fields;
pub mod header;
mod isa;
mod name;
pub mod note;
mod relocation;
mod section;
mod segment;
mod source;
mod span;
pub mod symbol;
mod table;
mod workspace;

pub use address::Address;
pub use checksum::Checksum;
pub use class::{Bytes, Class, Layout};
pub use detail::Detail;
pub use diagnostic::{Code, Diagnostic, Subject};
pub use dynamic::DynamicEntry;
pub use elf32::Elf32;
pub use elf64::Elf64;
pub use header::Header;
pub use isa::{CortexA, CortexM, Isa, Operation, Riscv32, Riscv64};
pub use name::Name;
pub use relocation::{Addend, Explicit, InPlace, Relocation};
pub use section::{Section, SectionKind};
pub use segment::Segment;
pub use source::{ReadError, Source};
pub use span::Span;
pub use symbol::{Binding, Symbol, SymbolKind, SymbolPlace};
pub use table::Table;
pub use workspace::Workspace;
