//! What differs between ELF files of 32 and of 64 bits.

use crate::{Address, Header, Section, Segment, Symbol, fields::Fields};

/// A class of ELF files: how wide an address is in them, and how their records are laid out.
///
/// A module lies below 4 GiB, in its file as well as in the addresses before relocation. What a 64-bit file has beyond is
/// taken for [`u32::MAX`], where no file and no image has anything: it is refused for that.
pub trait Class: Layout<Header> + Layout<Segment> + Layout<Section> + Layout<Symbol> {
    /// What the header says it is.
    const NUMBER: u8;

    /// The size of an address, and of what a relocation changes.
    const WORD: u32;

    /// Where the header says how large it and the records of its two tables are.
    const SIZES: usize;

    /// Changes the word at the start of `bytes`.
    fn change(bytes: &mut [u8], value: impl FnOnce(Address) -> Address);
}

/// How records of one kind are laid out in a file of this class.
pub trait Layout<T> {
    /// As many bytes as a record has.
    type Bytes: Bytes;

    /// What is in them.
    fn parse(fields: Fields<'_>) -> T;
}

/// An array of bytes.
pub trait Bytes: AsMut<[u8]> {
    /// How many they are.
    const COUNT: u16;

    /// All of them zero.
    const ZERO: Self;
}

impl<const N: usize> Bytes for [u8; N] {
    #[expect(clippy::as_conversions, reason = "no record is larger than 64 bytes")]
    const COUNT: u16 = N as u16;
    const ZERO: Self = [0; N];
}

/// The size of a record in a file of class `C`.
pub(crate) const fn size<C: Layout<T>, T>() -> u16 {
    <C as Layout<T>>::Bytes::COUNT
}
