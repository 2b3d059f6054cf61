//! Join handles: handles of threads that return a value.

use core::{convert::Infallible, fmt, marker::PhantomData};

use crate::{Error, error::expect, sys::thread::Joint, thread::Thread};

/// The result of joining a thread. It is always `Ok`, since a panic in a thread ends the whole module.
///
/// It is a `Result` so that programs look the same as with `std`. `unwrap` generates no code.
///
/// ```no_run
/// # let answer = rtt_mod::thread::spawn(|| 42);
/// let Ok(value) = answer.join();
/// # let _ = value;
/// ```
pub type Result<T> = core::result::Result<T, Infallible>;

#[track_caller]
fn join<T>(joint: Joint<T>) -> T {
    expect(joint.join().and_then(|value| value.ok_or(Error::Other)))
}

fn debug<T>(joint: &Joint<T>, name: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    f.debug_struct(name).field("thread", joint.thread()).finish_non_exhaustive()
}

/// A handle of a thread that [`spawn`](crate::thread::spawn()) has started. When it is dropped, the thread goes on.
///
/// ```no_run
/// let answer = rtt_mod::thread::spawn(|| 42);
/// assert_eq!(answer.join(), Ok(42));
/// ```
pub struct JoinHandle<T>(Joint<T>);

impl<T> JoinHandle<T> {
    pub(super) fn new(joint: Joint<T>) -> Self {
        JoinHandle(joint)
    }

    /// Waits until the thread has returned, and returns its value.
    ///
    /// # Errors
    ///
    /// None: see [`Result`].
    ///
    /// # Panics
    ///
    /// In the thread itself, and in an interrupt or a timer's callback, if it would wait.
    ///
    /// ```no_run
    /// let answer = rtt_mod::thread::spawn(|| 42);
    /// assert_eq!(answer.join().unwrap(), 42);
    /// ```
    #[track_caller]
    pub fn join(self) -> Result<T> {
        Ok(join(self.0))
    }

    /// Returns whether the thread's closure has returned. Then [`join`](Self::join) does not wait for long.
    ///
    /// ```no_run
    /// let answer = rtt_mod::thread::spawn(|| 42);
    /// while !answer.is_finished() {
    ///     rtt_mod::thread::yield_now();
    /// }
    /// ```
    pub fn is_finished(&self) -> bool {
        self.0.has_value()
    }

    /// Returns a handle of the thread.
    ///
    /// ```no_run
    /// let parked = rtt_mod::thread::spawn(rtt_mod::thread::park);
    /// parked.thread().unpark();
    /// ```
    pub fn thread(&self) -> &Thread {
        self.0.thread()
    }
}

impl<T> fmt::Debug for JoinHandle<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(&self.0, "JoinHandle", f)
    }
}

/// A handle of a thread of a [`scope`](crate::thread::scope). The scope waits for the thread if nobody joins it.
///
/// ```no_run
/// let numbers = [1, 2, 3];
/// let sum = rtt_mod::thread::scope(|scope| scope.spawn(|| numbers.iter().sum::<u32>()).join());
/// assert_eq!(sum, Ok(6));
/// ```
pub struct ScopedJoinHandle<'scope, T>(Joint<T>, PhantomData<&'scope ()>);

impl<T> ScopedJoinHandle<'_, T> {
    pub(super) fn new(joint: Joint<T>) -> Self {
        ScopedJoinHandle(joint, PhantomData)
    }

    /// Waits until the thread has returned, and returns its value. See [`JoinHandle::join`].
    ///
    /// # Errors
    ///
    /// None: see [`Result`].
    ///
    /// # Panics
    ///
    /// In the thread itself.
    ///
    /// ```no_run
    /// let one = rtt_mod::thread::scope(|scope| scope.spawn(|| 1).join().unwrap());
    /// # let _ = one;
    /// ```
    #[track_caller]
    pub fn join(self) -> Result<T> {
        Ok(join(self.0))
    }

    /// Returns whether the thread's closure has returned. See [`JoinHandle::is_finished`].
    ///
    /// ```no_run
    /// rtt_mod::thread::scope(|scope| scope.spawn(|| 1).is_finished());
    /// ```
    pub fn is_finished(&self) -> bool {
        self.0.has_value()
    }

    /// Returns a handle of the thread. See [`JoinHandle::thread`].
    ///
    /// ```no_run
    /// use rtt_mod::thread;
    ///
    /// thread::scope(|scope| scope.spawn(thread::park).thread().unpark());
    /// ```
    pub fn thread(&self) -> &Thread {
        self.0.thread()
    }
}

impl<T> fmt::Debug for ScopedJoinHandle<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(&self.0, "ScopedJoinHandle", f)
    }
}
