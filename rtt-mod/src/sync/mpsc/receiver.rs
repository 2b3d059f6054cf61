//! The receiving end of channels.

use core::{fmt, marker::PhantomData, time::Duration};

use super::{Iter, RecvError, RecvTimeoutError, TryIter, TryRecvError, channel::Channel};
use crate::sync::Arc;

/// The receiving end of a [`channel`](super::channel) or a [`sync_channel`](super::sync_channel).
///
/// It receives all messages that were sent, also after all senders were dropped.
///
/// ```no_run
/// let (sender, receiver) = rtt_mod::sync::mpsc::channel();
/// sender.send(812)?;
/// assert_eq!(receiver.recv(), Ok(812));
/// # Ok::<(), rtt_mod::sync::mpsc::SendError<u32>>(())
/// ```
pub struct Receiver<T> {
    channel: Arc<Channel<T>>,
    of_one_thread: PhantomData<dyn OneThreadReceives + Send>,
}

/// Makes the receiver `!Sync`. The compiler shows this name in its error.
trait OneThreadReceives {}

impl<T> Receiver<T> {
    pub(super) fn new(channel: Arc<Channel<T>>) -> Self {
        Receiver { channel, of_one_thread: PhantomData }
    }

    /// Receives the next message, and waits for one without a limit.
    ///
    /// # Errors
    ///
    /// When there is no message and all senders were dropped.
    ///
    /// # Panics
    ///
    /// In an interrupt or a timer's callback.
    ///
    /// ```no_run
    /// # let (sender, receiver) = rtt_mod::sync::mpsc::channel::<u32>();
    /// let message = receiver.recv()?;
    /// # Ok::<(), rtt_mod::sync::mpsc::RecvError>(())
    /// ```
    #[track_caller]
    pub fn recv(&self) -> Result<T, RecvError> {
        self.channel.receive().ok_or(RecvError)
    }

    /// Receives the next message, if there is one.
    ///
    /// # Errors
    ///
    /// [`TryRecvError::Empty`] when there is no message, and [`TryRecvError::Disconnected`] when all senders were
    /// dropped as well.
    ///
    /// # Panics
    ///
    /// In an interrupt or a timer's callback.
    ///
    /// ```no_run
    /// # let (sender, receiver) = rtt_mod::sync::mpsc::channel::<u32>();
    /// if let Ok(message) = receiver.try_recv() {
    ///     rtt_mod::println!("{message}");
    /// }
    /// ```
    #[track_caller]
    pub fn try_recv(&self) -> Result<T, TryRecvError> {
        self.channel.try_receive()
    }

    /// Receives the next message, and waits for one for at most `timeout`, rounded up to the kernel's tick.
    ///
    /// # Errors
    ///
    /// [`RecvTimeoutError::Timeout`] when no message arrives in time, and [`RecvTimeoutError::Disconnected`] when all
    /// senders were dropped.
    ///
    /// # Panics
    ///
    /// In an interrupt or a timer's callback.
    ///
    /// ```no_run
    /// # let (sender, receiver) = rtt_mod::sync::mpsc::channel::<u32>();
    /// let message = receiver.recv_timeout(core::time::Duration::from_secs(1))?;
    /// # Ok::<(), rtt_mod::sync::mpsc::RecvTimeoutError>(())
    /// ```
    #[track_caller]
    pub fn recv_timeout(&self, timeout: Duration) -> Result<T, RecvTimeoutError> {
        self.channel.receive_timeout(timeout)
    }

    /// Returns an iterator that waits for messages, until all senders were dropped.
    ///
    /// ```no_run
    /// # let (sender, receiver) = rtt_mod::sync::mpsc::channel::<u32>();
    /// for message in receiver.iter() {
    ///     rtt_mod::println!("{message}");
    /// }
    /// ```
    pub fn iter(&self) -> Iter<'_, T> {
        Iter::new(self)
    }

    /// Returns an iterator over the messages that can be received without waiting.
    ///
    /// ```no_run
    /// # let (sender, receiver) = rtt_mod::sync::mpsc::channel::<u32>();
    /// for message in receiver.try_iter() {
    ///     rtt_mod::println!("{message}");
    /// }
    /// ```
    pub fn try_iter(&self) -> TryIter<'_, T> {
        TryIter::new(self)
    }
}

impl<T> Drop for Receiver<T> {
    fn drop(&mut self) {
        self.channel.remove_receiver();
    }
}

impl<T> fmt::Debug for Receiver<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Receiver").finish_non_exhaustive()
    }
}
