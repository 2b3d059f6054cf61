//! Starting threads in a scope.

use crate::{
    error::expect,
    thread::{Builder, Scope, ScopedJoinHandle},
};

impl<'scope> Scope<'scope, '_> {
    /// Starts a thread, for which the scope waits. See [`spawn`](crate::thread::spawn()).
    ///
    /// # Panics
    ///
    /// When the kernel has no memory for the thread.
    ///
    /// ```no_run
    /// let mut count = 0;
    /// rtt_mod::thread::scope(|scope| {
    ///     scope.spawn(|| count += 1);
    /// });
    /// assert_eq!(count, 1);
    /// ```
    #[track_caller]
    pub fn spawn<F, T>(&'scope self, work: F) -> ScopedJoinHandle<'scope, T>
    where
        F: FnOnce() -> T + Send + 'scope,
        T: Send + 'scope,
    {
        expect(Builder::new().spawn_scoped(self, work))
    }
}
