//! The end that receives.

use core::{fmt, marker::PhantomData, time::Duration};

use super::{Iter, RecvError, RecvTimeoutError, TryIter, TryRecvError, channel::Channel};
use crate::sync::Arc;

/// The receiving end of a [`channel`](super::channel) or a [`sync_channel`](super::sync_channel).
///
/// Messages that were sent are received, even after all senders have gone.
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

/// What has a phantom of this is not `Sync`, and the compiler says so in these words.
trait OneThreadReceives {}

impl<T> Receiver<T> {
    pub(super) fn new(channel: Arc<Channel<T>>) -> Self {
        Receiver { channel, of_one_thread: PhantomData }
    }

    /// The next message, for which it waits as long as it takes.
    ///
    /// # Errors
    ///
    /// When there is none, and all senders have gone.
    ///
    /// # Panics
    ///
    /// In an interrupt and in a timer's call.
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

    /// The next message, if there is one.
    ///
    /// # Errors
    ///
    /// When there is none; another one says that all senders have gone.
    ///
    /// # Panics
    ///
    /// In an interrupt and in a timer's call.
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

    /// The next message, for which it waits no longer than `timeout`, rounded up to the kernel's tick.
    ///
    /// # Errors
    ///
    /// When there is none until then; another one says that all senders have gone.
    ///
    /// # Panics
    ///
    /// In an interrupt and in a timer's call.
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

    /// All messages until the last sender goes.
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

    /// The messages that are there, without a wait.
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
