//! What a `.mo` has in it, as types that the rest of the linker works on.

/// A module, ready to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Module {
    /// `e_flags` of the ELF header.
    pub elf_flags: u32,
    /// What is loaded.
    pub image: Image,
    /// Where `main` is, in the image, with the bit that tells Thumb code.
    pub entry: u64,
    /// What others can look up in it, in the order of the symbol table.
    pub exports: Vec<Export>,
    /// What the kernel must have, in the order of the symbol table.
    pub imports: Vec<String>,
    /// What the loader has to change in the image.
    pub relocations: Vec<Relocation>,
}

/// Text, constants and variables of a module, at address 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Image {
    /// What is in the file; zeros at the end are not.
    pub bytes: Vec<u8>,
    /// Its size in memory.
    pub size: u64,
    /// The strictest alignment in it.
    pub alignment: u64,
}

/// A function that others can look up by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Export {
    /// The name.
    pub name: String,
    /// The address in the image, with the bit that tells Thumb code.
    pub address: u64,
    /// The size of its code in bytes.
    pub size: u64,
}

/// A change to one word of the image.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Relocation {
    /// What is done.
    pub kind: RelocationKind,
    /// The address of the word.
    pub place: u64,
}

/// What is done to a word. Imports are named by their place in [`Module::imports`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RelocationKind {
    /// The address of the image is added.
    Relative,
    /// The address of an import is added.
    Absolute(usize),
    /// The word becomes the address of an import.
    GlobalData(usize),
}

impl RelocationKind {
    /// The import, if there is one.
    pub fn import(self) -> Option<usize> {
        match self {
            Self::Relative => None,
            Self::Absolute(import) | Self::GlobalData(import) => Some(import),
        }
    }
}
