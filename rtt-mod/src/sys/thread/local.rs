//! Values that each thread has of its own.
//!
//! The kernel has no such place, so a key has a list with one entry for each thread. An entry keeps a handle of its thread,
//! so that no later thread has the same address. A thread takes its entries out when it ends.

use alloc::boxed::Box;
use core::{
    ptr::{self, NonNull},
    sync::atomic::{AtomicPtr, Ordering},
};

use super::{super::critical, Thread};
use crate::Result;

/// The keys that have been used, for threads that end.
static KEYS: AtomicPtr<Registered> = AtomicPtr::new(ptr::null_mut());

/// A key that has been used.
struct Registered {
    key: &'static dyn Key,
    next: *mut Registered,
}

/// A key as the threads that end see it.
trait Key: Sync {
    /// Takes the entry of the calling thread out, and drops it. Returns whether there was one.
    ///
    /// # Safety
    ///
    /// `thread` is the calling thread.
    unsafe fn remove(&self, thread: usize) -> bool;
}

/// The entry of a thread.
struct Entry<T> {
    thread: Thread,
    value: T,
    next: *mut Entry<T>,
}

/// The values of all threads.
pub struct Values<T: 'static> {
    /// Changed and walked in critical sections.
    first: AtomicPtr<Entry<T>>,
}

// SAFETY: a value is used and dropped only in the thread that has made it. Other threads read the other fields.
unsafe impl<T> Sync for Values<T> {}

impl<T> Values<T> {
    pub const fn new() -> Self {
        Values { first: AtomicPtr::new(ptr::null_mut()) }
    }

    /// Calls `work` with the value of the calling thread. If it has none yet, `init` makes it.
    pub fn with<R>(&'static self, init: impl FnOnce() -> T, work: impl FnOnce(&T) -> R) -> Result<R> {
        let thread = Thread::current()?;
        let entry = match self.find(thread.address()) {
            Some(entry) => entry,
            None => self.insert(thread, init()),
        };
        // SAFETY: the entry is that of the calling thread, which takes it out only when it ends.
        Ok(work(unsafe { &entry.as_ref().value }))
    }

    fn find(&self, thread: usize) -> Option<NonNull<Entry<T>>> {
        critical::without_other_threads(|| {
            let mut at = NonNull::new(self.first.load(Ordering::Acquire));
            while let Some(entry) = at {
                // SAFETY: entries of the list are taken out in critical sections only.
                let entry = unsafe { entry.as_ref() };
                if entry.thread.address() == thread {
                    break;
                }
                at = NonNull::new(entry.next);
            }
            at
        })
    }

    fn insert(&'static self, thread: Thread, value: T) -> NonNull<Entry<T>> {
        let entry = NonNull::from(Box::leak(Box::new(Entry { thread, value, next: ptr::null_mut() })));
        let registered = Box::new(Registered { key: self, next: ptr::null_mut() });
        let unused = critical::without_other_threads(|| {
            // SAFETY: nobody else has the entry yet.
            unsafe { (*entry.as_ptr()).next = self.first.load(Ordering::Acquire) };
            self.first.store(entry.as_ptr(), Ordering::Release);
            register(registered)
        });
        drop(unused); // outside of the section
        entry
    }

    /// Takes the entry of a thread out.
    fn take(&self, thread: usize) -> Option<Box<Entry<T>>> {
        critical::without_other_threads(|| {
            let mut before: Option<NonNull<Entry<T>>> = None;
            let mut at = NonNull::new(self.first.load(Ordering::Acquire));
            while let Some(entry) = at {
                // SAFETY: as in `find`.
                let (address, next) = unsafe { (entry.as_ref().thread.address(), entry.as_ref().next) };
                if address == thread {
                    match before {
                        // SAFETY: as in `find`, and no other reference to it exists here.
                        Some(before) => unsafe { (*before.as_ptr()).next = next },
                        None => self.first.store(next, Ordering::Release),
                    }
                    // SAFETY: it comes from a box, and is in no list any more.
                    return Some(unsafe { Box::from_raw(entry.as_ptr()) });
                }
                before = at;
                at = NonNull::new(next);
            }
            None
        })
    }
}

/// Puts a key on the list, in a critical section. Gives it back if it is there already.
fn register(new: Box<Registered>) -> Option<Box<Registered>> {
    let first = KEYS.load(Ordering::Acquire);
    let mut at = first;
    // SAFETY: keys are never taken off the list.
    while let Some(known) = unsafe { at.as_ref() } {
        if ptr::addr_eq(known.key, new.key) {
            return Some(new);
        }
        at = known.next;
    }
    let new = Box::leak(new);
    new.next = first;
    KEYS.store(new, Ordering::Release);
    None
}

impl<T: 'static> Key for Values<T> {
    unsafe fn remove(&self, thread: usize) -> bool {
        self.take(thread).is_some()
    }
}

/// How often a thread that ends looks for values: a destructor can make another one.
const PASSES: u32 = 4;

/// Drops the values of the calling thread, which ends. A program without keys has nothing of this.
#[inline(always)]
pub fn end() {
    if !KEYS.load(Ordering::Acquire).is_null() {
        drop_values();
    }
}

#[cold]
#[inline(never)]
fn drop_values() {
    let Ok(thread) = Thread::current() else { return };
    for _ in 0..PASSES {
        let mut at = KEYS.load(Ordering::Acquire);
        let mut is_over = true;
        // SAFETY: keys are never taken off the list.
        while let Some(key) = unsafe { at.as_ref() } {
            // SAFETY: this is the thread.
            is_over &= !unsafe { key.key.remove(thread.address()) };
            at = key.next;
        }
        if is_over {
            break;
        }
    }
}
