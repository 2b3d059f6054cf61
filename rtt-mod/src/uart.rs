//! Serial ports with the traits of `std::io` and `embedded-io`: RT-Thread's serial devices.
//!
//! ```no_run
//! use rtt_mod::{io::{Read, Write}, uart::{Line, Serial}};
//!
//! let mut port = Serial::open("uart1", Line::default())?;
//! port.write_all(b"who is there?\n")?;
//! let mut answer = [0; 32];
//! let length = port.read(&mut answer)?;
//! # Ok::<(), rtt_mod::Error>(())
//! ```
#![forbid(unsafe_code)]

#[cfg(feature = "embedded-io-async")]
mod receiver;

use core::time::Duration;

#[cfg(feature = "embedded-io-async")]
pub use receiver::Receiver;

use crate::{
    Result,
    device::Mode,
    io::{Read, Write, embedded::embedded},
    sys::{self, time},
};

/// The parity bit of each byte.
///
/// ```
/// assert_eq!(rtt_mod::uart::Line::default().parity, rtt_mod::uart::Parity::None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Parity {
    /// There is no parity bit.
    None = 0,
    /// The number of ones is odd.
    Odd = 1,
    /// The number of ones is even.
    Even = 2,
}

/// The number of stop bits after each byte.
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

/// The line settings of a serial port. The default is 115,200 baud, 8 data bits, no parity and one stop bit.
///
/// ```
/// use rtt_mod::uart::{Line, Parity};
///
/// let line = Line { baud: 9600, parity: Parity::Even, ..Line::default() };
/// assert_eq!(line.data_bits, 8);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Line {
    /// Bits per second.
    pub baud: u32,
    /// Bits per byte: 5 to 9.
    pub data_bits: u8,
    /// The parity bit.
    pub parity: Parity,
    /// The stop bits.
    pub stop_bits: StopBits,
}

impl Default for Line {
    fn default() -> Self {
        Line { baud: 115_200, data_bits: 8, parity: Parity::None, stop_bits: StopBits::One }
    }
}

/// A serial port. It implements [`Read`] and [`Write`] of `embedded-io`.
///
/// [`Read::read`] waits until data has arrived. To have a callback called instead, open the port as a
/// [`Device`](crate::device::Device).
#[derive(Debug)]
pub struct Serial(sys::uart::Port);

impl Serial {
    /// Opens the port `name`: `rt_device_open`. An interrupt buffers received data.
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`](crate::Error::NotFound) if there is no device of this name;
    /// [`Error::Unsupported`](crate::Error::Unsupported) if it is not a serial port;
    /// [`Error::InvalidInput`](crate::Error::InvalidInput) or what the driver reports if it does not support these settings.
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

    /// Changes the line settings: `RT_DEVICE_CTRL_CONFIG`.
    ///
    /// # Errors
    ///
    /// Those of [`open`](Serial::open).
    ///
    /// ```no_run
    /// # use rtt_mod::uart::{Line, Serial};
    /// # let mut port = Serial::open("uart1", Line::default())?;
    /// port.set_line(Line { baud: 57_600, ..Line::default() })?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn set_line(&mut self, line: Line) -> Result<()> {
        set_line(self.0.device(), line)
    }

    /// Reads received data. If there is none yet, waits for at most `timeout`.
    ///
    /// # Errors
    ///
    /// [`Error::TimedOut`](crate::Error::TimedOut) if no data arrives in time; what the driver reports.
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

    /// A wait may end without data: the interrupt also counts bytes that an earlier read has taken.
    fn read_within(&mut self, buffer: &mut [u8], milliseconds: u32) -> Result<usize> {
        loop {
            match self.0.read(buffer)? {
                0 if !buffer.is_empty() => self.0.wait(milliseconds)?,
                count => return Ok(count),
            }
        }
    }
}

fn set_line(device: &sys::device::Device, line: Line) -> Result<()> {
    device.set_line(line.baud, line.data_bits, line.stop_bits as u8, line.parity as u8)
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

    /// Returns at once: the driver has the data, and does not report when it is sent.
    fn flush(&mut self) -> Result<()> {
        Ok(())
    }
}

embedded!(Serial: Read, Write);
