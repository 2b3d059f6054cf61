//! Starting threads.

use crate::{
    Result,
    error::expect,
    sys::{
        entry::STACK_BYTES,
        thread::{self as sys, Options},
    },
    thread::{JoinHandle, Scope, ScopedJoinHandle},
};

/// Starts a thread that runs `work`: `rt_thread_create` and `rt_thread_startup`.
///
/// The thread has the caller's priority and a stack of 4 KiB, or 8 KiB on 64 bits. Use [`Builder`] for other values.
/// [`JoinHandle::join`] returns the value of `work`. If the handle is dropped the thread goes on, until `work` returns
/// or the module ends.
///
/// # Panics
///
/// When the kernel has no memory for the thread, and in an interrupt.
///
/// ```no_run
/// use rtt_mod::{println, thread};
///
/// let sum = thread::spawn(|| (1..=100).sum::<u32>());
/// println!("{}", sum.join().unwrap());
/// ```
#[track_caller]
pub fn spawn<F, T>(work: F) -> JoinHandle<T>
where
    F: FnOnce() -> T + Send + 'static,
    T: Send + 'static,
{
    expect(Builder::new().spawn(work))
}

/// The properties of a thread that is to be started.
///
/// ```no_run
/// use rtt_mod::thread::Builder;
///
/// let blink = Builder::new().name("blink").stack_size(1024).priority(12).spawn(|| 7)?;
/// assert_eq!(blink.join(), Ok(7));
/// # Ok::<(), rtt_mod::Error>(())
/// ```
#[derive(Clone, Copy, Debug)]
#[must_use = "a builder does not start a thread before `spawn` is called"]
pub struct Builder<'a>(Options<'a>);

impl<'a> Builder<'a> {
    /// A builder with the module's name, the caller's priority and a stack of 4 KiB, or 8 KiB on 64 bits.
    ///
    /// ```
    /// let builder = rtt_mod::thread::Builder::new();
    /// # let _ = builder;
    /// ```
    pub const fn new() -> Self {
        Builder(Options { name: "", stack_bytes: STACK_BYTES, time_slice: 0, priority: None })
    }

    /// Sets the name, which `list_thread` and panics show. The kernel keeps the first `RT_NAME_MAX - 1` bytes, which
    /// are 7 on many kernels.
    ///
    /// ```
    /// let builder = rtt_mod::thread::Builder::new().name("blink");
    /// # let _ = builder;
    /// ```
    pub const fn name(mut self, name: &'a str) -> Self {
        self.0.name = name;
        self
    }

    /// Sets the size of the stack in bytes, 512 to 32,768. Sizes outside of this range become the nearest one in it.
    ///
    /// The kernel's functions use the stack as well. Printing an integer takes about 300 bytes, `core::fmt` about 600,
    /// and formatting an `f64` 2,700. A stack overflow ends the module, on processors that can detect it.
    ///
    /// ```
    /// let builder = rtt_mod::thread::Builder::new().stack_size(1024);
    /// # let _ = builder;
    /// ```
    pub const fn stack_size(mut self, bytes: usize) -> Self {
        self.0.stack_bytes = if bytes > u32::MAX as usize { u32::MAX } else { bytes as u32 };
        self
    }

    /// Sets the priority. 0 is the highest. A priority that is lower than the kernel's lowest for programs becomes that
    /// one.
    ///
    /// ```
    /// let builder = rtt_mod::thread::Builder::new().priority(12);
    /// # let _ = builder;
    /// ```
    pub const fn priority(mut self, priority: u8) -> Self {
        self.0.priority = Some(priority);
        self
    }

    /// Sets the number of ticks for which the thread runs before another one of the same priority. 0 stands for the
    /// kernel's default.
    ///
    /// ```
    /// let builder = rtt_mod::thread::Builder::new().time_slice(5);
    /// # let _ = builder;
    /// ```
    pub const fn time_slice(mut self, ticks: u32) -> Self {
        self.0.time_slice = ticks;
        self
    }

    /// Starts the thread: see [`spawn`](spawn()).
    ///
    /// # Errors
    ///
    /// [`Error::OutOfMemory`](crate::Error::OutOfMemory) when the kernel has no memory for the thread, and
    /// [`Error::WouldWait`](crate::Error::WouldWait) in an interrupt.
    ///
    /// ```no_run
    /// let answer = rtt_mod::thread::Builder::new().spawn(|| 42)?;
    /// assert_eq!(answer.join(), Ok(42));
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn spawn<F, T>(self, work: F) -> Result<JoinHandle<T>>
    where
        F: FnOnce() -> T + Send + 'static,
        T: Send + 'static,
    {
        sys::spawn(self.0, work).map(JoinHandle::new)
    }

    /// Starts the thread in a scope: see [`scope`](crate::thread::scope).
    ///
    /// # Errors
    ///
    /// Those of [`spawn`](Self::spawn).
    ///
    /// ```no_run
    /// use rtt_mod::thread::{self, Builder};
    ///
    /// let name = "borrowed";
    /// thread::scope(|scope| {
    ///     Builder::new().stack_size(1024).spawn_scoped(scope, || rtt_mod::println!("{name}")).map(drop)
    /// })?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn spawn_scoped<'scope, F, T>(
        self,
        scope: &'scope Scope<'scope, '_>,
        work: F,
    ) -> Result<ScopedJoinHandle<'scope, T>>
    where
        F: FnOnce() -> T + Send + 'scope,
        T: Send + 'scope,
    {
        scope.start(self.0, work).map(ScopedJoinHandle::new)
    }
}

impl Default for Builder<'_> {
    fn default() -> Self {
        Self::new()
    }
}
