//! Threads as such: the calling one, and handles of any.

use core::{fmt, time::Duration};

use crate::{
    Error, Result,
    error::expect,
    sys::{thread as sys, time},
};

/// The calling thread: `rt_thread_self`.
///
/// In a shell command or a driver of the module's it is the thread of whoever calls it.
///
/// # Panics
///
/// In an interrupt, and when the kernel has no memory for the handle of a thread that [`spawn`](super::spawn()) did not
/// start.
///
/// ```no_run
/// use rtt_mod::{println, thread};
///
/// println!("this is {}", thread::current().name().unwrap_or("?"));
/// ```
#[track_caller]
pub fn current() -> Thread {
    Thread(expect(sys::Thread::current()))
}

/// Waits until another thread [unparks](Thread::unpark) the calling one, unless one has done so since it was parked last.
///
/// # Panics
///
/// In an interrupt or a timer's call if it would wait, and as [`current`] does.
///
/// ```no_run
/// use rtt_mod::thread;
///
/// let main = thread::current();
/// thread::spawn(move || main.unpark());
/// thread::park();
/// ```
#[track_caller]
pub fn park() {
    expect(sys::park(time::FOREVER));
}

/// As [`park`], but no longer than `timeout`, which is rounded up to the kernel's tick.
///
/// # Panics
///
/// As [`park`] does.
///
/// ```no_run
/// rtt_mod::thread::park_timeout(core::time::Duration::from_millis(100));
/// ```
#[track_caller]
pub fn park_timeout(timeout: Duration) {
    match sys::park(time::milliseconds(timeout)) {
        Err(Error::TimedOut) => (),
        result => expect(result),
    }
}

/// A thread: one of the module's, or one that calls its functions. Clones are handles of the same.
///
/// It may have ended; its name and [`unpark`](Self::unpark) are still good then, and other calls return
/// [`Error::NotFound`].
#[derive(Clone)]
pub struct Thread(pub(super) sys::Thread);

impl Thread {
    /// Its name, as the kernel keeps it; `None` if that is not UTF-8.
    ///
    /// ```no_run
    /// let name = rtt_mod::thread::current();
    /// assert_eq!(name.name(), Some("main"));
    /// ```
    pub fn name(&self) -> Option<&str> {
        core::str::from_utf8(self.0.name()).ok()
    }

    /// What tells it apart from all other threads that there is a handle of.
    ///
    /// ```no_run
    /// let other = rtt_mod::thread::spawn(|| ());
    /// assert_ne!(other.thread().id(), rtt_mod::thread::current().id());
    /// ```
    pub fn id(&self) -> ThreadId {
        ThreadId(self.0.address())
    }

    /// Ends its [`park`], or the next one. From interrupts too.
    ///
    /// ```no_run
    /// let waiting = rtt_mod::thread::spawn(rtt_mod::thread::park);
    /// waiting.thread().unpark();
    /// ```
    pub fn unpark(&self) {
        // The kernel has no reason to refuse it.
        let _ = self.0.unpark();
    }

    /// Its priority: 0 is the highest. A mutex that it holds may have lent it that of who waits for it.
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`] when it has ended, and [`Error::PermissionDenied`] when it is not the module's.
    ///
    /// ```no_run
    /// rtt_mod::println!("{}", rtt_mod::thread::current().priority()?);
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn priority(&self) -> Result<u8> {
        self.0.priority()
    }

    /// Changes its priority: `rt_thread_control` with `RT_THREAD_CTRL_CHANGE_PRIORITY`. What is lower than
    /// [`Builder::priority`](super::Builder::priority) can have becomes the lowest.
    ///
    /// # Errors
    ///
    /// Those of [`priority`](Self::priority).
    ///
    /// ```no_run
    /// rtt_mod::thread::current().set_priority(25)?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn set_priority(&self, priority: u8) -> Result<()> {
        self.0.set_priority(priority)
    }

    /// Keeps it from running until it is [resumed](Self::resume): `rt_thread_suspend`.
    ///
    /// It is stopped wherever it is, with all locks that it has. Of itself a thread is suspended as well.
    ///
    /// # Errors
    ///
    /// [`Error::Busy`] while it waits for something, as in a sleep, or is in a call of the kernel's that must not stop;
    /// [`Error::WouldWait`] when an interrupt or a timer's call would suspend itself; [`Error::Unsupported`] for another
    /// than the calling thread on RT-Thread 4.1 to 5.2, where a thread suspends none but itself; and those of
    /// [`priority`](Self::priority).
    ///
    /// ```no_run
    /// let counter = rtt_mod::thread::spawn(|| loop {});
    /// counter.thread().suspend()?;
    /// counter.thread().resume()?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn suspend(&self) -> Result<()> {
        self.0.suspend()
    }

    /// Lets it run again after [`suspend`](Self::suspend): `rt_thread_resume`.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidInput`] when it is not suspended, and those of [`priority`](Self::priority).
    ///
    /// ```no_run
    /// # let counter = rtt_mod::thread::spawn(|| loop {});
    /// # counter.thread().suspend()?;
    /// counter.thread().resume()?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn resume(&self) -> Result<()> {
        self.0.resume()
    }
}

impl fmt::Debug for Thread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Thread").field("name", &self.name()).finish_non_exhaustive()
    }
}

/// Tells threads apart: see [`Thread::id`].
///
/// ```no_run
/// use rtt_mod::thread;
///
/// assert_eq!(thread::current().id(), thread::current().id());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ThreadId(usize);
