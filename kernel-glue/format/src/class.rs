//! What differs between ELF files of 32 and of 64 bits.

use crate::{
    Address, DynamicEntry, Header, Section, Segment, Symbol,
    fields::{Fields, FieldsMut},
};

/// A class of ELF files: how wide an address is in them, and how their records are laid out.
///
/// A module lies below 4 GiB, in its file as well as in the addresses before relocation. A larger number in a 64-bit file
/// is read as [`u32::MAX`], where no file and no image has anything: it is refused for that.
pub trait Class: Layout<Header> + Layout<Segment> + Layout<Section> + Layout<Symbol> + Layout<DynamicEntry> {
    /// `EI_CLASS` of its files.
    const NUMBER: u8;

    /// The size of an address in bytes, and of what a relocation changes.
    const WORD: u32;

    /// The bytes of a word.
    type Word: Bytes;

    /// Where the header holds `e_ehsize`; the sizes of the other records follow.
    const SIZES: usize;

    /// How far a number of this class is from zero, on the way past its ends if that is shorter.
    fn magnitude(number: Address) -> Address;

    /// Changes the word at the start of `bytes`.
    fn change(bytes: &mut [u8], value: impl FnOnce(Address) -> Address);

    /// The word at the start of `bytes`.
    fn word(bytes: &[u8]) -> Address;
}

/// How records of one kind are laid out in a file of this class.
pub trait Layout<T> {
    /// The bytes of a record.
    type Bytes: Bytes;

    /// Reads a record.
    fn parse(fields: Fields<'_>) -> T;

    /// Writes a record into bytes that are zero.
    fn write(record: &T, fields: &mut FieldsMut<'_>);
}

/// An array of bytes.
pub trait Bytes: AsRef<[u8]> + AsMut<[u8]> + Sized {
    /// How many there are.
    const COUNT: u16;

    /// All of them zero.
    const ZERO: Self;

    /// As many of these arrays as `bytes` begins with.
    fn all_in(bytes: &[u8]) -> &[Self];

    /// The same, to be changed.
    fn all_in_mut(bytes: &mut [u8]) -> &mut [Self];
}

impl<const N: usize> Bytes for [u8; N] {
    #[expect(clippy::as_conversions, reason = "no record is larger than 64 bytes")]
    const COUNT: u16 = N as u16;
    const ZERO: Self = [0; N];

    fn all_in(bytes: &[u8]) -> &[Self] {
        bytes.as_chunks().0
    }

    fn all_in_mut(bytes: &mut [u8]) -> &mut [Self] {
        bytes.as_chunks_mut().0
    }
}

/// The size in bytes of a record in a file of class `C`.
pub const fn size<C: Layout<T>, T>() -> u16 {
    <C as Layout<T>>::Bytes::COUNT
}

/// The bytes of a record in a file of class `C`.
pub fn record<C: Layout<T>, T>(record: &T) -> C::Bytes {
    let mut bytes = C::Bytes::ZERO;
    C::write(record, &mut FieldsMut(bytes.as_mut()));
    bytes
}
