//! Yielding to other futures.

use core::{future::poll_fn, task::Poll};

/// Lets the other futures of this thread run once.
///
/// ```no_run
/// # rtt_mod::task::block_on(async {
/// for number in 0..1000 {
///     // ...
///     rtt_mod::task::yield_now().await;
/// }
/// # });
/// ```
pub async fn yield_now() {
    let mut has_yielded = false;
    poll_fn(|context| {
        if has_yielded {
            return Poll::Ready(());
        }
        has_yielded = true;
        context.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}
