//! Mailboxes.

use core::time::Duration;

use crate::{
    Result,
    error::expect,
    sys::{self, time},
};

/// A queue of numbers as large as an address: RT-Thread's `rt_mailbox`.
///
/// It is the cheapest way to hand something to another thread. For other values there is
/// [`MessageQueue`](super::MessageQueue).
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
        assert!(capacity > 0, "a mailbox has room for a mail");
        Mailbox(sys::mailbox::Mailbox::new(capacity as u32))
    }

    /// Sends `mail`, and waits for room as long as it takes: `rt_mb_send_wait` with `RT_WAITING_FOREVER`.
    ///
    /// # Panics
    ///
    /// In an interrupt and in a timer's call, if it would wait; and when the kernel has no memory for the mailbox.
    ///
    /// ```no_run
    /// # let mailbox = rtt_mod::sync::Mailbox::new(1);
    /// mailbox.send(1);
    /// ```
    #[track_caller]
    pub fn send(&self, mail: usize) {
        expect(self.0.send(mail, time::FOREVER));
    }

    /// Sends `mail` if there is room: `rt_mb_send`. From interrupts too.
    ///
    /// # Errors
    ///
    /// [`Error::Full`](crate::Error::Full) without room.
    ///
    /// ```no_run
    /// # let mailbox = rtt_mod::sync::Mailbox::new(1);
    /// if mailbox.try_send(1).is_err() {
    ///     rtt_mod::println!("one is lost");
    /// }
    /// ```
    pub fn try_send(&self, mail: usize) -> Result<()> {
        self.0.send(mail, 0)
    }

    /// Sends `mail`, and waits for room no longer than `timeout`, which is rounded up to the kernel's tick.
    ///
    /// # Errors
    ///
    /// [`Error::TimedOut`](crate::Error::TimedOut) without room until then;
    /// [`Error::WouldWait`](crate::Error::WouldWait) in an interrupt and in a timer's call.
    ///
    /// ```no_run
    /// # let mailbox = rtt_mod::sync::Mailbox::new(1);
    /// mailbox.send_timeout(1, core::time::Duration::from_millis(100))?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn send_timeout(&self, mail: usize, timeout: Duration) -> Result<()> {
        self.0.send(mail, time::milliseconds(timeout))
    }

    /// Takes the oldest mail, and waits for one as long as it takes: `rt_mb_recv`.
    ///
    /// # Panics
    ///
    /// In an interrupt and in a timer's call, if it would wait; and when the kernel has no memory for the mailbox.
    ///
    /// ```no_run
    /// # let mailbox = rtt_mod::sync::Mailbox::new(1);
    /// let mail = mailbox.receive();
    /// ```
    #[track_caller]
    pub fn receive(&self) -> usize {
        expect(self.0.receive(time::FOREVER))
    }

    /// Takes the oldest mail, if there is one. From interrupts too.
    ///
    /// # Errors
    ///
    /// [`Error::Empty`](crate::Error::Empty) without a mail.
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

    /// Takes the oldest mail, and waits for one no longer than `timeout`, which is rounded up to the kernel's tick.
    ///
    /// # Errors
    ///
    /// [`Error::TimedOut`](crate::Error::TimedOut) without a mail until then;
    /// [`Error::WouldWait`](crate::Error::WouldWait) in an interrupt and in a timer's call.
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
