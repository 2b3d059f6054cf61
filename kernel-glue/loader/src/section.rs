//! Sections: where symbols, names, relocations and the note are in the file.

use crate::Span;

/// An entry of the section table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Section {
    /// Where its name is in the section of names.
    pub name: u32,
    /// What it is.
    pub kind: SectionKind,
    /// `sh_flags`.
    pub flags: u32,
    /// Its address before relocation, if it is loaded.
    pub address: u32,
    /// Where it is in the file.
    pub offset: u32,
    /// Its size.
    pub size: u32,
    /// The section that it refers to: relocations to their symbols, symbols to their names.
    pub link: u32,
    /// The alignment that its address needs, 0 and 1 for none.
    pub alignment: u32,
}

/// What a section is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SectionKind {
    /// Nothing.
    Null,
    /// Names, each NUL-terminated.
    Names,
    /// Relocations whose addend is at their place.
    Rel,
    /// Relocations that carry their addend.
    Rela,
    /// The symbols that a debugger needs.
    Symbols,
    /// The symbols that a loader needs.
    DynamicSymbols,
    /// The note.
    Note,
    /// Memory that is zero and not in the file.
    NoBits,
    /// Functions to be called before `main`, which no loader of RT-Thread does.
    Constructors,
    /// Any other.
    Other(u32),
}

impl Section {
    /// Whether it is a part of the image (`SHF_ALLOC`).
    pub fn is_loaded(&self) -> bool {
        self.flags & 2 != 0
    }

    /// Its bytes in the file.
    pub fn bytes(&self) -> Span {
        match self.kind {
            SectionKind::Null | SectionKind::NoBits => Span { start: 0, size: 0 },
            _ => Span { start: self.offset, size: self.size },
        }
    }
}

impl From<u32> for SectionKind {
    fn from(kind: u32) -> Self {
        match kind {
            0 => Self::Null,
            2 => Self::Symbols,
            3 => Self::Names,
            4 => Self::Rela,
            7 => Self::Note,
            8 => Self::NoBits,
            9 => Self::Rel,
            11 => Self::DynamicSymbols,
            14 | 16 => Self::Constructors,
            other => Self::Other(other),
        }
    }
}
