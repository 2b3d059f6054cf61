//! The sending ends of channels.

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

    /// Sends `message` without waiting.
    ///
    /// # Errors
    ///
    /// When the receiver was dropped. The error contains the message.
    ///
    /// # Panics
    ///
    /// In an interrupt or a timer's callback.
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
    #[track_caller]
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

    /// Sends `message`, and waits for room without a limit.
    ///
    /// # Errors
    ///
    /// When the receiver was dropped. The error contains the message.
    ///
    /// # Panics
    ///
    /// In an interrupt or a timer's callback.
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

    /// Sends `message` if there is room. With a bound of 0, sends it if the receiver is waiting.
    ///
    /// # Errors
    ///
    /// When there is no room, and when the receiver was dropped. The error contains the message.
    ///
    /// # Panics
    ///
    /// In an interrupt or a timer's callback.
    ///
    /// ```no_run
    /// # let (sender, receiver) = rtt_mod::sync::mpsc::sync_channel(4);
    /// if sender.try_send("tick").is_err() {
    ///     rtt_mod::println!("a message is lost");
    /// }
    /// ```
    #[track_caller]
    pub fn try_send(&self, message: T) -> Result<(), TrySendError<T>> {
        self.0.try_send(message)
    }
}

impl<T> Clone for SyncSender<T> {
    #[track_caller]
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
