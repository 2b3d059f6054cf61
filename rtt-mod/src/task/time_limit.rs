//! Sleeping, and limits of time.

use core::{
    future::poll_fn,
    pin::pin,
    task::{Context, Poll},
    time::Duration,
};

use crate::{
    Error, Result,
    sys::{time, timer_queue::Sleep},
};

/// Waits for at least `duration`, which begins with this call.
///
/// Other futures run in the meantime. With [`thread::sleep`](crate::thread::sleep) they would not.
///
/// ```no_run
/// # use core::time::Duration;
/// # rtt_mod::task::block_on(async {
/// rtt_mod::task::sleep(Duration::from_millis(20)).await;
/// # });
/// ```
pub fn sleep(duration: Duration) -> Sleep {
    Sleep::until(time::uptime_after(duration))
}

/// Waits for `future`, but for at most `limit`, which begins with this call. After that the future is dropped.
///
/// # Errors
///
/// [`Error::TimedOut`] when the future is not complete in time.
///
/// ```no_run
/// # use core::time::Duration;
/// # rtt_mod::task::block_on(async {
/// use rtt_mod::{Error, task};
///
/// let never = core::future::pending::<u32>();
/// let result = task::timeout(Duration::from_millis(20), never).await;
/// assert_eq!(result, Err(Error::TimedOut));
/// # });
/// ```
pub fn timeout<F: IntoFuture>(limit: Duration, future: F) -> impl Future<Output = Result<F::Output>> {
    let end = sleep(limit);
    async move {
        let mut future = pin!(future.into_future());
        let mut end = pin!(end);
        let both = |context: &mut Context<'_>| match future.as_mut().poll(context) {
            Poll::Ready(output) => Poll::Ready(Ok(output)),
            Poll::Pending => end.as_mut().poll(context).map(|()| Err(Error::TimedOut)),
        };
        poll_fn(both).await
    }
}

#[cfg(test)]
mod tests {
    use alloc::rc::Rc;
    use core::future;

    use super::*;
    use crate::task::block_on;

    const MILLISECOND: Duration = Duration::from_millis(1);

    #[test]
    fn a_future_in_time_gives_its_value() {
        assert_eq!(block_on(timeout(MILLISECOND, future::ready(7))), Ok(7));
        let slow = async {
            sleep(MILLISECOND).await;
            8
        };
        assert_eq!(block_on(timeout(Duration::MAX, slow)), Ok(8));
    }

    #[test]
    fn a_future_out_of_time_is_dropped() {
        let token = Rc::new(());
        let held = Rc::clone(&token);
        let late = async move {
            sleep(Duration::MAX).await;
            drop(held);
        };
        assert_eq!(block_on(timeout(MILLISECOND, late)), Err(Error::TimedOut));
        assert_eq!(Rc::strong_count(&token), 1);
    }
}
