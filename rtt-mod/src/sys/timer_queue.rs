//! The timer queue: the futures that wait for a time, in one intrusive list for all threads of the module.
//!
//! Each future is itself an entry of the list, so the queue has no limit, allocates nothing and needs no kernel timer.
//! A thread that waits for its future waits no longer than until the earliest time in the queue.

use core::{
    cell::UnsafeCell,
    fmt,
    marker::PhantomPinned,
    pin::Pin,
    ptr,
    task::{Context, Poll, Waker},
};

use super::{critical::without_other_threads, time};

/// A future that is ready at a point in time. [`sleep`](crate::task::sleep) makes it.
#[must_use = "a future does nothing before it is awaited"]
pub struct Sleep {
    time: u64,
    entry: UnsafeCell<Entry>,
    // The queue points here.
    _pinned: PhantomPinned,
}

/// The future's entry in the queue. It is accessed in critical sections only.
struct Entry {
    next: *const Sleep,
    /// `Some` while the entry is in the queue.
    waker: Option<Waker>,
}

/// The first entry. It is accessed in critical sections only.
struct Queue(UnsafeCell<*const Sleep>);

// SAFETY: critical sections keep all threads but one out, and interrupts are refused there.
unsafe impl Sync for Queue {}

static QUEUE: Queue = Queue(UnsafeCell::new(ptr::null()));

// SAFETY: the entry is accessed in critical sections only, and a waker is `Send`.
unsafe impl Send for Sleep {}
// SAFETY: as above; a shared reference gives access to nothing but the time.
unsafe impl Sync for Sleep {}

impl Sleep {
    /// Ready at `time`, in microseconds of the kernel's uptime.
    pub(crate) const fn until(time: u64) -> Self {
        let entry = Entry { next: ptr::null(), waker: None };
        Sleep { time, entry: UnsafeCell::new(entry), _pinned: PhantomPinned }
    }

    /// Enters the future into the queue. `waker` is used at its time.
    fn enqueue(self: Pin<&mut Self>, waker: Waker) {
        let this: *const Sleep = &*self;
        let replaced = without_other_threads(|| {
            // SAFETY: this is a critical section. `this` is pinned, and leaves the queue when it is dropped.
            unsafe {
                let entry = (*this).entry.get();
                if (*entry).waker.is_none() {
                    (*entry).next = *QUEUE.0.get();
                    *QUEUE.0.get() = this;
                }
                (*entry).waker.replace(waker)
            }
        });
        drop(replaced);
    }
}

impl Future for Sleep {
    type Output = ();

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        if time::uptime_micros() >= self.time {
            return Poll::Ready(());
        }
        self.enqueue(context.waker().clone());
        Poll::Pending
    }
}

impl Drop for Sleep {
    fn drop(&mut self) {
        let this: *const Sleep = self;
        // SAFETY: this is a critical section.
        let waker = without_other_threads(|| unsafe { remove(this) });
        drop(waker);
    }
}

impl fmt::Debug for Sleep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sleep").field("time", &self.time).finish_non_exhaustive()
    }
}

/// Wakes the futures whose time is not after `now`. Returns the earliest time of the others.
pub fn wake_expired(now: u64) -> Option<u64> {
    #[cfg(feature = "embassy-time")]
    if let Some(wake_second) = second::get() {
        return [wake_expired_sleeps(now), wake_second(now)].into_iter().flatten().min();
    }
    wake_expired_sleeps(now)
}

fn wake_expired_sleeps(now: u64) -> Option<u64> {
    loop {
        // SAFETY: this is a critical section.
        let (waker, earliest) = without_other_threads(|| unsafe {
            let earliest = earliest()?;
            let time = (*earliest).time;
            Some(if time <= now { (remove(earliest), time) } else { (None, time) })
        })?;
        match waker {
            // Outside of the section, since the waker may belong to any executor.
            Some(waker) => waker.wake(),
            None => return Some(earliest),
        }
    }
}

/// The entry with the earliest time.
///
/// # Safety
///
/// In a critical section only.
unsafe fn earliest() -> Option<*const Sleep> {
    // SAFETY: the caller's promise; entries are pinned while they are in the queue.
    unsafe {
        let mut earliest = *QUEUE.0.get();
        let mut sleep = earliest;
        while !sleep.is_null() {
            if (*sleep).time < (*earliest).time {
                earliest = sleep;
            }
            sleep = (*(*sleep).entry.get()).next;
        }
        if earliest.is_null() { None } else { Some(earliest) }
    }
}

/// Removes `sleep` from the queue. `None` if it is not in it.
///
/// # Safety
///
/// In a critical section only.
unsafe fn remove(sleep: *const Sleep) -> Option<Waker> {
    // SAFETY: the caller's promise; entries are pinned while they are in the queue.
    unsafe {
        let waker = (*(*sleep).entry.get()).waker.take()?;
        let mut link = QUEUE.0.get();
        while *link != sleep {
            link = &raw mut (*(**link).entry.get()).next;
        }
        *link = (*(*sleep).entry.get()).next;
        Some(waker)
    }
}

/// A second queue, which is linked only if the program uses it.
#[cfg(feature = "embassy-time")]
pub mod second {
    use core::{
        hint, mem, ptr,
        sync::atomic::{AtomicPtr, Ordering},
    };

    /// Does what [`wake_expired`](super::wake_expired) does, for the second queue.
    pub type WakeExpired = fn(u64) -> Option<u64>;

    static WAKE_EXPIRED: AtomicPtr<()> = AtomicPtr::new(ptr::null_mut());

    /// From now on [`wake_expired`](super::wake_expired) calls `wake` too.
    pub fn set(wake: WakeExpired) {
        // The black box keeps the compiler from making direct calls, which would link the queue into every program.
        WAKE_EXPIRED.store(hint::black_box(wake as *mut ()), Ordering::Release);
    }

    pub fn get() -> Option<WakeExpired> {
        let wake = WAKE_EXPIRED.load(Ordering::Acquire);
        // SAFETY: a pointer that is not null is a function of this type, by `set`.
        (!wake.is_null()).then(|| unsafe { mem::transmute::<*mut (), WakeExpired>(wake) })
    }
}
