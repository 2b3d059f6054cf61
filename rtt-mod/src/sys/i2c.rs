//! I2C buses.

use core::ptr;

use embedded_hal::i2c::Operation;

use super::{
    bindings::{self, RTTM_I2C_NO_START, RTTM_I2C_READ, rttm_i2c, rttm_i2c_message},
    handle::Handle,
    length,
    result::check,
};
use crate::{Error, Result};

/// The largest number of operations in a transaction.
pub const OPERATIONS_MAX: usize = 16;

/// An I2C bus.
#[derive(Debug)]
pub struct Bus(Handle<rttm_i2c>);

impl Bus {
    pub fn open(name: &str) -> Result<Self> {
        let (name, length) = length::text(name)?;
        // SAFETY: the text has that many bytes; on success the function gives a new handle.
        unsafe { Handle::made(|place| bindings::rttm_i2c_open(name, length, place)) }.map(Bus)
    }

    pub fn transfer(&self, address: u32, operations: &mut [Operation<'_>]) -> Result<()> {
        let mut messages = [rttm_i2c_message { bytes: ptr::null_mut(), length: 0, flags: 0 }; OPERATIONS_MAX];
        let messages = messages.get_mut(..operations.len()).ok_or(Error::InvalidInput)?;
        fill(messages, operations)?;
        // SAFETY: the handle is open, and each message has the bytes of a buffer: the kernel writes to those of reads.
        check(unsafe {
            bindings::rttm_i2c_transfer(self.0.as_ptr(), address, messages.as_ptr(), messages.len() as u32)
        })
        .map(drop)
    }
}

/// Converts operations to messages. A message of the same direction as the one before continues it without a start.
fn fill(messages: &mut [rttm_i2c_message], operations: &mut [Operation<'_>]) -> Result<()> {
    let mut direction = None;
    for (message, operation) in messages.iter_mut().zip(operations) {
        let (bytes, bytes_length, read) = match operation {
            Operation::Read(buffer) => (buffer.as_mut_ptr(), buffer.len(), RTTM_I2C_READ),
            Operation::Write(bytes) => (bytes.as_ptr().cast_mut(), bytes.len(), 0),
        };
        let start = if direction == Some(read) { RTTM_I2C_NO_START } else { 0 };
        *message = rttm_i2c_message { bytes, length: length::whole(bytes_length)?, flags: read | start };
        direction = Some(read);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_start_is_only_where_the_direction_changes() {
        let (mut first, mut second) = ([0; 1], [0; 2]);
        let mut operations = [
            Operation::Write(&[1, 2, 3]),
            Operation::Write(&[4]),
            Operation::Read(&mut first),
            Operation::Read(&mut second),
            Operation::Write(&[]),
        ];
        let mut messages = [rttm_i2c_message { bytes: ptr::null_mut(), length: 0, flags: 0 }; 5];
        fill(&mut messages, &mut operations).unwrap();
        let shapes = messages.map(|message| (message.length, message.flags));
        let (read, on) = (RTTM_I2C_READ, RTTM_I2C_NO_START);
        assert_eq!(shapes, [(3, 0), (1, on), (1, read), (2, read | on), (0, 0)]);
    }
}
