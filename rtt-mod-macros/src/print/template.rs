//! Templates of the module ABI: text with placeholders of one or five bytes. `rtt_mod.h` has the format.

use super::format_string::{Align, Spec};

const PLAIN: u8 = 0xFE;
const SPEC: u8 = 0xFF;
const NO_PRECISION: u8 = 0xFF;
const PLUS: u8 = 0x04;
const ALTERNATE: u8 = 0x08;
const ZERO: u8 = 0x10;

/// How the values of a placeholder become arguments. The names are those of the markers in `rtt_mod::__private`.
#[derive(Clone, Copy, Debug)]
pub enum Presentation {
    /// `{}`
    Display,
    /// `{:.3}`
    Truncated,
    /// `{:?}`
    Debug,
    /// `{:x}`, `{:X}`, `{:o}`, `{:b}`
    Radix,
    /// A format that the kernel does not support for any type.
    CoreFmt,
}

#[derive(Default)]
pub struct Template {
    pub bytes: Vec<u8>,
    /// One for each placeholder.
    pub presentations: Vec<Presentation>,
}

impl Template {
    pub fn text(&mut self, text: &str) {
        self.bytes.extend_from_slice(text.as_bytes());
    }

    /// A placeholder for an argument that is formatted already.
    pub fn argument(&mut self) {
        self.bytes.push(PLAIN);
        self.presentations.push(Presentation::CoreFmt);
    }

    pub fn placeholder(&mut self, spec: &Spec) {
        let Some((presentation, bytes)) = of_the_kernel(spec) else {
            return self.argument();
        };
        self.presentations.push(presentation);
        match bytes {
            [0, b' ', 0, NO_PRECISION] => self.bytes.push(PLAIN),
            bytes => {
                self.bytes.push(SPEC);
                self.bytes.extend_from_slice(&bytes);
            }
        }
    }
}

/// The specification in the ABI's four bytes: flags, fill, width, precision.
fn of_the_kernel(spec: &Spec) -> Option<(Presentation, [u8; 4])> {
    let (presentation, radix) = match spec.type_.as_str() {
        "" if spec.precision.is_some() => (Presentation::Truncated, 0x00),
        "" => (Presentation::Display, 0x00),
        "?" if spec.precision.is_none() => (Presentation::Debug, 0x00),
        "x" => (Presentation::Radix, 0x20),
        "X" => (Presentation::Radix, 0x40),
        "o" => (Presentation::Radix, 0x60),
        "b" => (Presentation::Radix, 0x80),
        _ => return None,
    };
    let align = match spec.align {
        None => 0,
        Some(Align::Left) => 1,
        Some(Align::Center) => 2,
        Some(Align::Right) => 3,
    };
    let flag = |set: bool, bit: u8| if set { bit } else { 0 };
    let flags = align | flag(spec.plus, PLUS) | flag(spec.alternate, ALTERNATE) | flag(spec.zero, ZERO) | radix;
    let fill = u8::try_from(spec.fill.unwrap_or(' ')).ok().filter(u8::is_ascii)?;
    let width = u8::try_from(spec.width.unwrap_or(0)).ok()?;
    let precision = match spec.precision {
        None => NO_PRECISION,
        Some(precision) => u8::try_from(precision).ok().filter(|&precision| precision < NO_PRECISION)?,
    };
    Some((presentation, [flags, fill, width, precision]))
}
