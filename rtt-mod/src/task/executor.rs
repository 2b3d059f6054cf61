//! Running many futures in one thread.

use alloc::{boxed::Box, rc::Rc, vec, vec::Vec};
use core::{
    cell::Cell,
    fmt,
    future::poll_fn,
    pin::{Pin, pin},
    task::{Context, Poll, Waker},
};

use crate::error::panic_with;

/// An executor that runs its futures concurrently, in the thread that runs the executor.
///
/// Whenever one future is woken, all are polled. So it is meant for a few futures, and its wakers need no reference
/// counts. Each future is allocated on the heap.
///
/// ```no_run
/// use core::time::Duration;
///
/// use rtt_mod::{println, task::{LocalExecutor, sleep}};
///
/// #[rtt_mod::main]
/// async fn main() {
///     let executor = LocalExecutor::new();
///     let answer = executor.spawn(async {
///         sleep(Duration::from_millis(10)).await;
///         42
///     });
///     println!("{}", executor.run(answer).await);
/// }
/// ```
#[derive(Default)]
pub struct LocalExecutor<'a> {
    // A `RefCell` would link `core::fmt` for its panics.
    tasks: Cell<Vec<Task<'a>>>,
}

type Task<'a> = Pin<Box<dyn Future<Output = ()> + 'a>>;

impl<'a> LocalExecutor<'a> {
    /// An executor without futures.
    ///
    /// ```
    /// let executor = rtt_mod::task::LocalExecutor::new();
    /// ```
    pub const fn new() -> Self {
        LocalExecutor { tasks: Cell::new(Vec::new()) }
    }

    /// Adds `future` to those that run while the executor [runs](LocalExecutor::run). The handle is a future that
    /// returns its value. If the handle is dropped, the future goes on. Futures that are not complete when the executor
    /// is dropped are dropped with it.
    ///
    /// ```
    /// let executor = rtt_mod::task::LocalExecutor::new();
    /// executor.spawn(async { /* ... */ });
    /// ```
    pub fn spawn<F: IntoFuture<IntoFuture: 'a, Output: 'a>>(&self, future: F) -> JoinHandle<F::Output> {
        let future = future.into_future();
        let shared = Rc::new(Cell::new(Progress::Running(None)));
        let handle = JoinHandle(Rc::clone(&shared));
        let task = async move {
            let output = future.await;
            if let Progress::Running(Some(waker)) = shared.replace(Progress::Done(output)) {
                waker.wake();
            }
        };
        self.push(vec![Box::pin(task)]);
        handle
    }

    /// Runs `future` and all spawned futures, until `future` is complete.
    ///
    /// ```no_run
    /// # use core::time::Duration;
    /// let executor = rtt_mod::task::LocalExecutor::new();
    /// executor.spawn(async { /* ... */ });
    /// rtt_mod::task::block_on(executor.run(async {
    ///     rtt_mod::task::sleep(Duration::from_secs(1)).await;
    /// }));
    /// ```
    pub async fn run<F: IntoFuture>(&self, future: F) -> F::Output {
        let mut future = pin!(future.into_future());
        poll_fn(|context| {
            let output = future.as_mut().poll(context);
            if output.is_pending() {
                self.poll_tasks(context);
            }
            output
        })
        .await
    }

    fn poll_tasks(&self, context: &mut Context<'_>) {
        let mut tasks = self.tasks.take();
        tasks.retain_mut(|task| task.as_mut().poll(context).is_pending());
        let spawned = self.tasks.replace(tasks);
        if !spawned.is_empty() {
            context.waker().wake_by_ref();
            self.push(spawned);
        }
    }

    fn push(&self, spawned: Vec<Task<'a>>) {
        let mut tasks = self.tasks.take();
        tasks.extend(spawned);
        self.tasks.set(tasks);
    }
}

impl fmt::Debug for LocalExecutor<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LocalExecutor").finish_non_exhaustive()
    }
}

/// A future that returns the value of a [spawned](LocalExecutor::spawn) future.
///
/// ```no_run
/// # let executor = rtt_mod::task::LocalExecutor::new();
/// let sum = executor.spawn(async { 1 + 2 });
/// assert_eq!(rtt_mod::task::block_on(executor.run(sum)), 3);
/// ```
#[must_use = "the spawned future goes on without its handle: use `drop` or `let _`"]
pub struct JoinHandle<T>(Rc<Cell<Progress<T>>>);

enum Progress<T> {
    /// With the waker of the future that waits for the value.
    Running(Option<Waker>),
    Done(T),
    Taken,
}

impl<T> JoinHandle<T> {
    /// Returns whether the future is complete.
    ///
    /// ```no_run
    /// # let executor = rtt_mod::task::LocalExecutor::new();
    /// assert!(!executor.spawn(async { 1 + 2 }).is_finished());
    /// ```
    pub fn is_finished(&self) -> bool {
        let progress = self.0.replace(Progress::Taken);
        let is_finished = !matches!(progress, Progress::Running(_));
        self.0.set(progress);
        is_finished
    }
}

impl<T> Future for JoinHandle<T> {
    type Output = T;

    /// # Panics
    ///
    /// When it is polled after it was ready.
    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<T> {
        match self.0.replace(Progress::Taken) {
            Progress::Running(_) => {
                self.0.set(Progress::Running(Some(context.waker().clone())));
                Poll::Pending
            }
            Progress::Done(output) => Poll::Ready(output),
            Progress::Taken => panic_with("a join handle was awaited twice"),
        }
    }
}

impl<T> fmt::Debug for JoinHandle<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("JoinHandle").field("is_finished", &self.is_finished()).finish()
    }
}

#[cfg(test)]
mod tests {
    use core::{cell::RefCell, time::Duration};

    use super::*;
    use crate::task::{block_on, sleep, yield_now};

    #[test]
    fn futures_run_side_by_side() {
        let order = RefCell::new(Vec::new());
        let executor = LocalExecutor::new();
        let count = |name, milliseconds| {
            let order = &order;
            async move {
                for _ in 0..2 {
                    sleep(Duration::from_millis(milliseconds)).await;
                    order.borrow_mut().push(name);
                }
            }
        };
        let slow = executor.spawn(count("slow", 100));
        let fast = executor.spawn(count("fast", 10));
        block_on(executor.run(async {
            fast.await;
            slow.await;
        }));
        assert_eq!(*order.borrow(), ["fast", "fast", "slow", "slow"]);
    }

    #[test]
    fn who_is_waited_for_wakes_the_waiter() {
        let executor = LocalExecutor::new();
        let number = executor.spawn(async { 7 });
        assert!(!number.is_finished());
        assert_eq!(block_on(executor.run(number)), 7);
    }

    #[test]
    fn a_future_spawns_another() {
        let executor = Rc::new(LocalExecutor::new());
        let inner = Rc::clone(&executor);
        let outer = executor.spawn(async move { inner.spawn(async { 1 }).await + 1 });
        assert_eq!(block_on(executor.run(outer)), 2);
    }

    #[test]
    fn a_future_without_its_handle_goes_on() {
        let done = Cell::new(false);
        let executor = LocalExecutor::new();
        drop(executor.spawn(async { done.set(true) }));
        block_on(executor.run(yield_now()));
        assert!(done.get());
    }

    #[test]
    fn what_is_not_done_is_dropped_with_the_executor() {
        let token = Rc::new(());
        let executor = LocalExecutor::new();
        let held = Rc::clone(&token);
        drop(executor.spawn(async move {
            sleep(Duration::MAX).await;
            drop(held);
        }));
        block_on(executor.run(yield_now()));
        assert_eq!(Rc::strong_count(&token), 2);
        drop(executor);
        assert_eq!(Rc::strong_count(&token), 1);
    }
}
