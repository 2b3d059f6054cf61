//! Message queues.

use core::{fmt, time::Duration};

use crate::{
    Error, Result,
    sys::{queue::Queue, time},
};

/// A queue that moves values from thread to thread: RT-Thread's `rt_mq`.
///
/// Values that are left in the queue are dropped with it. A value has at most 65,528 bytes.
///
/// ```no_run
/// use rtt_mod::sync::MessageQueue;
///
/// struct Reading {
///     channel: u8,
///     volts: f32,
/// }
///
/// static READINGS: MessageQueue<Reading> = MessageQueue::new(8);
///
/// READINGS.send(Reading { channel: 2, volts: 3.3 });
/// let reading = READINGS.receive();
/// ```
pub struct MessageQueue<T>(Queue<T>);

impl<T> MessageQueue<T> {
    /// An empty queue with room for `capacity` values, at least one.
    ///
    /// # Panics
    ///
    /// When `capacity` is 0: in a `static`, when it is compiled.
    ///
    /// ```
    /// static NAMES: rtt_mod::sync::MessageQueue<&str> = rtt_mod::sync::MessageQueue::new(8);
    /// ```
    pub const fn new(capacity: u16) -> Self {
        assert!(capacity > 0, "the capacity of a queue is at least 1");
        MessageQueue(Queue::new(capacity as u32))
    }

    /// Gives it a name. From then on it is in the list of the shell's command `list_msgqueue`. The kernel keeps `RT_NAME_MAX` - 1 bytes of the
    /// name, usually 7.
    ///
    /// # Errors
    ///
    /// [`Error::OutOfMemory`](crate::Error::OutOfMemory) if the kernel has no memory for it;
    /// [`Error::WouldWait`](crate::Error::WouldWait) if it is not made yet and this is an interrupt or a timer's callback.
    ///
    /// ```no_run
    /// use rtt_mod::sync::MessageQueue;
    ///
    /// static READY: MessageQueue<u32> = MessageQueue::new(4);
    ///
    /// READY.set_name("ready")?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn set_name(&self, name: &str) -> Result<()> {
        self.0.set_name(name)
    }

    /// Sends `value`, and waits for room without a limit: `rt_mq_send_wait` with `RT_WAITING_FOREVER`.
    ///
    /// # Panics
    ///
    /// In an interrupt or a timer's callback, if it would wait; and when the kernel has no memory for the queue.
    ///
    /// ```no_run
    /// # let queue = rtt_mod::sync::MessageQueue::new(1);
    /// queue.send("tick");
    /// ```
    #[track_caller]
    #[inline(always)]
    pub fn send(&self, value: T) {
        match self.0.send(value, time::FOREVER) {
            Ok(()) => (),
            Err((_, error)) => error.panic(),
        }
    }

    /// Sends `value` if there is room: `rt_mq_send`. Interrupts can call it too.
    ///
    /// # Errors
    ///
    /// [`Error::Full`] when the queue is full. The error contains the value.
    ///
    /// ```no_run
    /// # let queue = rtt_mod::sync::MessageQueue::new(1);
    /// if let Err(refused) = queue.try_send("tick") {
    ///     rtt_mod::println!("no room for {}", refused.value);
    /// }
    /// ```
    pub fn try_send(&self, value: T) -> Result<(), SendError<T>> {
        self.0.send(value, 0).map_err(SendError::new)
    }

    /// Sends `value`, and waits for room for at most `timeout`, which is rounded up to the kernel's tick.
    ///
    /// # Errors
    ///
    /// [`Error::TimedOut`] when the queue stays full; [`Error::WouldWait`] in an interrupt or a timer's callback. The
    /// error contains the value.
    ///
    /// ```no_run
    /// # let queue = rtt_mod::sync::MessageQueue::new(1);
    /// queue.send_timeout("tick", core::time::Duration::from_millis(100))?;
    /// # Ok::<(), rtt_mod::sync::SendError<&str>>(())
    /// ```
    pub fn send_timeout(&self, value: T, timeout: Duration) -> Result<(), SendError<T>> {
        self.0.send(value, time::milliseconds(timeout)).map_err(SendError::new)
    }

    /// Sends `value` ahead of all others, if there is room: `rt_mq_urgent`. Interrupts can call it too.
    ///
    /// # Errors
    ///
    /// [`Error::Full`] when the queue is full. The error contains the value.
    ///
    /// ```no_run
    /// # let queue = rtt_mod::sync::MessageQueue::new(1);
    /// queue.send_urgent("stop")?;
    /// # Ok::<(), rtt_mod::sync::SendError<&str>>(())
    /// ```
    pub fn send_urgent(&self, value: T) -> Result<(), SendError<T>> {
        self.0.send_urgent(value).map_err(SendError::new)
    }

    /// Receives the first value, and waits for one without a limit: `rt_mq_recv`.
    ///
    /// # Panics
    ///
    /// In an interrupt or a timer's callback, if it would wait; and when the kernel has no memory for the queue.
    ///
    /// ```no_run
    /// # let queue = rtt_mod::sync::MessageQueue::<&str>::new(1);
    /// let message = queue.receive();
    /// ```
    #[track_caller]
    #[inline(always)]
    pub fn receive(&self) -> T {
        crate::error::expect(self.0.receive(time::FOREVER))
    }

    /// Receives the first value, if there is one. Interrupts can call it too.
    ///
    /// # Errors
    ///
    /// [`Error::Empty`] when the queue is empty.
    ///
    /// ```no_run
    /// # let queue = rtt_mod::sync::MessageQueue::<&str>::new(1);
    /// while let Ok(message) = queue.try_receive() {
    ///     rtt_mod::println!("{message}");
    /// }
    /// ```
    pub fn try_receive(&self) -> Result<T> {
        self.0.receive(0)
    }

    /// Receives the first value, and waits for one for at most `timeout`, which is rounded up to the kernel's tick.
    ///
    /// # Errors
    ///
    /// [`Error::TimedOut`] when no value arrives in time; [`Error::WouldWait`] in an interrupt or a timer's callback.
    ///
    /// ```no_run
    /// # let queue = rtt_mod::sync::MessageQueue::<&str>::new(1);
    /// let message = queue.receive_timeout(core::time::Duration::from_secs(1))?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn receive_timeout(&self, timeout: Duration) -> Result<T> {
        self.0.receive(time::milliseconds(timeout))
    }
}

impl<T> fmt::Debug for MessageQueue<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MessageQueue").finish_non_exhaustive()
    }
}

/// The error of a send: the value that was not sent, and the reason.
///
/// ```no_run
/// # let queue = rtt_mod::sync::MessageQueue::new(1);
/// let refused: rtt_mod::sync::SendError<u32> = queue.try_send(7).unwrap_err();
/// assert_eq!((refused.value, refused.error), (7, rtt_mod::Error::Full));
/// ```
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct SendError<T> {
    /// The value that was not sent.
    pub value: T,
    /// The reason.
    pub error: Error,
}

impl<T> SendError<T> {
    fn new((value, error): (T, Error)) -> Self {
        SendError { value, error }
    }
}

impl<T> fmt::Debug for SendError<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SendError").field("error", &self.error).finish_non_exhaustive()
    }
}

impl<T> fmt::Display for SendError<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.error.fmt(f)
    }
}

impl<T> core::error::Error for SendError<T> {}

impl<T> From<SendError<T>> for Error {
    fn from(refused: SendError<T>) -> Self {
        refused.error
    }
}

#[cfg(test)]
mod tests {
    extern crate std;

    use std::{boxed::Box, rc::Rc, string::String, vec::Vec};

    use super::*;

    #[test]
    fn values_move_through_the_queue() {
        let queue = MessageQueue::new(2);
        queue.send(String::from("one"));
        queue.send(String::from("two"));
        let refused = queue.try_send(String::from("three")).unwrap_err();
        assert_eq!((refused.value.as_str(), refused.error), ("three", Error::Full));
        let refused = queue.send_timeout(refused.value, Duration::from_millis(1)).unwrap_err();
        assert_eq!((refused.value.as_str(), refused.error), ("three", Error::TimedOut));
        assert_eq!(queue.receive(), "one");
        assert!(queue.send_urgent(refused.value).is_ok());
        assert_eq!((queue.receive(), queue.receive()), ("three".into(), "two".into()));
        assert_eq!(queue.try_receive(), Err(Error::Empty));
        assert_eq!(queue.receive_timeout(Duration::from_millis(1)), Err(Error::TimedOut));
    }

    #[test]
    fn what_is_left_is_dropped_with_the_queue() {
        let value = Rc::new(());
        let queue = MessageQueue::new(4);
        (0..3).for_each(|_| queue.send(Rc::clone(&value)));
        drop(queue.receive());
        assert_eq!(Rc::strong_count(&value), 3);
        drop(queue);
        assert_eq!(Rc::strong_count(&value), 1);
    }

    #[test]
    fn a_queue_that_was_never_used_has_nothing_to_drop() {
        let before = rtt_mod_host::open_handles();
        drop(MessageQueue::<Box<u8>>::new(4));
        assert_eq!(rtt_mod_host::open_handles(), before);
    }

    #[test]
    fn values_without_a_size_are_counted() {
        struct Unit;
        let queue = MessageQueue::new(2);
        queue.send(Unit);
        queue.send(Unit);
        assert!(queue.try_send(Unit).is_err());
        let (Unit, Unit) = (queue.receive(), queue.receive());
        assert!(queue.try_receive().is_err());
    }

    #[test]
    fn references_and_gaps_come_through() {
        let text = String::from("text");
        let queue = MessageQueue::<(u8, &str, u32)>::new(1);
        queue.send((1, &text, 2));
        assert_eq!(queue.receive(), (1, "text", 2));
    }

    #[test]
    fn threads_send_to_one() {
        static QUEUE: MessageQueue<Box<u32>> = MessageQueue::new(2);
        std::thread::scope(|scope| {
            for thread in 0..3 {
                scope.spawn(move || (0..10).for_each(|n| QUEUE.send(Box::new(thread * 10 + n))));
            }
            let mut received: Vec<_> = (0..30).map(|_| *QUEUE.receive()).collect();
            received.sort();
            assert_eq!(received, (0..30).collect::<Vec<_>>());
        });
    }
}
