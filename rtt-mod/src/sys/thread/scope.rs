//! Scopes: threads that borrow, and that have returned before the scope ends.

use core::{
    cell::Cell,
    fmt,
    marker::PhantomData,
    ptr::{self, NonNull},
};

use super::{
    super::{block, critical},
    Joint, Options, Thread, packet,
};
use crate::{Result, error::expect};

/// A scope in which threads are started that may borrow local variables: see [`scope`].
///
/// ```no_run
/// use rtt_mod::thread::{self, Scope};
///
/// fn start<'scope>(scope: &'scope Scope<'scope, '_>, name: &'scope str) {
///     scope.spawn(move || rtt_mod::println!("{name}"));
/// }
/// let name = "borrowed";
/// thread::scope(|scope| start(scope, name));
/// ```
pub struct Scope<'scope, 'env: 'scope> {
    /// The threads that were started, the newest first, or null. Changed in critical sections.
    ///
    /// The list has raw pointers, so that no drop glue runs through it recursively.
    started: Cell<*mut Started>,
    /// Invariant in both, as `std`'s.
    scope: PhantomData<&'scope mut &'scope ()>,
    env: PhantomData<&'env mut &'env ()>,
}

/// An entry of the list, in a block of its own.
struct Started {
    /// `None` before the thread is there.
    thread: Option<Thread>,
    next: *mut Started,
}

// SAFETY: `started` is accessed in critical sections only.
unsafe impl Sync for Scope<'_, '_> {}

/// Runs `work`, which can start threads that borrow local variables. All of them have returned before this function
/// returns.
///
/// # Panics
///
/// In an interrupt or a timer's callback, where nothing may wait.
///
/// ```no_run
/// use rtt_mod::{println, thread};
///
/// let readings = [3, 1, 4, 1, 5];
/// let (left, right) = readings.split_at(2);
/// let sum = thread::scope(|scope| {
///     let left = scope.spawn(|| left.iter().sum::<u32>());
///     let right = scope.spawn(|| right.iter().sum::<u32>());
///     left.join().unwrap() + right.join().unwrap()
/// });
/// println!("{sum}");
/// ```
#[track_caller]
pub fn scope<'env, F, T>(work: F) -> T
where
    F: for<'scope> FnOnce(&'scope Scope<'scope, 'env>) -> T,
{
    expect(super::may_wait());
    let scope = Scope { started: Cell::new(ptr::null_mut()), scope: PhantomData, env: PhantomData };
    let _joined = JoinAtEnd(&scope);
    work(&scope)
}

/// Joins the threads, also when `work` panics on a PC and unwinds. In a module a panic does not unwind.
struct JoinAtEnd<'a, 'scope, 'env>(&'a Scope<'scope, 'env>);

impl Drop for JoinAtEnd<'_, '_, '_> {
    fn drop(&mut self) {
        while let Some(thread) = self.0.take() {
            expect(thread.join());
        }
    }
}

impl<'scope> Scope<'scope, '_> {
    /// Starts a thread, for which the scope waits.
    pub(crate) fn start<F, T>(&'scope self, options: Options<'_>, work: F) -> Result<Joint<T>>
    where
        F: FnOnce() -> T + Send + 'scope,
        T: Send + 'scope,
    {
        // Before the thread: without an entry, nobody would join it.
        let entry = block::filled(Started { thread: None, next: ptr::null_mut() })?;
        // SAFETY: `scope` joins the thread before it returns, and `'scope` lasts until then.
        match unsafe { packet::spawn_borrowing(options, work) } {
            Ok(joint) => {
                // SAFETY: the entry is not in the list yet, so nobody else has it.
                unsafe { (*entry.as_ptr()).thread = Some(joint.thread().0.clone()) };
                self.push(entry);
                Ok(joint)
            }
            Err(error) => {
                // SAFETY: as above.
                unsafe { block::free(entry) };
                Err(error)
            }
        }
    }

    fn push(&self, entry: NonNull<Started>) {
        critical::without_other_threads(|| {
            // SAFETY: the entry is not in the list yet, so nobody else has it.
            unsafe { (*entry.as_ptr()).next = self.started.get() };
            self.started.set(entry.as_ptr());
        });
    }

    /// The newest thread that nobody has taken yet.
    fn take(&self) -> Option<Thread> {
        let newest = critical::without_other_threads(|| {
            let newest = NonNull::new(self.started.get())?;
            // SAFETY: an entry stays in its block until it is taken, and other threads are kept out.
            self.started.set(unsafe { newest.as_ref().next });
            Some(newest)
        })?;
        // SAFETY: it is not in the list any more, so this is the only one that has it.
        unsafe {
            let thread = (*newest.as_ptr()).thread.take();
            block::free(newest);
            thread
        }
    }
}

impl fmt::Debug for Scope<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Scope").finish_non_exhaustive()
    }
}
