//! Requests as frames: RFC 1662, with a CRC-32.
//!
//! Escaped are, beside the two characters of the protocol:
//!
//! - the ends of lines, so that a shell that reads a frame (the board was reset) runs nothing;
//! - tab and escape, by which a shell completes the line or moves in it: in RT-Thread's, a tab after 80 characters is followed by
//!   writes outside of the line;
//! - the characters of flow control.

const FLAG: u8 = 0x7e;
const ESCAPE: u8 = 0x7d;
const ESCAPED: u8 = 0x20;
const CARRIAGE_RETURN: u8 = b'\r';
const LINE_FEED: u8 = b'\n';
const TAB: u8 = b'\t';
const ESCAPE_KEY: u8 = 0x1b;
const XON: u8 = 0x11;
const XOFF: u8 = 0x13;

/// A request, or a block of a file.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// What is asked for.
    pub kind: u8,
    /// Of the request; of a block: its offset in the file.
    pub number: u32,
    /// What the kind says.
    pub body: &'a [u8],
}

impl Request<'_> {
    /// The bytes to send.
    pub fn frame(&self) -> Vec<u8> {
        let mut payload = vec![self.kind];
        payload.extend(self.number.to_le_bytes());
        payload.extend(self.body);
        payload.extend(crc32fast::hash(&payload).to_le_bytes());
        let mut frame = vec![FLAG];
        for byte in payload {
            match byte {
                FLAG | ESCAPE | CARRIAGE_RETURN | LINE_FEED | TAB | ESCAPE_KEY | XON | XOFF => {
                    frame.extend([ESCAPE, byte ^ ESCAPED]);
                }
                byte => frame.push(byte),
            }
        }
        frame.push(FLAG);
        frame
    }
}

#[cfg(test)]
pub mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The kind, the number and the body of a whole frame without its flags.
    pub fn unframed(frame: &[u8]) -> Option<(u8, u32, Vec<u8>)> {
        let mut payload = vec![];
        let mut bytes = frame.iter();
        while let Some(&byte) = bytes.next() {
            payload.push(if byte == ESCAPE { bytes.next()? ^ ESCAPED } else { byte });
        }
        let (payload, crc) = payload.split_last_chunk()?;
        if crc32fast::hash(payload) != u32::from_le_bytes(*crc) {
            return None;
        }
        let (&kind, rest) = payload.split_first()?;
        let (number, body) = rest.split_first_chunk()?;
        Some((kind, u32::from_le_bytes(*number), body.to_vec()))
    }

    proptest! {
        #[test]
        fn a_frame_means_nothing_to_a_shell_and_has_the_request(kind: u8, number: u32, body: Vec<u8>) {
            let frame = Request { kind, number, body: &body }.frame();
            let inside = frame.strip_prefix(&[FLAG]).and_then(|rest| rest.strip_suffix(&[FLAG])).unwrap();
            prop_assert!(!inside.iter().any(|byte| [FLAG, b'\r', b'\n', b'\t', 0x1b, XON, XOFF].contains(byte)));
            prop_assert_eq!(unframed(inside), Some((kind, number, body)));
        }
    }
}
