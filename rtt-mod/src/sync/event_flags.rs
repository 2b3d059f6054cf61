//! Event flags.

use core::time::Duration;

use crate::{
    Result,
    error::expect,
    sys::{
        event::{Event, Then, Which},
        time,
    },
};

/// 32 flags that threads wait for: RT-Thread's `rt_event`.
///
/// Each bit of a `u32` is a flag. A wait names at least one flag, and either clears the flags that it returns or leaves
/// them set for other threads. Threads of higher priority are woken first.
///
/// ```no_run
/// use rtt_mod::sync::EventFlags;
///
/// const RECEIVED: u32 = 1 << 0;
/// const STOPPED: u32 = 1 << 1;
///
/// static EVENTS: EventFlags = EventFlags::new();
///
/// loop {
///     let events = EVENTS.wait_any(RECEIVED | STOPPED);
///     if events & STOPPED != 0 {
///         break;
///     }
/// }
/// ```
#[derive(Debug)]
pub struct EventFlags(Event);

/// Defines the wait functions of each kind.
macro_rules! waits {
    ($($wait:ident, $try_wait:ident, $wait_timeout:ident: $which:ident, $then:ident, $does:literal, $constants:literal;)*) => {$(
        #[doc = concat!("Waits until ", $does, ": `rt_event_recv` with ", $constants, ".")]
        ///
        /// Returns those of `flags` that were set.
        ///
        /// # Panics
        ///
        /// When `flags` is 0; in an interrupt or a timer's callback; and when the kernel has no memory for the flags.
        ///
        /// ```no_run
        /// # let events = rtt_mod::sync::EventFlags::new();
        #[doc = concat!("let which = events.", stringify!($wait), "(0b101);")]
        /// ```
        #[track_caller]
        pub fn $wait(&self, flags: u32) -> u32 {
            expect(self.0.wait(flags, Which::$which, Then::$then, time::FOREVER))
        }

        #[doc = concat!("Does the same as [`", stringify!($wait), "`](EventFlags::", stringify!($wait), "), without waiting.")]
        ///
        /// # Errors
        ///
        /// [`Error::TimedOut`](crate::Error::TimedOut) when the flags are not set;
        /// [`Error::WouldWait`](crate::Error::WouldWait) in an interrupt or a timer's callback.
        ///
        /// ```no_run
        /// # let events = rtt_mod::sync::EventFlags::new();
        #[doc = concat!("if events.", stringify!($try_wait), "(0b101).is_ok() {")]
        ///     rtt_mod::println!("set");
        /// }
        /// ```
        pub fn $try_wait(&self, flags: u32) -> Result<u32> {
            self.0.wait(flags, Which::$which, Then::$then, 0)
        }

        #[doc = concat!("Does the same as [`", stringify!($wait), "`](EventFlags::", stringify!($wait), "),")]
        /// but waits for at most `timeout`, which is rounded up to the kernel's tick.
        ///
        /// # Errors
        ///
        /// [`Error::TimedOut`](crate::Error::TimedOut) when the flags are not set in time;
        /// [`Error::WouldWait`](crate::Error::WouldWait) in an interrupt or a timer's callback.
        ///
        /// ```no_run
        /// # let events = rtt_mod::sync::EventFlags::new();
        #[doc = concat!("events.", stringify!($wait_timeout), "(0b101, core::time::Duration::from_millis(100))?;")]
        /// # Ok::<(), rtt_mod::Error>(())
        /// ```
        pub fn $wait_timeout(&self, flags: u32, timeout: Duration) -> Result<u32> {
            self.0.wait(flags, Which::$which, Then::$then, time::milliseconds(timeout))
        }
    )*};
}

impl EventFlags {
    /// 32 flags, none of which is set.
    ///
    /// ```
    /// static EVENTS: rtt_mod::sync::EventFlags = rtt_mod::sync::EventFlags::new();
    /// ```
    pub const fn new() -> Self {
        EventFlags(Event::new())
    }

    /// Gives it a name. From then on it is in the list of the shell's command `list_event`. The kernel keeps `RT_NAME_MAX` - 1 bytes of the
    /// name, usually 7.
    ///
    /// # Errors
    ///
    /// [`Error::OutOfMemory`](crate::Error::OutOfMemory) if the kernel has no memory for it;
    /// [`Error::WouldWait`](crate::Error::WouldWait) if it is not made yet and this is an interrupt or a timer's callback.
    ///
    /// ```no_run
    /// use rtt_mod::sync::EventFlags;
    ///
    /// static READY: EventFlags = EventFlags::new();
    ///
    /// READY.set_name("ready")?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn set_name(&self, name: &str) -> Result<()> {
        self.0.set_name(name)
    }

    /// Sets `flags`, and leaves the others as they are: `rt_event_send`. Interrupts can call it too.
    ///
    /// # Panics
    ///
    /// When the kernel has no memory for the flags; and in an interrupt, if this is their first use.
    ///
    /// ```no_run
    /// # let events = rtt_mod::sync::EventFlags::new();
    /// events.set(0b101);
    /// ```
    #[track_caller]
    pub fn set(&self, flags: u32) {
        expect(self.0.set(flags));
    }

    waits! {
        wait_any, try_wait_any, wait_any_timeout: Any, Clear,
            "any of `flags` is set, and clears those that are",
            "`RT_EVENT_FLAG_OR | RT_EVENT_FLAG_CLEAR`";
        wait_all, try_wait_all, wait_all_timeout: All, Clear,
            "all of `flags` are set, and clears them",
            "`RT_EVENT_FLAG_AND | RT_EVENT_FLAG_CLEAR`";
        peek_any, try_peek_any, peek_any_timeout: Any, Keep,
            "any of `flags` is set, and leaves them set",
            "`RT_EVENT_FLAG_OR`";
        peek_all, try_peek_all, peek_all_timeout: All, Keep,
            "all of `flags` are set, and leaves them set",
            "`RT_EVENT_FLAG_AND`";
    }
}

impl Default for EventFlags {
    fn default() -> Self {
        EventFlags::new()
    }
}

#[cfg(test)]
mod tests {
    extern crate std;

    use super::*;
    use crate::Error;

    #[test]
    fn any_of_the_flags_is_enough() {
        let events = EventFlags::new();
        events.set(0b0110);
        assert_eq!(events.try_wait_any(0b1000), Err(Error::TimedOut));
        assert_eq!(events.peek_any(0b0011), 0b0010);
        assert_eq!(events.wait_any(0b0011), 0b0010);
        assert_eq!(events.try_peek_any(0b0011), Err(Error::TimedOut));
        assert_eq!(events.wait_any(!0), 0b0100);
    }

    #[test]
    fn all_of_the_flags_are_needed() {
        let events = EventFlags::new();
        events.set(0b01);
        assert_eq!(events.wait_all_timeout(0b11, Duration::from_millis(1)), Err(Error::TimedOut));
        events.set(0b10);
        assert_eq!(events.peek_all(0b11), 0b11);
        assert_eq!(events.wait_all(0b11), 0b11);
        assert_eq!(events.try_wait_any(0b11), Err(Error::TimedOut));
    }

    #[test]
    fn a_wait_for_nothing_is_refused() {
        assert_eq!(EventFlags::new().try_wait_any(0), Err(Error::InvalidInput));
    }

    #[test]
    fn who_waits_is_woken_by_who_sets() {
        static EVENTS: EventFlags = EventFlags::new();
        let waiter = std::thread::spawn(|| EVENTS.wait_all(0b11));
        EVENTS.set(0b01);
        EVENTS.set(0b10);
        assert_eq!(waiter.join().unwrap(), 0b11);
    }
}
