//! Channels with many senders and one receiver: in the shape of `std::sync::mpsc`.
//!
//! Messages are stored on the module's heap. Use [`MessageQueue`](super::MessageQueue) without a heap, or to send from
//! interrupts.
//!
//! ```no_run
//! use rtt_mod::sync::mpsc;
//!
//! let (sender, receiver) = mpsc::channel();
//! let other = sender.clone();
//! other.send("from one thread")?;
//! sender.send("from another")?;
//! drop((sender, other));
//! for message in receiver {
//!     rtt_mod::println!("{message}");
//! }
//! # Ok::<(), mpsc::SendError<&str>>(())
//! ```

mod channel;
mod error;
mod iter;
mod receiver;
mod sender;

pub use error::{RecvError, RecvTimeoutError, SendError, TryRecvError, TrySendError};
pub use iter::{IntoIter, Iter, TryIter};
pub use receiver::Receiver;
pub use sender::{Sender, SyncSender};

use super::Arc;
use channel::Channel;

/// Makes a channel with room for as many messages as the module's heap has memory for.
///
/// ```no_run
/// let (sender, receiver) = rtt_mod::sync::mpsc::channel::<u32>();
/// ```
pub fn channel<T>() -> (Sender<T>, Receiver<T>) {
    let channel = Arc::new(Channel::new(usize::MAX));
    (Sender::new(Arc::clone(&channel)), Receiver::new(channel))
}

/// Makes a channel with room for `bound` messages. When it is full, `send` waits. With a `bound` of 0, `send` returns
/// when the receiver has the message.
///
/// ```no_run
/// let (sender, receiver) = rtt_mod::sync::mpsc::sync_channel::<u32>(4);
/// ```
pub fn sync_channel<T>(bound: usize) -> (SyncSender<T>, Receiver<T>) {
    let channel = Arc::new(Channel::new(bound));
    (SyncSender::new(Arc::clone(&channel)), Receiver::new(channel))
}

#[cfg(test)]
mod tests;
