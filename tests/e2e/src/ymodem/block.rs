//! A block of YMODEM: its number, 128 bytes, and their checksum.

/// Bytes of data in a block.
pub const DATA: usize = 128;

const SOH: u8 = 0x01;
/// Fills the rest of the last block.
const FILLER: u8 = 0x1a;

/// A block.
pub struct Block {
    number: u8,
    data: [u8; DATA],
}

impl Block {
    /// The first block, with the name and the length of the file. `None`: the name is too long.
    pub fn head(name: &str, length: usize) -> Option<Self> {
        let text = format!("{name}\0{length}\0");
        let mut data = [0; DATA];
        data.get_mut(..text.len())?.copy_from_slice(text.as_bytes());
        Some(Self { number: 0, data })
    }

    /// The block with the data at `index`, counted from 0.
    pub fn data(index: usize, part: &[u8]) -> Self {
        let mut data = [FILLER; DATA];
        data[..part.len()].copy_from_slice(part);
        // The number wraps around.
        Self { number: (index + 1) as u8, data }
    }

    /// The last block, which ends the transfer.
    pub fn end() -> Self {
        Self { number: 0, data: [0; DATA] }
    }

    /// The bytes to send.
    pub fn bytes(&self) -> Vec<u8> {
        let mut bytes = vec![SOH, self.number, !self.number];
        bytes.extend(self.data);
        bytes.extend(crc16(&self.data).to_be_bytes());
        bytes
    }
}

/// CRC-16/XMODEM.
fn crc16(bytes: &[u8]) -> u16 {
    bytes.iter().fold(0, |crc, &byte| {
        (0..8).fold(crc ^ (u16::from(byte) << 8), |crc, _| (crc << 1) ^ if crc & 0x8000 != 0 { 0x1021 } else { 0 })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_checksum_is_that_of_xmodem() {
        assert_eq!(crc16(b"123456789"), 0x31c3);
    }

    #[test]
    fn numbers_wrap_around() {
        assert_eq!(Block::data(255, &[]).bytes()[1..3], [0, 255]);
    }

    #[test]
    fn a_name_must_fit_into_a_block() {
        assert!(Block::head(&"n".repeat(DATA - 3), 1).is_some());
        assert!(Block::head(&"n".repeat(DATA - 2), 1).is_none());
    }
}
