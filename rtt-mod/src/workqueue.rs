//! Work queues: a thread that calls closures one after the other, at once or after a delay. RT-Thread's `rt_workqueue`.
//!
//! Interrupts and timers hand work that takes long, or waits, to a thread. [`WorkQueue::work`] makes the work beforehand, since
//! they can't allocate memory; [`Work::submit`] is for them. [`WorkQueue::submit`] takes a closure from a thread.
//!
//! The queue is a thread of the program's, with its own stack and priority. The kernel's own queues, among them that of the
//! system, are not used: their stacks are small, drivers share them, and a work that waits would hold the drivers up. A panic in
//! a work ends the program, as in any of its threads.
//!
//! ```no_run
//! use core::time::Duration;
//!
//! use rtt_mod::{println, workqueue::WorkQueue};
//!
//! let queue = WorkQueue::new()?;
//! queue.submit(|| println!("at once"))?;
//! queue.submit_after(Duration::from_secs(1), || println!("a second later"))?;
//!
//! let mut count = 0;
//! let measure = queue.work(move || {
//!     count += 1;
//!     println!("measurement {count}");
//! })?;
//! measure.submit()?;
//! # Ok::<(), rtt_mod::Error>(())
//! ```
#![forbid(unsafe_code)]

use alloc::{boxed::Box, vec::Vec};
use core::{fmt, time::Duration};

use crate::{
    Error, Result,
    sync::{
        Arc, Mutex, OnceLock, Semaphore,
        atomic::{AtomicBool, AtomicU32, Ordering},
    },
    sys::time,
    thread::{self, Builder, JoinHandle, ThreadId},
};

/// A thread that calls closures. When it is dropped, the closure that is running returns first, and those that are waiting are
/// not called any more: `rt_workqueue_destroy`.
///
/// See the [module](self).
///
/// ```no_run
/// let queue = rtt_mod::workqueue::WorkQueue::new()?;
/// queue.submit(|| rtt_mod::println!("in another thread"))?;
/// # Ok::<(), rtt_mod::Error>(())
/// ```
#[derive(Debug)]
pub struct WorkQueue {
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

/// A closure for a [`WorkQueue`], which is called each time that it is submitted. When it is dropped, it is cancelled, and `drop`
/// waits for a call that is running, unless it is itself in that call.
///
/// ```no_run
/// # let queue = rtt_mod::workqueue::WorkQueue::new()?;
/// let work = queue.work(|| rtt_mod::println!("working"))?;
/// work.submit()?;
/// # Ok::<(), rtt_mod::Error>(())
/// ```
#[derive(Debug)]
pub struct Work {
    item: Arc<Item>,
    queue: Arc<Shared>,
}

impl WorkQueue {
    /// Starts a queue whose thread has the caller's priority and a stack of 4 KiB, or 8 KiB on 64 bits: `rt_workqueue_create`.
    ///
    /// # Errors
    ///
    /// [`Error::OutOfMemory`] when the kernel has no memory for the thread, and [`Error::WouldWait`] in an interrupt.
    ///
    /// ```no_run
    /// let queue = rtt_mod::workqueue::WorkQueue::new()?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn new() -> Result<Self> {
        Self::with(Builder::new())
    }

    /// Starts a queue whose thread has these properties.
    ///
    /// # Errors
    ///
    /// Those of [`new`](Self::new).
    ///
    /// ```no_run
    /// use rtt_mod::{thread::Builder, workqueue::WorkQueue};
    ///
    /// let queue = WorkQueue::with(Builder::new().name("works").stack_size(2048).priority(12))?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn with(thread: Builder<'_>) -> Result<Self> {
        let shared = Arc::new(Shared {
            items: Mutex::new(Vec::new()),
            turns: AtomicU32::new(0),
            wake: Semaphore::new(0),
            is_closed: AtomicBool::new(false),
            thread: OnceLock::new(),
        });
        // Made here, since an interrupt that submits a work can't make it.
        if shared.wake.try_take() == Err(Error::OutOfMemory) {
            return Err(Error::OutOfMemory);
        }
        let theirs = Arc::clone(&shared);
        let thread = thread.spawn(move || theirs.run())?;
        Ok(WorkQueue { shared, thread: Some(thread) })
    }

    /// Has `work` called once, after all that was submitted before.
    ///
    /// # Errors
    ///
    /// [`Error::OutOfMemory`] without memory for it.
    ///
    /// ```no_run
    /// # let queue = rtt_mod::workqueue::WorkQueue::new()?;
    /// queue.submit(|| rtt_mod::println!("once"))?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn submit(&self, work: impl FnOnce() + Send + 'static) -> Result<()> {
        self.submit_after(Duration::ZERO, work)
    }

    /// Has `work` called once, after `delay`, which is rounded up to the kernel's tick.
    ///
    /// # Errors
    ///
    /// Those of [`submit`](Self::submit).
    ///
    /// ```no_run
    /// # let queue = rtt_mod::workqueue::WorkQueue::new()?;
    /// queue.submit_after(core::time::Duration::from_secs(5), || rtt_mod::println!("five seconds"))?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn submit_after(&self, delay: Duration, work: impl FnOnce() + Send + 'static) -> Result<()> {
        let mut work = Some(work);
        let item = self.shared.add(Kind::Once, move || {
            if let Some(work) = work.take() {
                work();
            }
        })?;
        self.shared.submit(&item, delay)
    }

    /// Makes a work that is called each time that it is submitted: `rt_work_init`.
    ///
    /// # Errors
    ///
    /// Those of [`submit`](Self::submit).
    ///
    /// ```no_run
    /// # let queue = rtt_mod::workqueue::WorkQueue::new()?;
    /// let blink = queue.work(|| rtt_mod::println!("blink"))?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn work(&self, work: impl FnMut() + Send + 'static) -> Result<Work> {
        let item = self.shared.add(Kind::Again, work)?;
        Ok(Work { item, queue: Arc::clone(&self.shared) })
    }
}

impl Drop for WorkQueue {
    fn drop(&mut self) {
        self.shared.is_closed.store(true, Ordering::Release);
        self.shared.wake.release();
        if self.shared.is_own_thread() {
            return;
        }
        if let Some(Ok(())) = self.thread.take().map(JoinHandle::join) {}
    }
}

impl Work {
    /// Has the closure called, after all that was submitted before: `rt_workqueue_submit_work`. If it waits to be called
    /// already, it is called once, and now. If it is running, it is called once more. Interrupts can call it too.
    ///
    /// # Errors
    ///
    /// [`Error::NotConnected`] when the queue was dropped.
    ///
    /// ```no_run
    /// # let queue = rtt_mod::workqueue::WorkQueue::new()?;
    /// # let work = queue.work(|| ())?;
    /// work.submit()?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn submit(&self) -> Result<()> {
        self.submit_after(Duration::ZERO)
    }

    /// Has the closure called after `delay`, which is at most 24 days and rounded up to the kernel's tick. If it waits to be
    /// called already, only this delay counts. Interrupts can call it too.
    ///
    /// # Errors
    ///
    /// Those of [`submit`](Self::submit).
    ///
    /// ```no_run
    /// # let queue = rtt_mod::workqueue::WorkQueue::new()?;
    /// # let work = queue.work(|| ())?;
    /// work.submit_after(core::time::Duration::from_millis(50))?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn submit_after(&self, delay: Duration) -> Result<()> {
        self.queue.submit(&self.item, delay)
    }

    /// Keeps the closure from being called, and returns whether it was waiting for that: `rt_workqueue_cancel_work`. A call that
    /// is running goes on. Interrupts can call it too.
    ///
    /// ```no_run
    /// # let queue = rtt_mod::workqueue::WorkQueue::new()?;
    /// # let work = queue.work(|| ())?;
    /// work.submit_after(core::time::Duration::from_secs(5))?;
    /// assert!(work.cancel());
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn cancel(&self) -> bool {
        self.item.is_pending.swap(false, Ordering::AcqRel)
    }

    /// As [`cancel`](Self::cancel), and waits until a call that is running has returned: `rt_workqueue_cancel_work_sync`.
    ///
    /// # Panics
    ///
    /// In the closure itself, and in an interrupt or a timer's callback, if it would wait.
    ///
    /// ```no_run
    /// # let queue = rtt_mod::workqueue::WorkQueue::new()?;
    /// # let work = queue.work(|| ())?;
    /// work.cancel_and_wait();
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    #[track_caller]
    pub fn cancel_and_wait(&self) -> bool {
        let was_pending = self.cancel();
        drop(self.item.closure.lock());
        was_pending
    }

    /// Returns whether the closure waits to be called.
    ///
    /// ```no_run
    /// # let queue = rtt_mod::workqueue::WorkQueue::new()?;
    /// # let work = queue.work(|| ())?;
    /// assert!(!work.is_pending());
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn is_pending(&self) -> bool {
        self.item.is_pending.load(Ordering::Acquire)
    }
}

impl Drop for Work {
    fn drop(&mut self) {
        self.cancel();
        self.queue.remove(&self.item);
        if !self.queue.is_own_thread() {
            drop(self.item.closure.lock());
        }
    }
}

/// How often the closure of an item is called.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Kind {
    Once,
    Again,
}

/// A closure, and when it is to be called. All but the closure is changed by interrupts too.
struct Item {
    kind: Kind,
    is_pending: AtomicBool,
    /// The uptime at which it is due, in milliseconds. It wraps around after 49 days.
    due: AtomicU32,
    /// Its place among those that are due.
    turn: AtomicU32,
    /// Locked while it is called.
    closure: Mutex<Box<dyn FnMut() + Send>>,
}

impl fmt::Debug for Item {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Item").field("is_pending", &self.is_pending).finish_non_exhaustive()
    }
}

/// What a queue, its thread and its works have in common.
#[derive(Debug)]
struct Shared {
    /// All works that exist, whether they are submitted or not.
    items: Mutex<Vec<Arc<Item>>>,
    turns: AtomicU32,
    /// Released when there is something to look at.
    wake: Semaphore,
    is_closed: AtomicBool,
    thread: OnceLock<ThreadId>,
}

/// What the thread does next.
enum Next {
    Call(Arc<Item>),
    /// Waits for so many milliseconds.
    Wait(u32),
}

/// What is first among `items` when so many turns were given.
fn first(items: &[Arc<Item>], turns: u32, now: u32) -> Next {
    let pending = || items.iter().filter(|item| item.is_pending.load(Ordering::Acquire));
    let left = |item: &Arc<Item>| left(item.due.load(Ordering::Relaxed), now);
    let waited = |item: &Arc<Item>| turns.wrapping_sub(item.turn.load(Ordering::Relaxed));
    match pending().filter(|item| left(item) == 0).max_by_key(|item| waited(item)) {
        Some(item) => Next::Call(Arc::clone(item)),
        None => Next::Wait(pending().map(left).min().unwrap_or(time::FOREVER)),
    }
}

/// The milliseconds from `now` to `due`; 0 when that is over.
fn left(due: u32, now: u32) -> u32 {
    let left = due.wrapping_sub(now);
    if left > LONGEST { 0 } else { left }
}

/// The longest delay, so that a time in the past is told from one in the future.
const LONGEST: u32 = u32::MAX / 2;

fn now() -> u32 {
    time::uptime().as_millis() as u32
}

impl Shared {
    fn add(&self, kind: Kind, closure: impl FnMut() + Send + 'static) -> Result<Arc<Item>> {
        let item = Arc::new(Item {
            kind,
            is_pending: AtomicBool::new(false),
            due: AtomicU32::new(0),
            turn: AtomicU32::new(0),
            closure: Mutex::new(Box::new(closure)),
        });
        let mut items = self.items.lock();
        items.try_reserve(1).map_err(|_| Error::OutOfMemory)?;
        items.push(Arc::clone(&item));
        Ok(item)
    }

    fn remove(&self, item: &Arc<Item>) {
        let mut items = self.items.lock();
        if let Some(position) = items.iter().position(|other| Arc::ptr_eq(other, item)) {
            items.swap_remove(position);
        }
    }

    fn submit(&self, item: &Item, delay: Duration) -> Result<()> {
        if self.is_closed.load(Ordering::Acquire) {
            return Err(Error::NotConnected);
        }
        // One more, since a part of this millisecond is over.
        let delay = match time::milliseconds(delay) {
            0 => 0,
            milliseconds => milliseconds.min(LONGEST - 1) + 1,
        };
        item.due.store(now().wrapping_add(delay), Ordering::Relaxed);
        item.turn.store(self.turns.fetch_add(1, Ordering::AcqRel), Ordering::Relaxed);
        item.is_pending.store(true, Ordering::Release);
        self.wake.release();
        Ok(())
    }

    fn is_own_thread(&self) -> bool {
        self.thread.get() == Some(&thread::current().id())
    }

    /// The body of the thread.
    fn run(&self) {
        self.thread.get_or_init(|| thread::current().id());
        while !self.is_closed.load(Ordering::Acquire) {
            match self.next() {
                Next::Call(item) => self.call(&item),
                Next::Wait(time::FOREVER) => self.wake.take(),
                Next::Wait(milliseconds) => {
                    // Both results mean the same: look again.
                    let _ = self.wake.take_timeout(Duration::from_millis(milliseconds.into()));
                }
            }
        }
        // Nobody calls them any more. What they have captured may have works of this queue.
        let items = core::mem::take(&mut *self.items.lock());
        drop(items);
    }

    /// The first of those that are due, or the time until one is.
    fn next(&self) -> Next {
        let items = self.items.lock();
        loop {
            let turns = self.turns.load(Ordering::Acquire);
            let next = first(&items, turns, now());
            // Something that was submitted meanwhile may have been seen without what was submitted before it.
            if self.turns.load(Ordering::Acquire) == turns {
                return next;
            }
        }
    }

    fn call(&self, item: &Arc<Item>) {
        if item.kind == Kind::Once {
            self.remove(item);
        }
        let mut closure = item.closure.lock();
        // It may have been cancelled meanwhile.
        if item.is_pending.swap(false, Ordering::AcqRel) {
            closure();
        }
    }
}

#[cfg(test)]
mod tests {
    extern crate std;

    use std::{sync::mpsc, vec};

    use super::*;

    /// Longer than a test takes for all but waiting. Miri counts its own steps as time, and waits in no time.
    const SHORT: Duration = if cfg!(miri) { Duration::from_secs(5) } else { Duration::from_millis(100) };

    #[test]
    fn closures_are_called_in_turn_and_the_delayed_ones_later() {
        let (sender, receiver) = mpsc::channel();
        let queue = WorkQueue::new().unwrap();
        let send = |number| {
            let sender = sender.clone();
            move || sender.send(number).unwrap()
        };
        queue.submit_after(SHORT * 3, send(4)).unwrap();
        queue.submit_after(SHORT, send(3)).unwrap();
        queue.submit(send(1)).unwrap();
        queue.submit(send(2)).unwrap();
        assert_eq!(receiver.iter().take(4).collect::<Vec<_>>(), [1, 2, 3, 4]);
        assert_eq!(queue.shared.items.lock().len(), 0);
    }

    #[test]
    fn a_work_is_called_once_for_what_was_submitted_before() {
        let (sender, receiver) = mpsc::channel();
        let queue = WorkQueue::new().unwrap();
        let (begin, begun) = mpsc::channel();
        queue.submit(move || begun.recv().unwrap()).unwrap();
        let work = queue.work(move || sender.send(()).unwrap()).unwrap();
        (0..3).for_each(|_| work.submit().unwrap());
        assert!(work.is_pending());
        begin.send(()).unwrap();
        receiver.recv().unwrap();
        work.submit_after(SHORT).unwrap();
        assert!(work.cancel());
        assert!(!work.cancel());
        thread::sleep(SHORT * 2);
        assert!(receiver.try_recv().is_err());
        drop(work);
        assert!(receiver.recv().is_err());
    }

    #[test]
    fn dropping_waits_for_the_call_that_runs() {
        let queue = WorkQueue::new().unwrap();
        let (begin, begun) = mpsc::channel();
        let is_done = Arc::new(AtomicBool::new(false));
        let theirs = Arc::clone(&is_done);
        let work = queue.work(move || {
            begin.send(()).unwrap();
            thread::sleep(SHORT);
            theirs.store(true, Ordering::Release);
        });
        let work = work.unwrap();
        work.submit().unwrap();
        begun.recv().unwrap();
        drop(work);
        assert!(is_done.load(Ordering::Acquire));
    }

    #[test]
    fn a_queue_that_is_dropped_calls_nothing_more() {
        let queue = WorkQueue::new().unwrap();
        let (sender, receiver) = mpsc::channel();
        queue.submit_after(SHORT, move || sender.send(()).unwrap()).unwrap();
        let work = queue.work(|| ()).unwrap();
        drop(queue);
        assert!(receiver.recv().is_err());
        assert_eq!(work.submit(), Err(Error::NotConnected));
    }

    #[test]
    fn a_work_drops_itself() {
        let queue = WorkQueue::new().unwrap();
        let place = Arc::new(Mutex::new(None::<Work>));
        let own = Arc::clone(&place);
        let (sender, receiver) = mpsc::channel();
        let work = queue.work(move || {
            drop(own.lock().take());
            sender.send(()).unwrap();
        });
        place.lock().insert(work.unwrap()).submit().unwrap();
        assert_eq!(receiver.into_iter().collect::<Vec<_>>(), vec![()]);
    }

    #[test]
    fn times_wrap_around() {
        assert_eq!(left(5, u32::MAX), 6);
        assert_eq!(left(u32::MAX, 5), 0);
        assert_eq!(left(7, 7), 0);
    }
}
