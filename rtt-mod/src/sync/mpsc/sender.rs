//! The ends that send.

use core::fmt;

use super::{SendError, TrySendError, channel::Channel};
use crate::sync::Arc;

/// The sending end of a [`channel`](super::channel). Each clone of it sends to the same receiver.
///
/// ```no_run
/// let (sender, receiver) = rtt_mod::sync::mpsc::channel();
/// let other = sender.clone();
/// other.send(1)?;
/// # Ok::<(), rtt_mod::sync::mpsc::SendError<u32>>(())
/// ```
pub struct Sender<T>(Arc<Channel<T>>);

impl<T> Sender<T> {
    pub(super) fn new(channel: Arc<Channel<T>>) -> Self {
        Sender(channel)
    }

    /// Sends `message`. It does not wait for room.
    ///
    /// # Errors
    ///
    /// When the receiver has gone. The message comes back in the error.
    ///
    /// # Panics
    ///
    /// In an interrupt and in a timer's call.
    ///
    /// ```no_run
    /// # let (sender, receiver) = rtt_mod::sync::mpsc::channel();
    /// sender.send("tick")?;
    /// # Ok::<(), rtt_mod::sync::mpsc::SendError<&str>>(())
    /// ```
    #[track_caller]
    pub fn send(&self, message: T) -> Result<(), SendError<T>> {
        self.0.send(message).map_err(SendError)
    }
}

impl<T> Clone for Sender<T> {
    fn clone(&self) -> Self {
        self.0.add_sender();
        Sender(Arc::clone(&self.0))
    }
}

impl<T> Drop for Sender<T> {
    fn drop(&mut self) {
        self.0.remove_sender();
    }
}

impl<T> fmt::Debug for Sender<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sender").finish_non_exhaustive()
    }
}

/// The sending end of a [`sync_channel`](super::sync_channel). Each clone of it sends to the same receiver.
///
/// ```no_run
/// let (sender, receiver) = rtt_mod::sync::mpsc::sync_channel(4);
/// let other = sender.clone();
/// other.send(1)?;
/// # Ok::<(), rtt_mod::sync::mpsc::SendError<u32>>(())
/// ```
pub struct SyncSender<T>(Arc<Channel<T>>);

impl<T> SyncSender<T> {
    pub(super) fn new(channel: Arc<Channel<T>>) -> Self {
        SyncSender(channel)
    }

    /// Sends `message`, and waits for room as long as it takes.
    ///
    /// # Errors
    ///
    /// When the receiver has gone. The message comes back in the error.
    ///
    /// # Panics
    ///
    /// In an interrupt and in a timer's call.
    ///
    /// ```no_run
    /// # let (sender, receiver) = rtt_mod::sync::mpsc::sync_channel(4);
    /// sender.send("tick")?;
    /// # Ok::<(), rtt_mod::sync::mpsc::SendError<&str>>(())
    /// ```
    #[track_caller]
    pub fn send(&self, message: T) -> Result<(), SendError<T>> {
        self.0.send(message).map_err(SendError)
    }

    /// Sends `message` if there is room; with a bound of 0, if the receiver waits for it.
    ///
    /// # Errors
    ///
    /// When there is no room, and when the receiver has gone. The message comes back in the error.
    ///
    /// # Panics
    ///
    /// In an interrupt and in a timer's call.
    ///
    /// ```no_run
    /// # let (sender, receiver) = rtt_mod::sync::mpsc::sync_channel(4);
    /// if sender.try_send("tick").is_err() {
    ///     rtt_mod::println!("one is lost");
    /// }
    /// ```
    #[track_caller]
    pub fn try_send(&self, message: T) -> Result<(), TrySendError<T>> {
        self.0.try_send(message)
    }
}

impl<T> Clone for SyncSender<T> {
    fn clone(&self) -> Self {
        self.0.add_sender();
        SyncSender(Arc::clone(&self.0))
    }
}

impl<T> Drop for SyncSender<T> {
    fn drop(&mut self) {
        self.0.remove_sender();
    }
}

impl<T> fmt::Debug for SyncSender<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SyncSender").finish_non_exhaustive()
    }
}
