//! CAN FD: frames of up to 64 bytes, which may be sent at a higher rate than the rest of the frame.
#![forbid(unsafe_code)]

use core::time::Duration;

use embedded_can::Id;

use super::{Can, EXTENDED, Filter, Frame, Mode, REMOTE, id_of, raw_id};
use crate::{Error, Result, sys::class};

/// The frame is one of CAN FD.
const FD: u8 = 4;
/// Its bytes are sent at the rate of the data.
const RATE_SWITCH: u8 = 8;

/// A controller for CAN FD. It sends and receives the frames of [`Can`](super::Can) as well. It implements
/// [`blocking::Can`](embedded_can::blocking::Can) and [`nb::Can`](embedded_can::nb::Can) of `embedded-can`.
///
/// ```no_run
/// use embedded_can::{Frame as _, StandardId};
/// use rtt_mod::can::{CanFd, FdFrame};
///
/// let mut bus = CanFd::open("can1", 500_000, 2_000_000)?;
/// let frame = FdFrame::new(StandardId::ZERO, &[0; 64]).ok_or(rtt_mod::Error::InvalidInput)?;
/// bus.send(&frame.with_rate_switch())?;
/// # Ok::<(), rtt_mod::Error>(())
/// ```
#[derive(Debug)]
pub struct CanFd(Can);

impl CanFd {
    /// Opens the controller `name`, with `baud` bits in a second, and `data_baud` for the bytes of frames
    /// [that switch the rate](FdFrame::with_rate_switch).
    ///
    /// # Errors
    ///
    /// [`Error::Unsupported`] if RT-Thread is older than 4.1.1 or has no `RT_CAN_USING_CANFD`, or if the driver has no CAN FD; and as
    /// [`Can::open`](super::Can::open).
    ///
    /// ```no_run
    /// let bus = rtt_mod::can::CanFd::open("can1", 500_000, 5_000_000)?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn open(name: &str, baud: u32, data_baud: u32) -> Result<Self> {
        let can = Can::open(name, baud)?;
        can.device.set_can(class::Can::Fd, 1)?;
        can.device.set_can(class::Can::DataBaud, data_baud)?;
        Ok(Self(can))
    }

    /// As [`Can::set_mode`](super::Can::set_mode).
    ///
    /// # Errors
    ///
    /// What the driver reports.
    ///
    /// ```no_run
    /// # let mut bus = rtt_mod::can::CanFd::open("can1", 500_000, 2_000_000)?;
    /// bus.set_mode(rtt_mod::can::Mode::Loopback)?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn set_mode(&mut self, mode: Mode) -> Result<()> {
        self.0.set_mode(mode)
    }

    /// As [`Can::set_filters`](super::Can::set_filters), for frames of both kinds.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidInput`] if there are no filters; what the driver reports if it has none, or not so many.
    ///
    /// ```no_run
    /// # let mut bus = rtt_mod::can::CanFd::open("can1", 500_000, 2_000_000)?;
    /// bus.set_filters(&[rtt_mod::can::Filter::exact(embedded_can::StandardId::ZERO)])?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn set_filters(&mut self, filters: &[Filter]) -> Result<()> {
        self.0.set_filters(filters)
    }

    /// Sends a frame, and waits until it is sent.
    ///
    /// # Errors
    ///
    /// [`Error::Io`] if nobody has acknowledged it and the controller has given up.
    ///
    /// ```no_run
    /// use embedded_can::{Frame as _, StandardId};
    /// use rtt_mod::can::FdFrame;
    ///
    /// # let mut bus = rtt_mod::can::CanFd::open("can1", 500_000, 2_000_000)?;
    /// let frame = FdFrame::new(StandardId::ZERO, &[1; 12]).ok_or(rtt_mod::Error::InvalidInput)?;
    /// bus.send(&frame)?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn send(&mut self, frame: &FdFrame) -> Result<()> {
        self.0.device.send_fd_frame(&frame.0)
    }

    /// Returns the next frame, and waits until there is one.
    ///
    /// # Errors
    ///
    /// What the driver reports.
    ///
    /// ```no_run
    /// # let mut bus = rtt_mod::can::CanFd::open("can1", 500_000, 2_000_000)?;
    /// let frame = bus.receive()?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn receive(&mut self) -> Result<FdFrame> {
        loop {
            if let Some(frame) = self.try_receive()? {
                return Ok(frame);
            }
            self.0.arrived.take();
        }
    }

    /// Returns the next frame, and waits for at most `timeout` until there is one.
    ///
    /// # Errors
    ///
    /// [`Error::TimedOut`] if there is none in time; what the driver reports.
    ///
    /// ```no_run
    /// # let mut bus = rtt_mod::can::CanFd::open("can1", 500_000, 2_000_000)?;
    /// let frame = bus.receive_timeout(core::time::Duration::from_secs(1))?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn receive_timeout(&mut self, timeout: Duration) -> Result<FdFrame> {
        loop {
            if let Some(frame) = self.try_receive()? {
                return Ok(frame);
            }
            self.0.arrived.take_timeout(timeout)?;
        }
    }

    /// Returns the next frame, if there is one.
    ///
    /// # Errors
    ///
    /// What the driver reports.
    ///
    /// ```no_run
    /// # let mut bus = rtt_mod::can::CanFd::open("can1", 500_000, 2_000_000)?;
    /// while let Some(frame) = bus.try_receive()? {
    ///     rtt_mod::println!("{} bytes", frame.data().len());
    /// }
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn try_receive(&mut self) -> Result<Option<FdFrame>> {
        Ok(self.0.device.receive_fd_frame()?.map(FdFrame))
    }
}

/// A frame of CAN FD, or one of CAN. It implements [`Frame`](embedded_can::Frame) of `embedded-can`: `new` makes a frame of CAN FD,
/// and `new_remote` one of CAN, since CAN FD has no remote frames.
///
/// It has up to 8 bytes, or 12, 16, 20, 24, 32, 48 or 64.
///
/// ```
/// use embedded_can::{Frame as _, StandardId};
/// use rtt_mod::can::FdFrame;
///
/// let frame = FdFrame::new(StandardId::ZERO, &[7; 64]).unwrap().with_rate_switch();
/// assert!(frame.is_fd() && frame.switches_rate());
/// assert!(FdFrame::new(StandardId::ZERO, &[7; 63]).is_none());
/// ```
#[derive(Clone, Copy, Debug)]
pub struct FdFrame(class::FdFrame);

impl FdFrame {
    /// Returns its bytes; none if it is a remote frame.
    ///
    /// ```
    /// use embedded_can::{Frame as _, StandardId};
    /// use rtt_mod::can::FdFrame;
    ///
    /// assert_eq!(FdFrame::new(StandardId::ZERO, b"twelve bytes").unwrap().data(), b"twelve bytes");
    /// ```
    pub fn data(&self) -> &[u8] {
        let length = if self.0.flags & REMOTE == 0 { self.0.length.into() } else { 0 };
        self.0.bytes.get(..length).unwrap_or_default()
    }

    /// Returns whether it is a frame of CAN FD.
    ///
    /// ```
    /// use embedded_can::{Frame as _, StandardId};
    /// use rtt_mod::can::{FdFrame, Frame};
    ///
    /// assert!(!FdFrame::from(Frame::new(StandardId::ZERO, &[]).unwrap()).is_fd());
    /// ```
    pub fn is_fd(&self) -> bool {
        self.0.flags & FD != 0
    }

    /// Returns whether its bytes go at the rate of the data.
    ///
    /// ```
    /// use embedded_can::{Frame as _, StandardId};
    /// use rtt_mod::can::FdFrame;
    ///
    /// assert!(!FdFrame::new(StandardId::ZERO, &[]).unwrap().switches_rate());
    /// ```
    pub fn switches_rate(&self) -> bool {
        self.0.flags & RATE_SWITCH != 0
    }

    /// The same frame with its bytes sent at the rate of the data. One of CAN stays as it is.
    ///
    /// ```
    /// use embedded_can::{Frame as _, StandardId};
    /// use rtt_mod::can::FdFrame;
    ///
    /// let frame = FdFrame::new(StandardId::ZERO, &[1; 16]).unwrap().with_rate_switch();
    /// assert!(frame.switches_rate());
    /// ```
    #[must_use]
    pub fn with_rate_switch(self) -> Self {
        let switch = if self.is_fd() { RATE_SWITCH } else { 0 };
        Self(class::FdFrame { flags: self.0.flags | switch, ..self.0 })
    }
}

impl From<Frame> for FdFrame {
    fn from(frame: Frame) -> Self {
        let Frame(class::Frame { id, flags, length, bytes: few, .. }) = frame;
        let mut bytes = [0; 64];
        bytes.iter_mut().zip(few).for_each(|(to, byte)| *to = byte);
        Self(class::FdFrame { id, flags, length, reserved: 0, bytes })
    }
}

impl embedded_can::Frame for FdFrame {
    fn new(id: impl Into<Id>, data: &[u8]) -> Option<Self> {
        let (id, extended) = raw_id(id.into());
        let length = u8::try_from(data.len()).ok().filter(|length| is_length(*length))?;
        let mut bytes = [0; 64];
        bytes.get_mut(..data.len())?.copy_from_slice(data);
        Some(Self(class::FdFrame { id, flags: FD | extended, length, reserved: 0, bytes }))
    }

    fn new_remote(id: impl Into<Id>, dlc: usize) -> Option<Self> {
        Frame::new_remote(id, dlc).map(Self::from)
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

    /// The number of its bytes, which a frame of CAN FD has another number for.
    fn dlc(&self) -> usize {
        self.0.length.into()
    }

    fn data(&self) -> &[u8] {
        FdFrame::data(self)
    }
}

/// Whether a frame of CAN FD can have so many bytes.
fn is_length(bytes: u8) -> bool {
    matches!(bytes, 0..=8 | 12 | 16 | 20 | 24 | 32 | 48 | 64)
}

controller!(CanFd, FdFrame);

#[cfg(test)]
mod tests {
    use embedded_can::{ExtendedId, Frame as _, StandardId};

    use super::*;

    #[test]
    fn a_frame_has_one_of_sixteen_lengths() {
        let lengths = (0..=65).filter(|length| FdFrame::new(StandardId::ZERO, &[1; 65][..*length]).is_some());
        let right = [0, 1, 2, 3, 4, 5, 6, 7, 8, 12, 16, 20, 24, 32, 48, 64];
        assert!(lengths.eq(right));
    }

    #[test]
    fn a_frame_of_can_stays_one() {
        let id = ExtendedId::new(0x1234_5678).unwrap();
        let frame = FdFrame::from(Frame::new(id, &[1, 2, 3]).unwrap()).with_rate_switch();
        assert_eq!((frame.id(), frame.dlc(), frame.data()), (Id::Extended(id), 3, [1, 2, 3].as_slice()));
        assert!(!frame.is_fd() && !frame.switches_rate());
        let remote = FdFrame::new_remote(id, 8).unwrap();
        assert!(remote.is_remote_frame() && !remote.is_fd() && remote.data().is_empty());
    }
}
