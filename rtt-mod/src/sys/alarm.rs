//! The futures that wait for a time, in one list for all threads of the module.
//!
//! Each is a member of the list itself, so there is neither a limit nor an allocation, and no timer of the kernel's. A
//! thread that waits for its future does not wait beyond the nearest time in the list.

use core::{
    cell::UnsafeCell,
    fmt,
    marker::PhantomPinned,
    pin::Pin,
    ptr,
    task::{Context, Poll, Waker},
};

use super::{critical::without_other_threads, time};

/// A future that is ready at its time. Made by [`sleep`](crate::task::sleep).
#[must_use = "a future does nothing before it is awaited"]
pub struct Sleep {
    time: u64,
    member: UnsafeCell<Member>,
    // The list points here.
    _pinned: PhantomPinned,
}

/// What only those in a critical section look at.
struct Member {
    next: *const Sleep,
    /// Of who is in the list.
    waker: Option<Waker>,
}

/// The first member. Looked at in critical sections only.
struct List(UnsafeCell<*const Sleep>);

// SAFETY: critical sections keep all threads but one out, and no interrupt comes here.
unsafe impl Sync for List {}

static LIST: List = List(UnsafeCell::new(ptr::null()));

// SAFETY: what is in the cell is looked at in critical sections only, by whichever thread.
unsafe impl Send for Sleep {}
// SAFETY: as above; a shared reference gives nothing but the time.
unsafe impl Sync for Sleep {}

impl Sleep {
    /// Ready at `time`, in microseconds of the kernel's uptime.
    pub(crate) const fn until(time: u64) -> Self {
        let member = Member { next: ptr::null(), waker: None };
        Sleep { time, member: UnsafeCell::new(member), _pinned: PhantomPinned }
    }

    /// From now on `waker` is used at the time.
    fn set(self: Pin<&mut Self>, waker: Waker) {
        let this: *const Sleep = &*self;
        let replaced = without_other_threads(|| {
            // SAFETY: this is a critical section. `this` is pinned, and leaves the list before it is dropped.
            unsafe {
                let member = (*this).member.get();
                if (*member).waker.is_none() {
                    (*member).next = *LIST.0.get();
                    *LIST.0.get() = this;
                }
                (*member).waker.replace(waker)
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
        self.set(context.waker().clone());
        Poll::Pending
    }
}

impl Drop for Sleep {
    fn drop(&mut self) {
        let this: *const Sleep = self;
        // SAFETY: this is a critical section.
        let waker = without_other_threads(|| unsafe { take(this) });
        drop(waker);
    }
}

impl fmt::Debug for Sleep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sleep").field("time", &self.time).finish_non_exhaustive()
    }
}

/// Wakes those whose time has come by `now`, and returns the nearest time of the others.
pub fn ring(now: u64) -> Option<u64> {
    #[cfg(feature = "embassy-time")]
    if let Some(others) = others::get() {
        return [ring_own(now), others(now)].into_iter().flatten().min();
    }
    ring_own(now)
}

fn ring_own(now: u64) -> Option<u64> {
    loop {
        // SAFETY: this is a critical section.
        let (waker, nearest) = without_other_threads(|| unsafe {
            let nearest = nearest()?;
            let time = (*nearest).time;
            Some(if time <= now { (take(nearest), time) } else { (None, time) })
        })?;
        match waker {
            // Outside of the section: nobody knows what it does.
            Some(waker) => waker.wake(),
            None => return Some(nearest),
        }
    }
}

/// The member with the nearest time.
///
/// # Safety
///
/// In a critical section only.
unsafe fn nearest() -> Option<*const Sleep> {
    // SAFETY: the caller's promise; the members are where they are pinned.
    unsafe {
        let mut nearest = *LIST.0.get();
        let mut sleep = nearest;
        while !sleep.is_null() {
            if (*sleep).time < (*nearest).time {
                nearest = sleep;
            }
            sleep = (*(*sleep).member.get()).next;
        }
        if nearest.is_null() { None } else { Some(nearest) }
    }
}

/// Takes `sleep` out of the list. `None` if it is not there.
///
/// # Safety
///
/// In a critical section only.
unsafe fn take(sleep: *const Sleep) -> Option<Waker> {
    // SAFETY: the caller's promise; the members are where they are pinned.
    unsafe {
        let waker = (*(*sleep).member.get()).waker.take()?;
        let mut link = LIST.0.get();
        while *link != sleep {
            link = &raw mut (*(**link).member.get()).next;
        }
        *link = (*(*sleep).member.get()).next;
        Some(waker)
    }
}

/// Another list, which is only in the program when somebody uses it.
#[cfg(feature = "embassy-time")]
pub mod others {
    use core::{
        hint, mem, ptr,
        sync::atomic::{AtomicPtr, Ordering},
    };

    /// Does what [`ring`](super::ring) does, for another list.
    pub type Ring = fn(u64) -> Option<u64>;

    static RING: AtomicPtr<()> = AtomicPtr::new(ptr::null_mut());

    /// From now on [`ring`](super::ring) calls `ring` too.
    pub fn set(ring: Ring) {
        // Else the compiler, which sees one value only, has every program call it where the value is there.
        RING.store(hint::black_box(ring as *mut ()), Ordering::Release);
    }

    pub fn get() -> Option<Ring> {
        let ring = RING.load(Ordering::Acquire);
        // SAFETY: what is not null is a function of this type.
        (!ring.is_null()).then(|| unsafe { mem::transmute::<*mut (), Ring>(ring) })
    }
}
