//! Devices on SPI buses.

use core::ptr;

use embedded_hal::spi::Operation;

use super::{
    bindings::{self, rttm_spi, rttm_spi_message},
    handle::Handle,
    length,
    result::check,
};
use crate::{Error, Result};

/// The largest number of messages in a transaction.
pub const MESSAGES_MAX: usize = 16;

/// A device on an SPI bus.
#[derive(Debug)]
pub struct Device(Handle<rttm_spi>);

impl Device {
    pub fn open(name: &str) -> Result<Self> {
        let (name, length) = length::text(name)?;
        // SAFETY: the text has that many bytes; on success the function gives a new handle.
        unsafe { Handle::made(|place| bindings::rttm_spi_open(name, length, place)) }.map(Device)
    }

    pub fn configure(&self, mode: u32, hertz: u32) -> Result<()> {
        // SAFETY: the handle is open.
        check(unsafe { bindings::rttm_spi_configure(self.0.as_ptr(), mode, hertz) }).map(drop)
    }

    pub fn transfer(&self, operations: &mut [Operation<'_, u8>]) -> Result<()> {
        let mut messages = Messages::new();
        operations.iter_mut().try_for_each(|operation| messages.add(operation))?;
        let Messages { list, count } = messages;
        // SAFETY: the handle is open, and each message refers to the bytes of its operation, which is borrowed.
        check(unsafe { bindings::rttm_spi_transfer(self.0.as_ptr(), list.as_ptr(), count as u32) }).map(drop)
    }
}

/// The messages of a transaction.
struct Messages {
    list: [rttm_spi_message; MESSAGES_MAX],
    count: usize,
}

impl Messages {
    fn new() -> Self {
        let empty = rttm_spi_message { send: ptr::null(), receive: ptr::null_mut(), length: 0, pause_nanoseconds: 0 };
        Messages { list: [empty; MESSAGES_MAX], count: 0 }
    }

    fn add(&mut self, operation: &mut Operation<'_, u8>) -> Result<()> {
        match operation {
            Operation::Read(buffer) => self.push(ptr::null(), buffer.as_mut_ptr(), buffer.len()),
            Operation::Write(bytes) => self.push(bytes.as_ptr(), ptr::null_mut(), bytes.len()),
            Operation::TransferInPlace(buffer) => {
                let bytes = buffer.as_mut_ptr();
                self.push(bytes, bytes, buffer.len())
            }
            Operation::Transfer(buffer, bytes) => self.add_both(buffer, bytes),
            Operation::DelayNs(nanoseconds) => {
                self.pause(*nanoseconds);
                Ok(())
            }
        }
    }

    /// The rest of the longer slice gets a message of its own.
    fn add_both(&mut self, buffer: &mut [u8], bytes: &[u8]) -> Result<()> {
        let both = buffer.len().min(bytes.len());
        let (buffer, more_buffer) = buffer.split_at_mut(both);
        let (bytes, more_bytes) = bytes.split_at(both);
        self.push(bytes.as_ptr(), buffer.as_mut_ptr(), both)?;
        self.push(more_bytes.as_ptr(), ptr::null_mut(), more_bytes.len())?;
        self.push(ptr::null(), more_buffer.as_mut_ptr(), more_buffer.len())
    }

    fn push(&mut self, send: *const u8, receive: *mut u8, bytes: usize) -> Result<()> {
        if bytes == 0 {
            return Ok(());
        }
        let place = self.list.get_mut(self.count).ok_or(Error::InvalidInput)?;
        *place = rttm_spi_message { send, receive, length: length::whole(bytes)?, pause_nanoseconds: 0 };
        self.count += 1;
        Ok(())
    }

    /// A pause follows the last message. Before all messages it follows an empty one.
    fn pause(&mut self, nanoseconds: u32) {
        self.count = self.count.max(1);
        let last = &mut self.list[self.count - 1];
        last.pause_nanoseconds = last.pause_nanoseconds.saturating_add(nanoseconds);
    }
}

#[cfg(test)]
mod tests {
    extern crate std;

    use super::*;
    use std::vec::Vec;

    /// Of each message: whether it sends, whether it receives, its length and its pause.
    fn shapes(operations: &mut [Operation<'_, u8>]) -> Vec<(bool, bool, u32, u32)> {
        let mut messages = Messages::new();
        operations.iter_mut().for_each(|operation| messages.add(operation).unwrap());
        let used = &messages.list[..messages.count];
        used.iter().map(|m| (!m.send.is_null(), !m.receive.is_null(), m.length, m.pause_nanoseconds)).collect()
    }

    #[test]
    fn the_longer_side_of_a_transfer_goes_on_alone() {
        let mut buffer = [0; 5];
        let shape = shapes(&mut [Operation::Transfer(&mut buffer, &[1, 2])]);
        assert_eq!(shape, [(true, true, 2, 0), (false, true, 3, 0)]);
        let shape = shapes(&mut [Operation::Transfer(&mut buffer[..1], &[1, 2])]);
        assert_eq!(shape, [(true, true, 1, 0), (true, false, 1, 0)]);
    }

    #[test]
    fn a_delay_is_behind_the_message_before() {
        let mut buffer = [0; 2];
        let shape = shapes(&mut [
            Operation::DelayNs(5),
            Operation::Write(&[1]),
            Operation::DelayNs(7),
            Operation::DelayNs(8),
            Operation::TransferInPlace(&mut buffer),
        ]);
        assert_eq!(shape, [(false, false, 0, 5), (true, false, 1, 15), (true, true, 2, 0)]);
    }

    #[test]
    fn too_many_messages_are_an_error() {
        let mut messages = Messages::new();
        let results: Vec<_> = (0..=MESSAGES_MAX).map(|_| messages.add(&mut Operation::Write(&[0]))).collect();
        assert_eq!(results[MESSAGES_MAX], Err(Error::InvalidInput));
    }
}
