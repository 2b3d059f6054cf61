//! Relocations: the words of the image that depend on where it is, or on the kernel.

use crate::{Address, SectionKind};

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

/// Where relocations have their addends. Each machine has one way.
pub trait Addend: Copy {
    /// The sections that hold such relocations.
    const SECTIONS: SectionKind;

    /// The sections that hold relocations of the other way, which no loader of such a machine applies.
    const OTHER_SECTIONS: SectionKind;

    /// The addend of a relocation that finds `word` at its place.
    fn of(self, word: Address) -> Address;

    /// Whether a relocation with this addend can have `word` at its place.
    fn agrees_with(self, word: Address) -> bool;

    /// The addend of a relocation that is to add `word`, which its place holds too.
    fn from_word(word: Address) -> Self;
}

/// The addend is the word at the place before relocation (`REL`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InPlace;

/// The relocation has the addend, and what is at its place does not matter (`RELA`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Explicit(pub Address);

impl Addend for InPlace {
    const SECTIONS: SectionKind = SectionKind::REL;
    const OTHER_SECTIONS: SectionKind = SectionKind::RELA;

    fn of(self, word: Address) -> Address {
        word
    }

    fn agrees_with(self, _: Address) -> bool {
        true
    }

    fn from_word(_: Address) -> Self {
        Self
    }
}

impl Addend for Explicit {
    const SECTIONS: SectionKind = SectionKind::RELA;
    const OTHER_SECTIONS: SectionKind = SectionKind::REL;

    fn of(self, _: Address) -> Address {
        self.0
    }

    /// Linkers leave zero there, or the addend once more.
    fn agrees_with(self, word: Address) -> bool {
        word == 0 || word == self.0
    }

    fn from_word(word: Address) -> Self {
        Self(word)
    }
}
