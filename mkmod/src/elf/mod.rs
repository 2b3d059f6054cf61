//! Reads foreign ELF files: kernels, programs with their symbols, objects and archives of objects.
//!
//! The parser is goblin. The `.mo` itself is read with `format`.
//!
//! [`ElfFile::parse`] checks where all tables and sections are, so that reading them can't fail later. Symbols and
//! relocations are read when someone asks for them, since a kernel has many.

mod archive;
mod attributes;
mod compressed;
mod error;
mod file;
pub mod flags;
mod named;
mod relocation;
mod section;
mod segment;
mod strings;
mod symbol;
#[cfg(test)]
mod tests;

pub use archive::Archive;
pub use attributes::{ARM_ATTRIBUTES, ArmAttributes};
pub use error::ElfError;
pub use file::ElfFile;
pub use named::{FileError, read_file};
pub use relocation::Relocation;
pub use section::Section;
pub use segment::Segment;
pub use symbol::{Symbol, SymbolKind};
