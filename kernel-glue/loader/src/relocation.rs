//! Relocations: the words of the image that depend on where it is, or on the kernel.

use crate::{Address, SectionKind, TableFault};

/// An entry of a relocation table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Relocation<A> {
    /// The address of the word to change, before relocation.
    pub place: u32,
    /// Its type, a number of the machine's ABI.
    pub kind: u32,
    /// The index of its symbol; 0 for none.
    pub symbol: u32,
    /// What is added.
    pub addend: A,
}

/// Where relocations have their addends: that is a machine's own, and a loader knows one way only.
pub trait Addend: Copy {
    /// The sections that hold such relocations.
    const SECTIONS: SectionKind;

    /// The sections that hold the others, and what is wrong with them.
    const STRANGERS: (SectionKind, TableFault);

    /// The addend of a relocation that finds `word` at its place.
    fn of(self, word: Address) -> Address;
}

/// The addend is the word at the place before relocation (`REL`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InPlace;

/// The relocation has the addend, and what is at its place does not matter (`RELA`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Explicit(pub Address);

impl Addend for InPlace {
    const SECTIONS: SectionKind = SectionKind::Rel;
    const STRANGERS: (SectionKind, TableFault) = (SectionKind::Rela, TableFault::WithAddends);

    fn of(self, word: Address) -> Address {
        word
    }
}

impl Addend for Explicit {
    const SECTIONS: SectionKind = SectionKind::Rela;
    const STRANGERS: (SectionKind, TableFault) = (SectionKind::Rel, TableFault::WithoutAddends);

    fn of(self, _: Address) -> Address {
        self.0
    }
}
