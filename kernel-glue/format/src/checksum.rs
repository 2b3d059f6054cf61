//! The checksum of a file, by the step that XXH32 has for single words: four instructions for each.

/// The constants of XXH32.
const PRIME_2: u32 = 0x85eb_ca77;
const PRIME_3: u32 = 0xc2b2_ae3d;
const PRIME_4: u32 = 0x27d4_eb2f;
const PRIME_5: u32 = 0x1656_67b1;

/// How many words are added in one pass of the loop.
const UNROLLED: usize = 8;

/// The checksum of bytes that are added piece by piece. A change of one word always changes it.
///
/// ```
/// let mut pieces = format::Checksum::default();
/// pieces.add(b"one ");
/// pieces.add(b"by one  ");
/// assert_eq!(pieces.value(), format::Checksum::of(b"one by one  ").value());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Checksum(u32);

impl Default for Checksum {
    fn default() -> Self {
        Self(PRIME_5)
    }
}

impl Checksum {
    /// The checksum of these bytes.
    pub fn of(bytes: &[u8]) -> Self {
        let mut checksum = Self::default();
        checksum.add(bytes);
        checksum
    }

    /// Adds the next bytes, whole words of four. What is behind the last whole word is left out.
    #[inline(never)] // for the sake of the size
    pub fn add(&mut self, bytes: &[u8]) {
        let (words, _) = bytes.as_chunks::<4>();
        let (blocks, rest) = words.as_chunks::<UNROLLED>();
        let mut sum = self.0;
        for [a, b, c, d, e, f, g, h] in blocks {
            sum = step(step(step(step(sum, a), b), c), d);
            sum = step(step(step(step(sum, e), f), g), h);
        }
        self.0 = rest.iter().fold(sum, step);
    }

    /// Adds the checksum of a part.
    pub fn add_part(&mut self, part: Self) {
        self.add(&part.0.to_le_bytes());
    }

    /// The checksum of all bytes that were added.
    pub fn value(self) -> u32 {
        let sum = (self.0 ^ (self.0 >> 15)).wrapping_mul(PRIME_2);
        (sum ^ (sum >> 13)).wrapping_mul(PRIME_3)
    }
}

#[inline(always)]
fn step(sum: u32, word: &[u8; 4]) -> u32 {
    sum.wrapping_add(u32::from_le_bytes(*word).wrapping_mul(PRIME_3)).rotate_left(17).wrapping_mul(PRIME_4)
}

#[cfg(test)]
mod tests {
    extern crate std;
    use super::Checksum;
    use std::{collections::HashSet, vec, vec::Vec};

    #[test]
    fn pieces_make_the_same_as_the_whole() {
        let bytes: Vec<u8> = (0..=255).collect();
        let mut sum = Checksum::default();
        for piece in [&bytes[..4], b"", &bytes[4..36], &bytes[36..]] {
            sum.add(piece);
        }
        assert_eq!(sum, Checksum::of(&bytes));
    }

    #[test]
    fn every_bit_and_every_order_counts() {
        let bytes = vec![0x5a; 64];
        let mut sums = HashSet::from([Checksum::of(&bytes).value()]);
        for bit in 0..64 * 8 {
            let mut other = bytes.clone();
            other[bit / 8] ^= 1 << (bit % 8);
            assert!(sums.insert(Checksum::of(&other).value()), "bit {bit}");
        }
        let (mut swapped, mut before) = (bytes.clone(), bytes);
        before[0] = 1;
        swapped[4] = 1;
        assert_ne!(Checksum::of(&before), Checksum::of(&swapped));
    }

    #[test]
    fn the_step_is_that_of_xxh32() {
        // XXH32 of four bytes is seed + PRIME_5 + length, one step, then three multiplications less one.
        let sum = 0x1656_67b1_u32.wrapping_add(0x6463_6261_u32.wrapping_mul(0xc2b2_ae3d));
        assert_eq!(Checksum::of(b"abcd").0, sum.rotate_left(17).wrapping_mul(0x27d4_eb2f));
    }
}
