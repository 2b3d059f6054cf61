//! The checksum of a file: CRC-32 as IEEE 802.3, zlib and PNG have it.

use crate::Source;

/// The CRC-32 of the whole file, with the four bytes at `hole`, where the checksum itself is kept, taken as zero.
///
/// # Errors
/// When the file can't be read.
pub fn crc32<S: Source>(source: &S, hole: u32) -> Result<u32, S::Error> {
    let mut crc = u32::MAX;
    let mut offset = 0;
    while offset < source.length() {
        let mut piece = [0; 64];
        let room = usize::try_from(source.length().wrapping_sub(offset)).unwrap_or(piece.len());
        let bytes = piece.get_mut(..room.min(64)).unwrap_or_default();
        source.read(offset, bytes)?;
        for byte in bytes {
            let is_in_hole = offset.checked_sub(hole).is_some_and(|distance| distance < 4);
            crc = step(crc, if is_in_hole { 0 } else { *byte });
            offset = offset.saturating_add(1);
        }
    }
    Ok(!crc)
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
    use super::crc32;

    #[test]
    fn agrees_with_the_check_value_of_the_standard() {
        assert_eq!(crc32(&&b"123456789"[..], u32::MAX), Ok(0xcbf4_3926));
    }

    #[test]
    fn takes_the_hole_as_zero() {
        let (with, without) = (b"ab\x01\x02\x03\x04yz", b"ab\0\0\0\0yz");
        assert_eq!(crc32(&&with[..], 2), crc32(&&without[..], 2));
    }
}
