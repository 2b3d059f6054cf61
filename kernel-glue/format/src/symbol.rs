//! Symbols: what a module gives and what it needs.

use crate::elf::{
    SHN_ABS, SHN_COMMON, SHN_UNDEF, STB_GLOBAL, STB_LOCAL, STB_WEAK, STT_FUNC, STT_GNU_IFUNC, STT_NOTYPE, STT_OBJECT,
    STT_TLS,
};

/// The symbol of a module of `mkmod` that has the addresses of the functions to be called before all others: they are a
/// variable, whose size is told.
pub const CONSTRUCTORS: &str = "rttm_constructors";

/// The symbol that has the addresses of the functions to be called last, the first one at the end.
pub const DESTRUCTORS: &str = "rttm_destructors";

/// An entry of the symbol table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Symbol {
    /// Where its name is in the table of names.
    pub name: u32,
    /// Its address before relocation; of a Thumb function with bit 0 set.
    pub value: u32,
    /// Its size in bytes, 0 if unknown.
    pub size: u32,
    /// Who sees it.
    pub binding: Binding,
    /// What it is.
    pub kind: SymbolKind,
    /// Where it is.
    pub place: SymbolPlace,
}

/// Who sees a symbol.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Binding(pub u8);

impl Binding {
    /// Only the module.
    pub const LOCAL: Self = Self(STB_LOCAL);
    /// Everyone.
    pub const GLOBAL: Self = Self(STB_GLOBAL);
    /// Everyone. An import of this kind may be missing: its address is 0 then.
    pub const WEAK: Self = Self(STB_WEAK);
}

/// What a symbol is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SymbolKind(pub u8);

impl SymbolKind {
    /// Unknown, as all imports of `mkmod` are.
    pub const UNKNOWN: Self = Self(STT_NOTYPE);
    /// Data.
    pub const DATA: Self = Self(STT_OBJECT);
    /// A function.
    pub const FUNCTION: Self = Self(STT_FUNC);
    /// A thread-local variable.
    pub const THREAD_LOCAL: Self = Self(STT_TLS);
    /// A function that returns the function (`IFUNC`).
    pub const INDIRECT: Self = Self(STT_GNU_IFUNC);
}

/// Where a symbol is: the index of a section that is a part of the image, or one of the constants.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SymbolPlace(pub u16);

impl SymbolPlace {
    /// Nowhere in the file: it is an import.
    pub const UNDEFINED: Self = Self(SHN_UNDEF);
    /// At an address that does not move with the image.
    pub const ABSOLUTE: Self = Self(SHN_ABS);
    /// Nowhere yet: a linker was to place it.
    pub const COMMON: Self = Self(SHN_COMMON);

    /// Whether it is in the image.
    pub fn is_image(self) -> bool {
        !matches!(self, Self::UNDEFINED | Self::ABSOLUTE | Self::COMMON)
    }
}

impl Symbol {
    /// From the numbers of a symbol table: `info` is binding and kind, `section` the section that it is in.
    pub(crate) fn new(name: u32, value: u32, size: u32, info: u8, section: u16) -> Self {
        Self {
            name,
            value,
            size,
            binding: Binding(info >> 4),
            kind: SymbolKind(info & 15),
            place: SymbolPlace(section),
        }
    }

    /// Whether the kernel and `dlsym` see it: a global function of the module.
    pub fn is_export(&self) -> bool {
        self.kind == SymbolKind::FUNCTION && self.binding == Binding::GLOBAL
    }

    /// Whether the kernel has to have it.
    pub fn is_import(&self) -> bool {
        self.place == SymbolPlace::UNDEFINED && self.binding != Binding::LOCAL
    }

    /// Whether it is in the image.
    pub fn is_defined(&self) -> bool {
        self.place.is_image()
    }

    /// `st_info`.
    pub(crate) fn info(&self) -> u8 {
        self.binding.0 << 4 | self.kind.0
    }
}
