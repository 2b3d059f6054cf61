//! What a `.mo` has in it, as types that the rest of the linker works on.

use crate::machine::Machine;
use format::Binding;
use std::ops::Range;

/// A module, ready to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Module {
    /// What it is made for.
    pub machine: Machine,
    /// `e_flags` of the ELF header.
    pub elf_flags: u32,
    /// What is loaded.
    pub image: Image,
    /// Where `main` is, in the image, with the bit that tells Thumb code.
    pub entry: u64,
    /// What others can look up in it, in the order of the symbol table.
    pub exports: Vec<Export>,
    /// What the kernel must have, in the order of the symbol table.
    pub imports: Vec<Import>,
    /// What the loader has to change in the image.
    pub relocations: Vec<Relocation>,
}

/// Text, constants and variables of a module, at address 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Image {
    /// What is in the file; zeros at the end are not.
    pub bytes: Vec<u8>,
    /// Zeros in the midst of the bytes that are not in the file either, where another linker left room between its
    /// segments: in the order of addresses, each between two bytes that are, at multiples of the alignment at its end.
    pub gaps: Vec<Range<usize>>,
    /// Where its code ends: what lies behind is constants and variables.
    pub code_end: u64,
    /// Its size in memory.
    pub size: u64,
    /// The strictest alignment in it.
    pub alignment: u64,
}

impl Image {
    /// The word at an address. What is not in the file is zero.
    pub fn word(&self, address: u32) -> u32 {
        u32::from_le_bytes(self.bytes_at(address.into()))
    }

    /// The word of 64 bits at an address.
    pub fn double_word(&self, address: u64) -> u64 {
        u64::from_le_bytes(self.bytes_at(address))
    }

    /// Makes the word at an address zero.
    pub fn clear_word(&mut self, address: u64, machine: Machine) {
        let bytes = self.bytes.get_mut(address as usize..).unwrap_or_default();
        bytes.iter_mut().take(machine.word() as usize).for_each(|byte| *byte = 0);
    }

    fn bytes_at<const N: usize>(&self, address: u64) -> [u8; N] {
        let rest = self.bytes.get(address as usize..).unwrap_or_default();
        let mut bytes = [0; N];
        bytes.iter_mut().zip(rest).for_each(|(to, from)| *to = *from);
        bytes
    }
}

/// What the kernel must have.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Import {
    /// The name.
    pub name: String,
    /// Whether it may be missing: [`Binding::WEAK`].
    pub binding: Binding,
}

impl Import {
    /// An import that must be there.
    pub fn global(name: &str) -> Self {
        Self { name: name.to_owned(), binding: Binding::GLOBAL }
    }
}

/// What others can look up by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Export {
    /// What it is.
    pub kind: ExportKind,
    /// The name.
    pub name: String,
    /// The address in the image, with the bit that tells Thumb code.
    pub address: u64,
    /// The size of its code in bytes.
    pub size: u64,
}

/// What others can look up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExportKind {
    /// A function. Each costs the kernel heap.
    Function,
    /// A variable: what dlmodule and our loader know by name.
    Data,
}

/// A change to one word of the image.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Relocation {
    /// What is done.
    pub kind: RelocationKind,
    /// The address of the word.
    pub place: u64,
}

/// What is done to a word. Imports are named by their place in [`Module::imports`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RelocationKind {
    /// The address of the image is added.
    Relative,
    /// The address of an import is added.
    Absolute(usize),
    /// The word becomes the address of an import.
    GlobalData(usize),
    /// The same, in a procedure linkage table.
    JumpSlot(usize),
}

impl RelocationKind {
    /// The import, if there is one.
    pub fn import(self) -> Option<usize> {
        match self {
            Self::Relative => None,
            Self::Absolute(import) | Self::GlobalData(import) | Self::JumpSlot(import) => Some(import),
        }
    }
}
