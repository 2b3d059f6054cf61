//! Sections: where symbols, names, relocations and the note are in the file.

use crate::{
    Span,
    elf::{
        SHF_ALLOC, SHF_EXECINSTR, SHT_DYNSYM, SHT_FINI_ARRAY, SHT_INIT_ARRAY, SHT_NOBITS, SHT_NOTE, SHT_NULL,
        SHT_PREINIT_ARRAY, SHT_REL, SHT_RELA, SHT_STRTAB, SHT_SYMTAB,
    },
};

/// An entry of the section table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
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
    /// `sh_info`: of symbols, the index of the first that is not local.
    pub info: u32,
    /// The alignment that its address needs, 0 and 1 for none.
    pub alignment: u32,
    /// The size of a record in it, 0 if it holds none.
    pub record_size: u32,
}

/// What a section is: `sh_type`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SectionKind(pub u32);

impl SectionKind {
    /// Nothing.
    pub const NULL: Self = Self(SHT_NULL);
    /// Names, each NUL-terminated.
    pub const NAMES: Self = Self(SHT_STRTAB);
    /// Relocations whose addend is at their place.
    pub const REL: Self = Self(SHT_REL);
    /// Relocations that carry their addend.
    pub const RELA: Self = Self(SHT_RELA);
    /// The symbols that a debugger needs.
    pub const SYMBOLS: Self = Self(SHT_SYMTAB);
    /// The symbols that a loader needs.
    pub const DYNAMIC_SYMBOLS: Self = Self(SHT_DYNSYM);
    /// The note.
    pub const NOTE: Self = Self(SHT_NOTE);
    /// Memory that is zero and not in the file.
    pub const NO_BITS: Self = Self(SHT_NOBITS);
    /// Addresses of functions that are called before `main`.
    pub const CONSTRUCTORS: Self = Self(SHT_INIT_ARRAY);
    /// Addresses of functions that are called after `main`.
    pub const DESTRUCTORS: Self = Self(SHT_FINI_ARRAY);
    /// Addresses of functions that a program calls before its constructors. No loader of modules does.
    pub const EARLY_CONSTRUCTORS: Self = Self(SHT_PREINIT_ARRAY);
}

impl Section {
    /// Whether it is a part of the image (`SHF_ALLOC`).
    pub fn is_loaded(&self) -> bool {
        self.flags & SHF_ALLOC != 0
    }

    /// Whether there is code in it (`SHF_EXECINSTR`).
    pub fn is_executable(&self) -> bool {
        self.flags & SHF_EXECINSTR != 0
    }

    /// Its bytes in the file.
    pub fn bytes(&self) -> Span {
        match self.kind {
            SectionKind::NULL | SectionKind::NO_BITS => Span { start: 0, size: 0 },
            _ => Span { start: self.offset, size: self.size },
        }
    }
}
