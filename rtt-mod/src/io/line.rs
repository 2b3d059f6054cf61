//! A line editor for the console: it echoes the keys, and some of them edit the line.
#![forbid(unsafe_code)]

use alloc::vec::Vec;

use crate::{Error, Result, sys::console};

/// Codes of keys, as terminals send them.
mod key {
    pub const CTRL_C: u8 = 0x03;
    pub const CTRL_D: u8 = 0x04;
    pub const BACKSPACE: u8 = 0x08;
    pub const TAB: u8 = b'\t';
    pub const CTRL_U: u8 = 0x15;
    pub const ESCAPE: u8 = 0x1b;
    pub const DELETE: u8 = 0x7f;
}

/// How a line ended.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// Enter was typed.
    Line,
    /// Ctrl-D was typed in an empty line.
    Input,
}

/// Reads a line into `line`, without its end.
///
/// `after_return` tells whether the last key was a carriage return. A line feed after it is ignored.
pub fn read(line: &mut Vec<u8>, after_return: &mut bool) -> Result<End> {
    loop {
        let key = console::read_byte()?;
        let belongs_to_return = *after_return && key == b'\n';
        *after_return = key == b'\r';
        match key {
            b'\n' if belongs_to_return => {}
            b'\r' | b'\n' => {
                console::write(b"\n")?;
                return Ok(End::Line);
            }
            key::CTRL_D if line.is_empty() => return Ok(End::Input),
            key::CTRL_C => {
                console::write(b"^C\n")?;
                return Err(Error::Interrupted);
            }
            key::BACKSPACE | key::DELETE => erase(line)?,
            key::CTRL_U => {
                while !line.is_empty() {
                    erase(line)?;
                }
            }
            key::ESCAPE => skip_sequence()?,
            key if key >= b' ' || key == key::TAB => append(line, key)?,
            _ => {}
        }
    }
}

fn append(line: &mut Vec<u8>, byte: u8) -> Result<()> {
    line.try_reserve(1).map_err(|_| Error::OutOfMemory)?;
    line.push(byte);
    console::write(&[byte]).map(drop)
}

/// Removes the last character, which takes one column on the terminal.
fn erase(line: &mut Vec<u8>) -> Result<()> {
    while let Some(byte) = line.pop() {
        if !is_continuation(byte) {
            return console::write(b"\x08 \x08").map(drop);
        }
    }
    Ok(())
}

/// Whether `byte` continues a character in UTF-8.
fn is_continuation(byte: u8) -> bool {
    byte & 0xc0 == 0x80
}

/// Skips the escape sequence of an arrow key or a similar key: `ESC [`, parameters, and a letter or `~`.
fn skip_sequence() -> Result<()> {
    if console::read_byte()? == b'[' {
        while !(b'@'..=b'~').contains(&console::read_byte()?) {}
    }
    Ok(())
}
