//! Errors of channels.

use core::{error::Error, fmt};

/// The error of a send: the receiver was dropped. It contains the message.
///
/// ```no_run
/// # use rtt_mod::sync::mpsc;
/// let (sender, receiver) = mpsc::channel();
/// drop(receiver);
/// assert_eq!(sender.send(7), Err(mpsc::SendError(7)));
/// ```
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct SendError<T>(pub T);

/// The error of [`SyncSender::try_send`](super::SyncSender::try_send). It contains the message.
///
/// ```no_run
/// # use rtt_mod::sync::mpsc;
/// let (sender, receiver) = mpsc::sync_channel(1);
/// assert!(sender.try_send(1).is_ok());
/// assert_eq!(sender.try_send(2), Err(mpsc::TrySendError::Full(2)));
/// ```
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum TrySendError<T> {
    /// There is no room.
    Full(T),
    /// The receiver was dropped.
    Disconnected(T),
}

/// The error of [`Receiver::recv`](super::Receiver::recv): there is no message, and all senders were dropped.
///
/// ```no_run
/// # use rtt_mod::sync::mpsc;
/// let (sender, receiver) = mpsc::channel::<u32>();
/// drop(sender);
/// assert_eq!(receiver.recv(), Err(mpsc::RecvError));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RecvError;

/// The error of [`Receiver::try_recv`](super::Receiver::try_recv).
///
/// ```no_run
/// # use rtt_mod::sync::mpsc;
/// let (sender, receiver) = mpsc::channel::<u32>();
/// assert_eq!(receiver.try_recv(), Err(mpsc::TryRecvError::Empty));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TryRecvError {
    /// There is no message yet.
    Empty,
    /// There is no message, and all senders were dropped.
    Disconnected,
}

/// The error of [`Receiver::recv_timeout`](super::Receiver::recv_timeout).
///
/// ```no_run
/// # use rtt_mod::sync::mpsc;
/// let (sender, receiver) = mpsc::channel::<u32>();
/// assert_eq!(receiver.recv_timeout(core::time::Duration::ZERO), Err(mpsc::RecvTimeoutError::Timeout));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RecvTimeoutError {
    /// No message arrived in time.
    Timeout,
    /// There is no message, and all senders were dropped.
    Disconnected,
}

const RECEIVER_GONE: &str = "the receiver was dropped";
const SENDERS_GONE: &str = "all senders were dropped";

impl<T> fmt::Display for SendError<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(RECEIVER_GONE)
    }
}

impl<T> fmt::Debug for SendError<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SendError(..)")
    }
}

impl<T> Error for SendError<T> {}

impl<T> fmt::Display for TrySendError<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            TrySendError::Full(_) => "the channel is full",
            TrySendError::Disconnected(_) => RECEIVER_GONE,
        })
    }
}

impl<T> fmt::Debug for TrySendError<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            TrySendError::Full(_) => "Full(..)",
            TrySendError::Disconnected(_) => "Disconnected(..)",
        })
    }
}

impl<T> Error for TrySendError<T> {}

impl<T> From<SendError<T>> for TrySendError<T> {
    fn from(SendError(message): SendError<T>) -> Self {
        TrySendError::Disconnected(message)
    }
}

impl fmt::Display for RecvError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(SENDERS_GONE)
    }
}

impl Error for RecvError {}

impl fmt::Display for TryRecvError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            TryRecvError::Empty => "the channel is empty",
            TryRecvError::Disconnected => SENDERS_GONE,
        })
    }
}

impl Error for TryRecvError {}

impl From<RecvError> for TryRecvError {
    fn from(RecvError: RecvError) -> Self {
        TryRecvError::Disconnected
    }
}

impl fmt::Display for RecvTimeoutError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            RecvTimeoutError::Timeout => "timed out",
            RecvTimeoutError::Disconnected => SENDERS_GONE,
        })
    }
}

impl Error for RecvTimeoutError {}

impl From<RecvError> for RecvTimeoutError {
    fn from(RecvError: RecvError) -> Self {
        RecvTimeoutError::Disconnected
    }
}
