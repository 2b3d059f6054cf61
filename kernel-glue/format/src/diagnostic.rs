//! What can be wrong with a module: one type for what the loader, `mkmod link`, `mkmod pack` and `mkmod check` find.
//!
//! A [`Diagnostic`] has a subject and a code. The texts of all codes, and what helps against each, are in this file alone.

use crate::{Detail, Name, ReadError, Span, header, note};
use core::fmt;

/// Something that is wrong: what, and with which part of the module.
///
/// Its `Display` is one line without the help: the subject, then the code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic<S = Subject> {
    /// The part of the module that is wrong. The loader names it by number, `mkmod` by name.
    pub subject: S,
    /// What is wrong with it.
    pub code: Code,
}

/// A part of a module, as far as its file tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// The file as a whole.
    File,
    /// The image: what is in memory.
    Image,
    /// The segment with this index.
    Segment(u32),
    /// The section with this index.
    Section(u32),
    /// The entry of the dynamic section with this tag.
    Dynamic(u32),
    /// The function pointer of `main`.
    Entry(u32),
    /// A symbol.
    Symbol {
        /// Its index in the symbol table.
        index: u32,
        /// Its name, if it has one.
        name: Option<Name>,
    },
    /// A relocation.
    Relocation {
        /// The address before relocation of what it changes.
        place: u32,
        /// Its type, a number of the machine's ABI.
        kind: u32,
        /// The name of its symbol, if it has one.
        symbol: Detail<Option<Name>>,
    },
}

/// The subject of what is wrong with a file as a whole: [`Subject::File`], where there is no other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WholeFile;

/// What is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Code {
    /// The file can't be read.
    Unreadable(ReadError),
    /// The file is no module for this machine at all.
    NoModule(header::Error),
    /// The note is damaged.
    Note(note::Error),
    /// The file uses the module ABI, and has no note.
    NoNote,
    /// The file is not the one that its note was written for.
    Checksum {
        /// The checksum of the file.
        found: Detail<u32>,
        /// The checksum in its note.
        told: Detail<u32>,
    },
    /// The file was written to while it was loaded.
    Changed,
    /// The file has neither the tables of a module of `mkmod` nor those of any other shared object.
    NoTables,
    /// A part of the file is not where the loader reads it next.
    OutOfOrder,
    /// A section is of another type than `mkmod` writes at its place.
    SectionKind,
    /// A table is not in the file.
    OutsideFile,
    /// There is nothing to load.
    NoImage,
    /// The image is larger than any kernel has room for.
    TooLarge {
        /// Its size in bytes.
        size: Detail<u32>,
        /// The largest size in bytes.
        most: Detail<u32>,
    },
    /// The memory that was given for the image has the wrong size, or lies at a wrong address.
    Memory {
        /// The size of the image in bytes.
        size: Detail<u32>,
        /// What its address must be a multiple of.
        alignment: Detail<u32>,
    },
    /// A file of `length` bytes does not have all of these bytes.
    PastTheEnd {
        /// Where they would be.
        bytes: Detail<Span>,
        /// Where the file ends.
        length: Detail<u32>,
    },
    /// A segment has more bytes in the file than in memory.
    Shrinks,
    /// A segment ends past the address space.
    Wraps,
    /// The first segment begins at an address that the alignment of code and variables does not allow.
    Start {
        /// Where it begins.
        address: Detail<u32>,
        /// What that must be a multiple of.
        alignment: Detail<u32>,
    },
    /// A segment begins before the end of the segment in front of it.
    Order,
    /// An alignment is no power of two.
    Alignment(Detail<u32>),
    /// An alignment is larger than [`ALIGNMENT_MAX`].
    AlignmentTooLarge(Detail<u64>),
    /// Thread-local storage, which modules can't have.
    ThreadLocal,
    /// A table is no whole number of records.
    PartialRecord,
    /// A section refers to a section that is not what it needs.
    Link(Detail<u32>),
    /// A name is not in the file.
    NoName,
    /// The last name in a table does not end.
    Unterminated,
    /// Relocations carry their addends, on a machine that has them at their places.
    WithAddends,
    /// Relocations do not carry their addends, on a machine where they do.
    WithoutAddends,
    /// Functions are to be called before or after `main`, which the module's form has no place for.
    Constructors,
    /// A function is chosen at load time (`IFUNC`).
    Indirect,
    /// A symbol was not placed by a linker.
    Common,
    /// An address is not in the image.
    OutsideImage(Detail<u32>),
    /// A function pointer does not point to code of the image, in the instruction set of the kernel.
    NotCode(Detail<u32>),
    /// The kernel does not export the symbol.
    Missing,
    /// No loader of RT-Thread applies relocations of this type correctly.
    Unsupported,
    /// Our loader applies relocations of this type, but modules of `mkmod` have none.
    NotInModules,
    /// A relocation of an unsupported type: it would copy data of the kernel into the module.
    UnsupportedCopy,
    /// A relocation of an unsupported type: the function would be chosen at load time.
    UnsupportedIndirect,
    /// A relocation of an unsupported type: it is for a thread-local variable.
    UnsupportedThreadLocal,
    /// What a relocation changes is not in the image.
    PlaceOutsideImage,
    /// What a relocation changes is not aligned to a word.
    PlaceUnaligned,
    /// Another relocation changes the same word.
    PlaceTwice,
    /// What a relocation changes can't be an address.
    NotAnAddress,
    /// No relocation uses an import, in a module of `mkmod`.
    Unused,
    /// The symbol of a relocation is not in the symbol table.
    NoSuchSymbol,
    /// A relocation needs a symbol and has none.
    NeedsSymbol,
    /// A relocation has a symbol and must not have one.
    HasSymbol,
    /// The symbol of a relocation is neither in the image nor an import.
    SymbolNowhere,
    /// The symbol of a relocation is the module's own, but not in the image.
    SymbolOutsideImage,
    /// Code has addresses in its instructions, which no loader can change.
    NotPositionIndependent(Origin),
    /// Code needs the distance to a symbol that is in the kernel.
    DistanceToKernel(Origin),
    /// A section that the linker has no place for.
    Unplaced,
    /// Something is to be exported that is not defined.
    MissingExport,
    /// There is neither a `main` nor an `init` nor an export.
    NothingToRun,
}

/// Where code comes from: that decides how it is compiled in another way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// An object that rustc has made.
    RustObject,
    /// A Rust library that was compiled before.
    RustLibrary,
    /// Another compiler.
    Other,
}

/// The strictest alignment that a module can ask for, in bytes.
pub const ALIGNMENT_MAX: u32 = 4096;

impl<S> Diagnostic<S> {
    /// Tells that something is wrong with `subject`.
    pub fn new(subject: S, code: Code) -> Self {
        Self { subject, code }
    }

    /// The same about a subject that is named in another way.
    pub fn about<T>(&self, subject: T) -> Diagnostic<T> {
        Diagnostic { subject, code: self.code }
    }

    /// What helps against it.
    pub fn help(&self) -> &'static str {
        self.code.help()
    }
}

impl Code {
    /// What helps against it, in one clause.
    pub fn help(&self) -> &'static str {
        match self {
            Self::Unreadable(ReadError::PastTheEnd) | Self::PastTheEnd { .. } => "the file was cut: copy it again",
            Self::Unreadable(ReadError::Device) => "read the card on another machine, or copy the file again",
            Self::NoModule(_) => "build it with mkmod for this kernel",
            Self::Note(note::Error::Old) => "build it again with this mkmod",
            Self::NoNote => "build it again; the note goes when a module is stripped or edited",
            Self::Changed => "load it again when it has been written",
            Self::TooLarge { .. } => "make its variables or its heap smaller",
            Self::Memory { .. } => "free memory, or make its variables or its heap smaller",
            Self::AlignmentTooLarge(_) => {
                "lower the `align` of what is in it, or link with -z max-page-size=4: modules have 4096 at most"
            }
            Self::ThreadLocal => "use a static in place of thread-local variables",
            Self::Constructors => "call these functions from `main`",
            Self::WithAddends => "link with relocations of the form REL (-z rel)",
            Self::WithoutAddends => "link with relocations of the form RELA (-z rela)",
            Self::Indirect => "make it an ordinary function",
            Self::NotCode(_) => "compile for the kernel's core; an entry is named with `-e main`",
            Self::Missing => "add RTM_EXPORT of it to the firmware, in the C file that defines it",
            Self::Unsupported => "the code is not position-independent: link with mkmod-ld, compile C with -fPIC",
            Self::UnsupportedCopy => {
                "it copies data of the kernel into the module; use it through a pointer, compiled with -fPIC"
            }
            Self::UnsupportedIndirect => "the function is chosen at load time (IFUNC); make it an ordinary function",
            Self::UnsupportedThreadLocal => "thread-local variables can't be had; use a static",
            Self::NotInModules => "compile with -fPIC",
            Self::NotPositionIndependent(origin) | Self::DistanceToKernel(origin) => origin.help(),
            Self::Unplaced => "name it `.text.…`, `.rodata.…`, `.data.…` or `.bss.…`",
            Self::MissingExport => "define it, or remove `#[rtt_mod::export]`",
            Self::NothingToRun => {
                "mark its entry with `#[rtt_mod::main]` or `#[rtt_mod::init]`, or a function with `#[rtt_mod::export]`"
            }
            _ => "the file is damaged: build it again, or copy it again",
        }
    }
}

impl Origin {
    fn help(self) -> &'static str {
        match self {
            Self::RustLibrary => "set `lto = \"fat\"` in the profile",
            Self::RustObject => "build it with `-C relocation-model=pic`",
            Self::Other => "compile it with -fPIC",
        }
    }
}

impl<S: fmt::Display> fmt::Display for Diagnostic<S> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} {}", self.subject, self.code)
    }
}

impl<S: fmt::Debug + fmt::Display> core::error::Error for Diagnostic<S> {}

impl fmt::Display for WholeFile {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        Subject::File.fmt(out)
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File => out.write_str("the file"),
            Self::Image => out.write_str("the image"),
            Self::Segment(index) => write!(out, "segment {index}"),
            Self::Section(index) => write!(out, "section {index}"),
            Self::Dynamic(tag) => write!(out, "entry {tag} of the dynamic section"),
            Self::Entry(_) => out.write_str("the entry"),
            Self::Symbol { name: Some(name), .. } => write!(out, "`{name}`"),
            Self::Symbol { index, name: None } => write!(out, "symbol {index}"),
            Self::Relocation { place, kind, symbol } => {
                write!(out, "the relocation of type {kind} at {place:#x}")?;
                symbol.get().map_or(Ok(()), |symbol| write!(out, " for `{symbol}`"))
            }
        }
    }
}

impl fmt::Display for Code {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable(error) => error.fmt(out),
            Self::NoModule(error) => write!(out, "is no module: {error}"),
            Self::Note(note::Error::Old) => out.write_str("is of an earlier version of the file format"),
            Self::Note(error) => write!(out, "has a damaged note: {error}"),
            Self::Checksum { found, told } => {
                write!(
                    out,
                    "has the checksum {:#010x}, but its note says {:#010x}: it was damaged or changed",
                    found.get(),
                    told.get()
                )
            }
            Self::TooLarge { size, most } => {
                write!(out, "has {} bytes, and no kernel has room for more than {}", size.get(), most.get())
            }
            Self::Memory { size, alignment } => {
                write!(out, "needs {} bytes at a multiple of {}", size.get(), alignment.get())
            }
            Self::PastTheEnd { bytes, length } => {
                write!(out, "ends at {}, but the file at {}", bytes.get().end(), length.get())
            }
            Self::Start { address, alignment } => {
                write!(out, "begins at {:#x}, which is no multiple of {}", address.get(), alignment.get())
            }
            Self::Alignment(alignment) => write!(out, "has the alignment {}, no power of two", alignment.get()),
            Self::AlignmentTooLarge(alignment) => {
                write!(out, "is aligned to {} bytes, which is too much", alignment.get())
            }
            Self::Link(section) => write!(out, "refers to section {}, which is not what it needs", section.get()),
            Self::OutsideImage(address) => write!(out, "is at {:#x}, outside of the image", address.get()),
            Self::NotCode(function) => {
                write!(out, "is a function at {:#x}, where there is no code of the kernel's processor", function.get())
            }
            plain => out.write_str(plain.text()),
        }
    }
}

impl Code {
    /// The text of a code without figures.
    fn text(&self) -> &'static str {
        match self {
            Self::NoNote => "uses the module ABI, but has no note",
            Self::Changed => "was changed while it was loaded",
            Self::NoTables => "has neither the sections of a module of mkmod nor a dynamic section",
            Self::OutOfOrder => "is not in the order in which a loader reads",
            Self::SectionKind => "is of a type that no module of mkmod has there",
            Self::OutsideFile => "points to what is not in the file",
            Self::NoImage => "has nothing to load",
            Self::Shrinks => "has more bytes in the file than in memory",
            Self::Wraps => "ends past the address space",
            Self::Order => "begins before the end of the segment in front of it",
            Self::ThreadLocal => "is thread-local, which modules can't have",
            Self::PartialRecord => "ends in the middle of a record",
            Self::NoName => "has a name that is not in the file",
            Self::Unterminated => "holds a name that does not end",
            Self::WithAddends => "holds relocations with addends, which the loader does not apply",
            Self::WithoutAddends => "holds relocations without addends, which the loader does not apply",
            Self::Constructors => "lists functions to be called before or after `main`, which nobody calls",
            Self::Indirect => "is chosen at load time (IFUNC), which the loader can't do",
            Self::Common => "was not placed by a linker",
            Self::Missing => "is not exported by the kernel",
            Self::Unsupported | Self::UnsupportedCopy | Self::UnsupportedIndirect | Self::UnsupportedThreadLocal => {
                "is of a type that no loader of RT-Thread applies correctly"
            }
            Self::NotInModules => "is of a type that modules of mkmod do not have",
            Self::PlaceOutsideImage => "changes what is not in the image",
            Self::PlaceTwice => "changes a word that another relocation changes too",
            Self::NotAnAddress => "changes a word that can't be an address",
            Self::Unused => "is imported, but nothing uses it",
            Self::PlaceUnaligned => "changes a word that is not aligned",
            Self::NoSuchSymbol => "has a symbol that is not in the symbol table",
            Self::NeedsSymbol => "needs a symbol and has none",
            Self::HasSymbol => "has a symbol and must not have one",
            Self::SymbolNowhere => "has a symbol that is neither in the image nor the kernel's",
            Self::SymbolOutsideImage => "has a symbol of the module's that is not in the image",
            Self::NotPositionIndependent(_) => "has addresses in its instructions, which the loader can't change",
            Self::DistanceToKernel(_) => "needs the distance to a symbol that is in the kernel",
            Self::Unplaced => "has no place in a module",
            Self::MissingExport => "is to be exported, and nothing of that name is defined",
            Self::NothingToRun => "has no `main` and exports nothing",
            _ => "is damaged",
        }
    }
}
