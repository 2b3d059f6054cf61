//! The calling thread, and handles of threads.

use core::{fmt, num::NonZero, time::Duration};

use crate::{
    Error, Result,
    error::expect,
    sys::{thread as sys, time},
};

/// Returns a handle of the calling thread: `rt_thread_self`.
///
/// In a shell command or a driver of the module, this is the thread of the caller.
///
/// # Panics
///
/// In an interrupt. Also in a thread that [`spawn`](super::spawn()) has not started, when the kernel has no memory for
/// its handle.
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

/// Returns the number of processors that run threads: 1, unless the kernel is built with `RT_USING_SMP`.
///
/// # Errors
///
/// None. It is a `Result` as in `std`.
///
/// ```no_run
/// let workers = rtt_mod::thread::available_parallelism()?.get();
/// # Ok::<(), rtt_mod::Error>(())
/// ```
pub fn available_parallelism() -> Result<NonZero<usize>> {
    NonZero::new(sys::processors()).ok_or(Error::Other)
}

/// Returns whether the calling code may wait: `false` in an interrupt and in a timer's callback.
///
/// ```no_run
/// if rtt_mod::thread::may_wait() {
///     rtt_mod::thread::sleep(core::time::Duration::from_millis(1));
/// }
/// ```
pub fn may_wait() -> bool {
    sys::may_wait().is_ok()
}

/// Waits until another thread [unparks](Thread::unpark) the calling thread. Returns at once if one has done so since
/// the last `park`.
///
/// # Panics
///
/// In an interrupt or a timer's callback, if it would wait; and where [`current`] panics.
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

/// Does the same as [`park`], but for at most `timeout`, which is rounded up to the kernel's tick.
///
/// # Panics
///
/// Where [`park`] panics.
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

/// A handle of a thread of the module, or of a thread that calls the module's functions. Clones are handles of the same
/// thread.
///
/// The thread may have ended. Then its name and [`unpark`](Self::unpark) can still be used, and other functions return
/// [`Error::NotFound`].
#[derive(Clone)]
#[repr(transparent)]
pub struct Thread(pub(crate) sys::Thread);

impl Thread {
    /// Returns the name that the kernel has for the thread; `None` if it is not UTF-8.
    ///
    /// ```no_run
    /// let name = rtt_mod::thread::current();
    /// assert_eq!(name.name(), Some("main"));
    /// ```
    pub fn name(&self) -> Option<&str> {
        core::str::from_utf8(self.0.name()).ok()
    }

    /// Returns an identifier, which no other thread has while a handle of this one exists.
    ///
    /// ```no_run
    /// let other = rtt_mod::thread::spawn(|| ());
    /// assert_ne!(other.thread().id(), rtt_mod::thread::current().id());
    /// ```
    pub fn id(&self) -> ThreadId {
        ThreadId(self.0.address())
    }

    /// Ends the thread's [`park`], or its next one. Interrupts can call it too.
    ///
    /// ```no_run
    /// let waiting = rtt_mod::thread::spawn(rtt_mod::thread::park);
    /// waiting.thread().unpark();
    /// ```
    pub fn unpark(&self) {
        // The kernel does not refuse it.
        let _ = self.0.unpark();
    }

    /// Returns the thread's priority. 0 is the highest. While the thread holds a mutex it may have inherited the
    /// priority of a thread that waits for it.
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`] when the thread has ended, and [`Error::PermissionDenied`] when it does not belong to the
    /// module.
    ///
    /// ```no_run
    /// rtt_mod::println!("{}", rtt_mod::thread::current().priority()?);
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn priority(&self) -> Result<u8> {
        self.0.priority()
    }

    /// Changes the thread's priority: `rt_thread_control` with `RT_THREAD_CTRL_CHANGE_PRIORITY`. The range is that of
    /// [`Builder::priority`](super::Builder::priority).
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

    /// Stops the thread until it is [resumed](Self::resume): `rt_thread_suspend`.
    ///
    /// The thread stops at any point of its program, and keeps the locks that it holds. A thread can suspend itself.
    ///
    /// # Errors
    ///
    /// [`Error::Busy`] while the thread waits, for example in a sleep, or is in a call of the kernel that must not
    /// stop; [`Error::WouldWait`] when an interrupt or a timer's callback would suspend itself; [`Error::Unsupported`]
    /// on RT-Thread 4.1 to 5.2, where a thread can only suspend itself; and those of [`priority`](Self::priority).
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

    /// Lets the thread run again after [`suspend`](Self::suspend): `rt_thread_resume`.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidInput`] when the thread is not suspended, and those of [`priority`](Self::priority).
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

/// An identifier of a thread: see [`Thread::id`].
///
/// ```no_run
/// use rtt_mod::thread;
///
/// assert_eq!(thread::current().id(), thread::current().id());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ThreadId(usize);
