//! The checksum of a file: CRC-32 as in IEEE 802.3, zlib and PNG.

/// A CRC-32 that is computed piece by piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Crc32(u32);

impl Default for Crc32 {
    fn default() -> Self {
        Self(u32::MAX)
    }
}

impl Crc32 {
    /// Adds the next bytes.
    pub fn add(&mut self, bytes: &[u8]) {
        self.0 = bytes.iter().fold(self.0, |crc, &byte| step(crc, byte));
    }

    /// The checksum of all bytes that were added.
    pub fn value(self) -> u32 {
        !self.0
    }
}

/// The CRC-32 of `bytes`.
pub fn crc32(bytes: &[u8]) -> u32 {
    let mut crc = Crc32::default();
    crc.add(bytes);
    crc.value()
}

/// Half a byte at a time: a table of 64 bytes instead of 1,024.
fn step(crc: u32, byte: u8) -> u32 {
    let crc = crc ^ u32::from(byte);
    nibble(nibble(crc))
}

fn nibble(crc: u32) -> u32 {
    let entry = usize::try_from(crc & 15).unwrap_or_default();
    (crc >> 4) ^ NIBBLES.get(entry).copied().unwrap_or_default()
}

const NIBBLES: [u32; 16] = [
    0x0000_0000,
    0x1db7_1064,
    0x3b6e_20c8,
    0x26d9_30ac,
    0x76dc_4190,
    0x6b6b_51f4,
    0x4db2_6158,
    0x5005_713c,
    0xedb8_8320,
    0xf00f_9344,
    0xd6d6_a3e8,
    0xcb61_b38c,
    0x9b64_c2b0,
    0x86d3_d2d4,
    0xa00a_e278,
    0xbdbd_f21c,
];

#[cfg(test)]
mod tests {
    use super::{Crc32, crc32};

    #[test]
    fn agrees_with_the_check_value_of_the_standard() {
        assert_eq!(crc32(b"123456789"), 0xcbf4_3926);
    }

    #[test]
    fn pieces_make_the_same_as_the_whole() {
        let mut crc = Crc32::default();
        for piece in [&b"1234"[..], b"", b"56789"] {
            crc.add(piece);
        }
        assert_eq!(crc.value(), crc32(b"123456789"));
    }
}
