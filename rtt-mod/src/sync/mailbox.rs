//! Mailboxes.

use core::time::Duration;

use crate::{
    Result,
    error::expect,
    sys::{self, time},
};

/// A queue of `usize` values: RT-Thread's `rt_mailbox`.
///
/// It is the cheapest way to pass something to another thread. Use [`MessageQueue`](super::MessageQueue) for other
/// types.
///
/// ```no_run
/// use rtt_mod::sync::Mailbox;
///
/// static READINGS: Mailbox = Mailbox::new(8);
///
/// READINGS.send(812);
/// assert_eq!(READINGS.receive(), 812);
/// ```
#[derive(Debug)]
pub struct Mailbox(sys::mailbox::Mailbox);

impl Mailbox {
    /// An empty mailbox with room for `capacity` mails, at least one.
    ///
    /// # Panics
    ///
    /// When `capacity` is 0: in a `static`, when it is compiled.
    ///
    /// ```
    /// static READINGS: rtt_mod::sync::Mailbox = rtt_mod::sync::Mailbox::new(8);
    /// ```
    pub const fn new(capacity: u16) -> Self {
        assert!(capacity > 0, "the capacity of a mailbox is at least 1");
        Mailbox(sys::mailbox::Mailbox::new(capacity as u32))
    }

    /// Gives it a name. From then on it is in the list of the shell's command `list_mailbox`. The kernel keeps `RT_NAME_MAX` - 1 bytes of the
    /// name, usually 7.
    ///
    /// # Errors
    ///
    /// [`Error::OutOfMemory`](crate::Error::OutOfMemory) if the kernel has no memory for it;
    /// [`Error::WouldWait`](crate::Error::WouldWait) if it is not made yet and this is an interrupt or a timer's callback.
    ///
    /// ```no_run
    /// use rtt_mod::sync::Mailbox;
    ///
    /// static READY: Mailbox = Mailbox::new(4);
    ///
    /// READY.set_name("ready")?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn set_name(&self, name: &str) -> Result<()> {
        self.0.set_name(name)
    }

    /// Sends `mail`, and waits for room without a limit: `rt_mb_send_wait` with `RT_WAITING_FOREVER`.
    ///
    /// # Panics
    ///
    /// In an interrupt or a timer's callback, if it would wait; and when the kernel has no memory for the mailbox.
    ///
    /// ```no_run
    /// # let mailbox = rtt_mod::sync::Mailbox::new(1);
    /// mailbox.send(1);
    /// ```
    #[track_caller]
    pub fn send(&self, mail: usize) {
        expect(self.0.send(mail, time::FOREVER));
    }

    /// Sends `mail` if there is room: `rt_mb_send`. Interrupts can call it too.
    ///
    /// # Errors
    ///
    /// [`Error::Full`](crate::Error::Full) when the mailbox is full.
    ///
    /// ```no_run
    /// # let mailbox = rtt_mod::sync::Mailbox::new(1);
    /// if mailbox.try_send(1).is_err() {
    ///     rtt_mod::println!("a mail is lost");
    /// }
    /// ```
    pub fn try_send(&self, mail: usize) -> Result<()> {
        self.0.send(mail, 0)
    }

    /// Sends `mail`, and waits for room for at most `timeout`, which is rounded up to the kernel's tick.
    ///
    /// # Errors
    ///
    /// [`Error::TimedOut`](crate::Error::TimedOut) when the mailbox stays full;
    /// [`Error::WouldWait`](crate::Error::WouldWait) in an interrupt or a timer's callback.
    ///
    /// ```no_run
    /// # let mailbox = rtt_mod::sync::Mailbox::new(1);
    /// mailbox.send_timeout(1, core::time::Duration::from_millis(100))?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn send_timeout(&self, mail: usize, timeout: Duration) -> Result<()> {
        self.0.send(mail, time::milliseconds(timeout))
    }

    /// Receives the oldest mail, and waits for one without a limit: `rt_mb_recv`.
    ///
    /// # Panics
    ///
    /// In an interrupt or a timer's callback, if it would wait; and when the kernel has no memory for the mailbox.
    ///
    /// ```no_run
    /// # let mailbox = rtt_mod::sync::Mailbox::new(1);
    /// let mail = mailbox.receive();
    /// ```
    #[track_caller]
    pub fn receive(&self) -> usize {
        expect(self.0.receive(time::FOREVER))
    }

    /// Receives the oldest mail, if there is one. Interrupts can call it too.
    ///
    /// # Errors
    ///
    /// [`Error::Empty`](crate::Error::Empty) when the mailbox is empty.
    ///
    /// ```no_run
    /// # let mailbox = rtt_mod::sync::Mailbox::new(1);
    /// while let Ok(mail) = mailbox.try_receive() {
    ///     rtt_mod::println!("{mail}");
    /// }
    /// ```
    pub fn try_receive(&self) -> Result<usize> {
        self.0.receive(0)
    }

    /// Receives the oldest mail, and waits for one for at most `timeout`, which is rounded up to the kernel's tick.
    ///
    /// # Errors
    ///
    /// [`Error::TimedOut`](crate::Error::TimedOut) when no mail arrives in time;
    /// [`Error::WouldWait`](crate::Error::WouldWait) in an interrupt or a timer's callback.
    ///
    /// ```no_run
    /// # let mailbox = rtt_mod::sync::Mailbox::new(1);
    /// let mail = mailbox.receive_timeout(core::time::Duration::from_secs(1))?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn receive_timeout(&self, timeout: Duration) -> Result<usize> {
        self.0.receive(time::milliseconds(timeout))
    }
}

#[cfg(test)]
mod tests {
    extern crate std;

    use super::*;
    use crate::Error;

    #[test]
    fn mails_come_in_order_until_there_is_no_room() {
        let mailbox = Mailbox::new(2);
        mailbox.send(1);
        mailbox.send(usize::MAX);
        assert_eq!(mailbox.try_send(3), Err(Error::Full));
        assert_eq!(mailbox.send_timeout(3, Duration::from_millis(1)), Err(Error::TimedOut));
        assert_eq!((mailbox.receive(), mailbox.receive()), (1, usize::MAX));
        assert_eq!(mailbox.try_receive(), Err(Error::Empty));
        assert_eq!(mailbox.receive_timeout(Duration::from_millis(1)), Err(Error::TimedOut));
    }

    #[test]
    fn who_sends_too_much_waits_for_who_receives() {
        static MAILBOX: Mailbox = Mailbox::new(1);
        let sender = std::thread::spawn(|| (0..20).for_each(|mail| MAILBOX.send(mail)));
        assert!((0..20).all(|mail| MAILBOX.receive() == mail));
        sender.join().unwrap();
    }
}
