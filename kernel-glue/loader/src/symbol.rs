//! Symbols: what a module gives and what it wants.

/// An entry of the symbol table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Symbol {
    /// Where its name is in the section of names.
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
    pub home: Home,
}

/// Who sees a symbol.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Binding {
    /// Only the module.
    Local,
    /// Everyone.
    Global,
    /// Everyone; if it is an import, the module claims to do without it, which RT-Thread's loader does not honour.
    Weak,
    /// Something else.
    Other,
}

/// What a symbol is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SymbolKind {
    /// Unknown, as all of our imports are.
    Unknown,
    /// Data.
    Data,
    /// A function.
    Function,
    /// A thread-local variable.
    ThreadLocal,
    /// A function that returns the function (`IFUNC`).
    Indirect,
    /// Something else.
    Other,
}

/// Where a symbol is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Home {
    /// In the kernel: an import.
    Kernel,
    /// In the image.
    Image,
    /// At an address that does not move with the image.
    Absolute,
    /// Nowhere yet: a linker was to place it.
    Common,
}

impl Symbol {
    /// From the numbers of a symbol table: `info` is binding and kind, `section` the section that it is in.
    pub(crate) fn new(name: u32, value: u32, size: u32, info: u8, section: u16) -> Self {
        let (binding, kind) = (Binding::from(info >> 4), SymbolKind::from(info & 15));
        Self { name, value, size, binding, kind, home: Home::from(section) }
    }

    /// Whether the kernel and `dlsym` see it: a global function of the module.
    pub fn is_export(&self) -> bool {
        self.kind == SymbolKind::Function && self.binding == Binding::Global
    }

    /// Whether the kernel has to have it.
    pub fn is_import(&self) -> bool {
        self.home == Home::Kernel && self.binding != Binding::Local
    }
}

impl From<u8> for Binding {
    fn from(binding: u8) -> Self {
        match binding {
            0 => Self::Local,
            1 => Self::Global,
            2 => Self::Weak,
            _ => Self::Other,
        }
    }
}

impl From<u8> for SymbolKind {
    fn from(kind: u8) -> Self {
        match kind {
            0 => Self::Unknown,
            1 => Self::Data,
            2 => Self::Function,
            6 => Self::ThreadLocal,
            10 => Self::Indirect,
            _ => Self::Other,
        }
    }
}

impl From<u16> for Home {
    fn from(section: u16) -> Self {
        match section {
            0 => Self::Kernel,
            0xfff1 => Self::Absolute,
            0xfff2 => Self::Common,
            _ => Self::Image,
        }
    }
}
