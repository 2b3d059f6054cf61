//! Serial ports, as `embedded-io` has them: RT-Thread's serial devices.
//!
//! ```no_run
//! use embedded_io::{Read, Write};
//! use rtt_mod::uart::{Line, Serial};
//!
//! let mut port = Serial::open("uart1", Line::default())?;
//! port.write_all(b"who is there?\n")?;
//! let mut answer = [0; 32];
//! let length = port.read(&mut answer)?;
//! # Ok::<(), rtt_mod::Error>(())
//! ```
#![forbid(unsafe_code)]

use core::time::Duration;

use embedded_io::{ErrorType, Read, Write};

use crate::{
    Error, Result,
    device::Mode,
    sys::{self, time},
};

/// What makes a byte's bits add up.
///
/// ```
/// assert_eq!(rtt_mod::uart::Line::default().parity, rtt_mod::uart::Parity::None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Parity {
    /// No bit for it.
    None = 0,
    /// To an odd number.
    Odd = 1,
    /// To an even number.
    Even = 2,
}

/// How many bits end a byte.
///
/// ```
/// assert_eq!(rtt_mod::uart::Line::default().stop_bits, rtt_mod::uart::StopBits::One);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum StopBits {
    /// One.
    One = 1,
    /// Two.
    Two = 2,
}

/// How a serial port's bits go over the line. By default 115,200 baud, 8 data bits, no parity, one stop bit.
///
/// ```
/// use rtt_mod::uart::{Line, Parity};
///
/// let line = Line { baud: 9600, parity: Parity::Even, ..Line::default() };
/// assert_eq!(line.data_bits, 8);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Line {
    /// Bits in a second.
    pub baud: u32,
    /// Bits of a byte: 5 to 9.
    pub data_bits: u8,
    /// What makes the bits add up.
    pub parity: Parity,
    /// What ends a byte.
    pub stop_bits: StopBits,
}

impl Default for Line {
    fn default() -> Self {
        Line { baud: 115_200, data_bits: 8, parity: Parity::None, stop_bits: StopBits::One }
    }
}

/// A serial port. Implements `embedded-io`'s [`Read`] and [`Write`].
///
/// [`Read::read`] waits until there is something. For a closure that is called when something arrives, open the port as
/// a [`Device`](crate::device::Device).
#[derive(Debug)]
pub struct Serial(sys::uart::Port);

impl Serial {
    /// Opens the port `name`: `rt_device_open`, with an interrupt that keeps what arrives.
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`] if there is no device of this name, [`Error::Unsupported`] if it is no serial port,
    /// [`Error::InvalidInput`] and what the driver reports if it can't do this line.
    ///
    /// ```no_run
    /// use rtt_mod::uart::{Line, Serial};
    ///
    /// let port = Serial::open("uart1", Line { baud: 9600, ..Line::default() })?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn open(name: &str, line: Line) -> Result<Self> {
        let port = sys::uart::Port::find(name)?;
        port.open((Mode::READ_WRITE | Mode::INTERRUPT_RX).bits())?;
        let mut serial = Serial(port);
        serial.set_line(line)?;
        Ok(serial)
    }

    /// Sets the line: `RT_DEVICE_CTRL_CONFIG`.
    ///
    /// # Errors
    ///
    /// As [`open`](Serial::open).
    ///
    /// ```no_run
    /// # use rtt_mod::uart::{Line, Serial};
    /// # let mut port = Serial::open("uart1", Line::default())?;
    /// port.set_line(Line { baud: 57_600, ..Line::default() })?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn set_line(&mut self, line: Line) -> Result<()> {
        self.0.configure(line.baud, line.data_bits, line.stop_bits as u8, line.parity as u8)
    }

    /// Reads what there is, and waits for something no longer than `timeout`.
    ///
    /// # Errors
    ///
    /// [`Error::TimedOut`] if there is nothing until then; what the driver reports.
    ///
    /// ```no_run
    /// # use rtt_mod::uart::{Line, Serial};
    /// # let mut port = Serial::open("uart1", Line::default())?;
    /// let mut answer = [0; 32];
    /// let length = port.read_timeout(&mut answer, core::time::Duration::from_secs(1))?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn read_timeout(&mut self, buffer: &mut [u8], timeout: Duration) -> Result<usize> {
        self.read_within(buffer, time::milliseconds(timeout))
    }

    /// The interrupt tells of bytes that a read before may have taken: those are waits for nothing.
    fn read_within(&mut self, buffer: &mut [u8], milliseconds: u32) -> Result<usize> {
        loop {
            match self.0.read(buffer)? {
                0 if !buffer.is_empty() => self.0.wait(milliseconds)?,
                count => return Ok(count),
            }
        }
    }
}

impl ErrorType for Serial {
    type Error = Error;
}

impl Read for Serial {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize> {
        self.read_within(buffer, time::FOREVER)
    }
}

impl Write for Serial {
    fn write(&mut self, bytes: &[u8]) -> Result<usize> {
        self.0.write(bytes)
    }

    /// What is written is with the driver, which does not tell of its end.
    fn flush(&mut self) -> Result<()> {
        Ok(())
    }
}
