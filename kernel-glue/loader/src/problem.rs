//! What can be wrong with a module, one by one.

use crate::{Name, ReadError, Span};
use core::fmt;

/// A reason why a module can't be loaded. Its `Display` names the thing and the cause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Problem {
    /// The file can't be read.
    Read(ReadError),
    /// A segment is wrong.
    Segment {
        /// Its index in the segment table.
        index: u32,
        /// What is wrong.
        fault: SegmentFault,
    },
    /// There is nothing to load.
    NoImage,
    /// `main` is no code of the image, or not of the kernel's instruction set.
    Entry(u32),
    /// A section is wrong.
    Section {
        /// Its index in the section table.
        index: u32,
        /// What is wrong.
        fault: TableFault,
    },
    /// A symbol is wrong.
    Symbol {
        /// Its index in the symbol table.
        index: u32,
        /// Its name, if it has one.
        name: Option<Name>,
        /// What is wrong.
        fault: SymbolFault,
    },
    /// A relocation is wrong.
    Relocation {
        /// The address before relocation of what it changes.
        place: u32,
        /// Its type, a number of the machine's ABI.
        kind: u32,
        /// The name of its symbol, if it has one.
        symbol: Option<Name>,
        /// What is wrong.
        fault: RelocationFault,
    },
    /// The kernel does not export what the module needs.
    Missing {
        /// The name that the module wants.
        name: Name,
        /// Whether the module claims to do without it. The loader has no way to let it.
        weak: bool,
    },
    /// The memory for the image has the wrong size or lies at a wrong address.
    Memory {
        /// How many bytes the image has.
        size: u32,
        /// What its address must be a multiple of.
        alignment: u32,
    },
}

/// What can be wrong with a segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SegmentFault {
    /// A file of `length` bytes has not all of its `bytes`.
    PastTheEnd {
        /// Where they would be.
        bytes: Span,
        /// Where the file ends.
        length: u32,
    },
    /// It has more bytes in the file than in memory.
    Shrinks,
    /// It ends past the address space.
    Wraps,
    /// It is the first, and begins at `address`, off what its contents and dlmodule's relocations are aligned to.
    Start {
        /// Where it begins.
        address: u32,
        /// What that must be a multiple of.
        alignment: u32,
    },
    /// It begins before the end of the one before.
    Order,
    /// Its alignment is no power of two.
    Alignment(u32),
    /// It is thread-local storage, which modules can't have.
    ThreadLocal,
}

/// What can be wrong with a section.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TableFault {
    /// A file of `length` bytes has not all of its `bytes`.
    PastTheEnd {
        /// Where they would be.
        bytes: Span,
        /// Where the file ends.
        length: u32,
    },
    /// It is no whole number of records.
    PartialRecord,
    /// It refers to a section that is not what it needs.
    Link(u32),
    /// Its name is not in the file.
    NoName,
    /// Its last name does not end.
    Unterminated,
    /// Its relocations carry their addends, which the loader passes over in silence.
    WithAddends,
    /// Its relocations do not carry their addends, which the loader passes over in silence.
    WithoutAddends,
    /// It lists functions to be called before `main`, which nobody calls.
    Constructors,
}

/// What can be wrong with a symbol.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SymbolFault {
    /// Its name is not in the file.
    NoName,
    /// It is thread-local, which modules can't have.
    ThreadLocal,
    /// It is chosen at load time (`IFUNC`), which the loader can't do.
    Indirect,
    /// No linker has placed it.
    Common,
    /// Its address is not in the image.
    OutsideImage(u32),
    /// It is a function, but there is no code at its address.
    NoCode(u32),
}

/// What can be wrong with a relocation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RelocationFault {
    /// The loader does not do this type.
    Unsupported,
    /// Its place is not in the image.
    OutsideImage,
    /// Its place is no multiple of the word.
    Unaligned,
    /// Its symbol is not in the symbol table.
    NoSuchSymbol,
    /// It needs a symbol and has none.
    NeedsSymbol,
    /// It has a symbol and must not.
    HasSymbol,
    /// Its symbol is neither in the image nor an import.
    Homeless,
    /// Its symbol is the module's own, but not in the image.
    SymbolOutsideImage,
}

impl fmt::Display for Problem {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Read(error) => error.fmt(out),
            Self::Segment { index, fault } => write!(out, "segment {index} {fault}"),
            Self::NoImage => out.write_str("the module has nothing to load"),
            Self::Entry(entry) => {
                write!(out, "the entry {entry:#x} is no code of the image in the kernel's instruction set")
            }
            Self::Section { index, fault } => write!(out, "section {index} {fault}"),
            Self::Symbol { index, name: None, fault } => write!(out, "symbol {index} {fault}"),
            Self::Symbol { name: Some(name), fault, .. } => write!(out, "`{name}` {fault}"),
            Self::Relocation { place, kind, symbol, fault } => {
                write!(out, "the relocation of type {kind} at {place:#x} ")?;
                if let Some(symbol) = symbol {
                    write!(out, "for `{symbol}` ")?;
                }
                fault.fmt(out)
            }
            Self::Missing { name, .. } => write!(out, "`{name}` is not exported by the kernel"),
            Self::Memory { size, alignment } => {
                write!(out, "the image needs {size} bytes at a multiple of {alignment}")
            }
        }
    }
}

impl fmt::Display for SegmentFault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::PastTheEnd { bytes, length } => {
                write!(out, "ends at {}, but the file at {length}", bytes.end())
            }
            Self::Shrinks => out.write_str("has more bytes in the file than in memory"),
            Self::Wraps => out.write_str("ends past the address space"),
            Self::Start { address, alignment } => {
                write!(out, "begins at {address:#x}, which is no multiple of {alignment}")
            }
            Self::Order => out.write_str("begins before the end of the segment in front of it"),
            Self::Alignment(alignment) => {
                write!(out, "has the alignment {alignment}, no power of two")
            }
            Self::ThreadLocal => out.write_str("is thread-local storage, which modules can't have"),
        }
    }
}

impl fmt::Display for TableFault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::PastTheEnd { bytes, length } => {
                write!(out, "ends at {}, but the file at {length}", bytes.end())
            }
            Self::PartialRecord => out.write_str("ends in the middle of a record"),
            Self::Link(section) => write!(out, "refers to section {section}, which is not what it needs"),
            Self::NoName => out.write_str("has a name that is not in the file"),
            Self::Unterminated => out.write_str("holds a name that does not end"),
            Self::WithAddends => out.write_str("holds relocations with addends, which the loader passes over"),
            Self::WithoutAddends => out.write_str("holds relocations without addends, which the loader passes over"),
            Self::Constructors => out.write_str("lists functions to be called before `main`, which nobody calls"),
        }
    }
}

impl fmt::Display for SymbolFault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoName => out.write_str("has a name that is not in the file"),
            Self::ThreadLocal => out.write_str("is thread-local, which modules can't have"),
            Self::Indirect => out.write_str("is chosen at load time (IFUNC), which the loader can't do"),
            Self::Common => out.write_str("was placed by no linker"),
            Self::OutsideImage(value) => write!(out, "is at {value:#x}, outside of the image"),
            Self::NoCode(value) => write!(out, "is a function at {value:#x}, where there is no code of the kernel's"),
        }
    }
}

impl fmt::Display for RelocationFault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Unsupported => "is one that no loader of RT-Thread does right",
            Self::OutsideImage => "changes what is not in the image",
            Self::Unaligned => "changes a word that is not aligned",
            Self::NoSuchSymbol => "has a symbol that is not in the symbol table",
            Self::NeedsSymbol => "needs a symbol and has none",
            Self::HasSymbol => "has a symbol and must not",
            Self::Homeless => "has a symbol that is neither in the image nor the kernel's",
            Self::SymbolOutsideImage => "has a symbol of the module's that is not in the image",
        })
    }
}

impl core::error::Error for Problem {}
