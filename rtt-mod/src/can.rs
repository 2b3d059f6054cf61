//! CAN with the traits of `embedded-can`: RT-Thread's CAN devices.
//!
//! The feature `embedded-can` enables this module.
//!
//! ```no_run
//! use embedded_can::{Frame as _, StandardId, blocking::Can as _};
//! use rtt_mod::can::{Can, Frame};
//!
//! let mut bus = Can::open("can1", 500_000)?;
//! let id = StandardId::new(0x123).ok_or(rtt_mod::Error::InvalidInput)?;
//! bus.transmit(&Frame::new(id, b"hello").ok_or(rtt_mod::Error::InvalidInput)?)?;
//! let answer = bus.receive()?;
//! # Ok::<(), rtt_mod::Error>(())
//! ```
#![forbid(unsafe_code)]

/// The traits of `embedded-can` for a controller and its frames.
macro_rules! controller {
    ($controller:ident, $frame:ident) => {
        impl embedded_can::blocking::Can for $controller {
            type Frame = $frame;
            type Error = Error;

            fn transmit(&mut self, frame: &$frame) -> Result<()> {
                self.send(frame)
            }

            fn receive(&mut self) -> Result<$frame> {
                $controller::receive(self)
            }
        }

        impl embedded_can::nb::Can for $controller {
            type Frame = $frame;
            type Error = Error;

            /// Sends the frame and waits until it is sent: RT-Thread's framework has no other way.
            fn transmit(&mut self, frame: &$frame) -> nb::Result<Option<$frame>, Error> {
                self.send(frame).map(|()| None).map_err(nb::Error::Other)
            }

            fn receive(&mut self) -> nb::Result<$frame, Error> {
                self.try_receive().map_err(nb::Error::Other)?.ok_or(nb::Error::WouldBlock)
            }
        }
    };
}

mod fd;

pub use fd::{CanFd, FdFrame};

use core::time::Duration;

use alloc::sync::Arc;
use embedded_can::{ErrorKind, ExtendedId, Id, StandardId};

use crate::{
    Error, Result,
    device::Mode as DeviceMode,
    sync::Semaphore,
    sys::{class, device::Device},
};

/// The frame has an identifier of 29 bits.
const EXTENDED: u8 = 1;
/// The frame asks for one.
const REMOTE: u8 = 2;

/// A CAN controller. It implements [`blocking::Can`](embedded_can::blocking::Can) and [`nb::Can`](embedded_can::nb::Can) of
/// `embedded-can`.
///
/// A thread that sends waits until a controller on the bus has acknowledged the frame, or the own one gives up. RT-Thread
/// has no limit for this wait.
#[derive(Debug)]
pub struct Can {
    // It is dropped first. After that, nobody releases the semaphore any more.
    device: Device,
    arrived: Arc<Semaphore>,
}

impl Can {
    /// Opens the controller `name`, with so many bits in a second.
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`] if there is no device of this name; [`Error::Unsupported`] if it is no CAN controller; what the
    /// driver reports if it does not have this speed.
    ///
    /// ```no_run
    /// let bus = rtt_mod::can::Can::open("can1", 250_000)?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn open(name: &str, baud: u32) -> Result<Self> {
        let device = Device::find(name)?;
        let arrived = Arc::new(Semaphore::new(0));
        // The kernel makes it now, because an interrupt can't.
        arrived.try_take().or_else(|error| if error == Error::TimedOut { Ok(()) } else { Err(error) })?;
        // A device of another class is refused before it is opened with interrupts.
        device.open(DeviceMode::READ_WRITE.bits())?;
        device.receive_frame()?;
        device.shut()?;
        let theirs = Arc::clone(&arrived);
        device.on_receive(move |_| theirs.release())?;
        device.open((DeviceMode::READ_WRITE | DeviceMode::INTERRUPT_RX | DeviceMode::INTERRUPT_TX).bits())?;
        device.set_can(class::Can::Baud, baud)?;
        Ok(Can { device, arrived })
    }

    /// Sets how it takes part: `RT_CAN_CMD_SET_MODE`.
    ///
    /// # Errors
    ///
    /// What the driver reports.
    ///
    /// ```no_run
    /// # let mut bus = rtt_mod::can::Can::open("can1", 250_000)?;
    /// bus.set_mode(rtt_mod::can::Mode::ListenOnly)?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn set_mode(&mut self, mode: Mode) -> Result<()> {
        self.device.set_can(class::Can::Mode, mode as u32)
    }

    /// Receives from now on only frames that one of the `filters` lets through: `RT_CAN_CMD_SET_FILTER`.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidInput`] if there are no filters; what the driver reports if it has none, or not so many.
    ///
    /// ```no_run
    /// use embedded_can::StandardId;
    /// use rtt_mod::can::Filter;
    ///
    /// # let mut bus = rtt_mod::can::Can::open("can1", 250_000)?;
    /// let id = StandardId::new(0x120).ok_or(rtt_mod::Error::InvalidInput)?;
    /// bus.set_filters(&[Filter::masked(id, 0x7F0)])?; // 0x120 to 0x12F
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn set_filters(&mut self, filters: &[Filter]) -> Result<()> {
        self.device.filter_can(filters)
    }

    /// Sends a frame, and waits until it is sent.
    ///
    /// # Errors
    ///
    /// [`Error::Io`] if nobody has acknowledged it and the controller has given up.
    ///
    /// ```no_run
    /// use embedded_can::{Frame as _, StandardId};
    /// use rtt_mod::can::Frame;
    ///
    /// # let mut bus = rtt_mod::can::Can::open("can1", 250_000)?;
    /// let frame = Frame::new(StandardId::MAX, &[1, 2, 3]).ok_or(rtt_mod::Error::InvalidInput)?;
    /// bus.send(&frame)?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn send(&mut self, frame: &Frame) -> Result<()> {
        self.device.send_frame(&frame.0)
    }

    /// Returns the next frame, and waits until there is one. Frames of CAN FD are left out; [`CanFd`] receives them.
    ///
    /// # Errors
    ///
    /// What the driver reports.
    ///
    /// ```no_run
    /// # let mut bus = rtt_mod::can::Can::open("can1", 250_000)?;
    /// let frame = bus.receive()?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn receive(&mut self) -> Result<Frame> {
        loop {
            if let Some(frame) = self.try_receive()? {
                return Ok(frame);
            }
            self.arrived.take();
        }
    }

    /// Returns the next frame, and waits for at most `timeout` until there is one.
    ///
    /// # Errors
    ///
    /// [`Error::TimedOut`] if there is none in time; what the driver reports.
    ///
    /// ```no_run
    /// # let mut bus = rtt_mod::can::Can::open("can1", 250_000)?;
    /// let frame = bus.receive_timeout(core::time::Duration::from_secs(1))?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn receive_timeout(&mut self, timeout: Duration) -> Result<Frame> {
        loop {
            if let Some(frame) = self.try_receive()? {
                return Ok(frame);
            }
            // A frame that was received without a wait has left its permit, so the wait may begin anew once or twice.
            self.arrived.take_timeout(timeout)?;
        }
    }

    /// Returns the next frame, if there is one.
    ///
    /// # Errors
    ///
    /// What the driver reports.
    ///
    /// ```no_run
    /// # let mut bus = rtt_mod::can::Can::open("can1", 250_000)?;
    /// while let Some(frame) = bus.try_receive()? {
    ///     rtt_mod::println!("{} bytes", frame.data().len());
    /// }
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn try_receive(&mut self) -> Result<Option<Frame>> {
        Ok(self.device.receive_frame()?.map(Frame))
    }
}

/// How a controller takes part.
///
/// ```no_run
/// # let mut bus = rtt_mod::can::Can::open("can1", 250_000)?;
/// bus.set_mode(rtt_mod::can::Mode::Loopback)?;
/// # Ok::<(), rtt_mod::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u32)]
pub enum Mode {
    /// It sends, receives and acknowledges.
    Normal = 0,
    /// It only receives.
    ListenOnly = 1,
    /// It also receives what it sends.
    Loopback = 2,
}

/// What a frame has to be to be received. Data frames and remote frames have filters of their own, and so have identifiers of 11 and
/// of 29 bits.
///
/// ```no_run
/// use embedded_can::{ExtendedId, StandardId};
/// use rtt_mod::can::Filter;
///
/// # let mut bus = rtt_mod::can::Can::open("can1", 250_000)?;
/// bus.set_filters(&[
///     Filter::exact(StandardId::ZERO),
///     Filter::exact(StandardId::ZERO).remote(),
///     Filter::masked(ExtendedId::ZERO, 0), // any with 29 bits
/// ])?;
/// # Ok::<(), rtt_mod::Error>(())
/// ```
pub use class::Filter;

impl Filter {
    /// Lets data frames with this identifier through.
    pub fn exact(id: impl Into<Id>) -> Self {
        Self::masked(id, u32::MAX)
    }

    /// Lets data frames through whose identifier agrees with `id` in the bits that are set in `mask`.
    pub fn masked(id: impl Into<Id>, mask: u32) -> Self {
        let (id, flags) = raw_id(id.into());
        let bits = if flags == EXTENDED { ExtendedId::MAX.as_raw() } else { StandardId::MAX.as_raw().into() };
        Self::new(id, mask & bits, flags)
    }

    /// The same for remote frames.
    #[must_use]
    pub fn remote(self) -> Self {
        self.with_flags(REMOTE)
    }
}

/// A frame of up to eight bytes. It implements [`Frame`](embedded_can::Frame) of `embedded-can`.
///
/// ```
/// use embedded_can::{Frame as _, StandardId};
/// use rtt_mod::can::Frame;
///
/// let frame = Frame::new(StandardId::ZERO, b"hello").unwrap();
/// assert_eq!(frame.data(), b"hello");
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Frame(class::Frame);

impl Frame {
    /// Returns its bytes; none if it is a remote frame.
    ///
    /// ```
    /// use embedded_can::{Frame as _, StandardId};
    /// use rtt_mod::can::Frame;
    ///
    /// assert_eq!(Frame::new_remote(StandardId::ZERO, 4).unwrap().data(), []);
    /// ```
    pub fn data(&self) -> &[u8] {
        let length = if self.0.flags & REMOTE == 0 { self.0.length.into() } else { 0 };
        self.0.bytes.get(..length).unwrap_or_default()
    }

    fn of(id: Id, flags: u8, length: usize) -> Option<class::Frame> {
        let (id, extended) = raw_id(id);
        let length = u8::try_from(length).ok().filter(|length| *length <= 8)?;
        Some(class::Frame { id, flags: flags | extended, length, reserved: 0, bytes: [0; 8] })
    }
}

/// The number, and the flag for its width.
fn raw_id(id: Id) -> (u32, u8) {
    match id {
        Id::Standard(id) => (id.as_raw().into(), 0),
        Id::Extended(id) => (id.as_raw(), EXTENDED),
    }
}

impl embedded_can::Frame for Frame {
    fn new(id: impl Into<Id>, data: &[u8]) -> Option<Self> {
        let mut frame = Frame::of(id.into(), 0, data.len())?;
        frame.bytes.get_mut(..data.len())?.copy_from_slice(data);
        Some(Frame(frame))
    }

    fn new_remote(id: impl Into<Id>, dlc: usize) -> Option<Self> {
        Frame::of(id.into(), REMOTE, dlc).map(Frame)
    }

    fn is_extended(&self) -> bool {
        self.0.flags & EXTENDED != 0
    }

    fn is_remote_frame(&self) -> bool {
        self.0.flags & REMOTE != 0
    }

    fn id(&self) -> Id {
        id_of(self.0.id, self.is_extended())
    }

    fn dlc(&self) -> usize {
        self.0.length.into()
    }

    fn data(&self) -> &[u8] {
        Frame::data(self)
    }
}

fn id_of(id: u32, is_extended: bool) -> Id {
    if is_extended {
        Id::Extended(ExtendedId::new(id).unwrap_or(ExtendedId::ZERO))
    } else {
        // A standard identifier has 11 bits.
        Id::Standard(StandardId::new((id & 0x7FF) as u16).unwrap_or(StandardId::ZERO))
    }
}

impl embedded_can::Error for Error {
    fn kind(&self) -> ErrorKind {
        match self {
            Error::Io => ErrorKind::Acknowledge,
            _ => ErrorKind::Other,
        }
    }
}

controller!(Can, Frame);

#[cfg(test)]
mod tests {
    use embedded_can::Frame as _;

    use super::*;

    #[test]
    fn a_frame_keeps_what_it_is_made_of() {
        let id = ExtendedId::new(0x1234_5678).unwrap();
        let frame = Frame::new(id, &[1, 2, 3]).unwrap();
        assert_eq!((frame.id(), frame.dlc(), frame.data()), (Id::Extended(id), 3, [1, 2, 3].as_slice()));
        let id = StandardId::new(0x7FE).unwrap();
        let frame = Frame::new_remote(id, 8).unwrap();
        assert_eq!((frame.id(), frame.dlc(), frame.is_remote_frame()), (Id::Standard(id), 8, true));
    }

    #[test]
    fn a_frame_has_eight_bytes_at_most() {
        assert!(Frame::new(StandardId::ZERO, &[0; 8]).is_some());
        assert!(Frame::new(StandardId::ZERO, &[0; 9]).is_none());
        assert!(Frame::new_remote(StandardId::ZERO, 9).is_none());
    }
}
