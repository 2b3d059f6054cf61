//! Running a future in a thread.

use core::{
    pin::pin,
    task::{Context, Poll},
};

use crate::{
    Error,
    error::expect,
    sys::{
        time::{self, FOREVER},
        timer_queue,
        waker::WakeSemaphore,
    },
};

/// Runs `future` in the calling thread, which waits while the future is pending.
///
/// # Panics
///
/// In an interrupt or a timer's callback, if it would wait; and when the kernel has no memory for a semaphore.
///
/// ```no_run
/// use core::time::Duration;
///
/// use rtt_mod::task;
///
/// let seconds = task::block_on(async {
///     task::sleep(Duration::from_secs(1)).await;
///     1
/// });
/// assert_eq!(seconds, 1);
/// ```
#[track_caller]
pub fn block_on<F: IntoFuture>(future: F) -> F::Output {
    let mut future = pin!(future.into_future());
    let semaphore = expect(WakeSemaphore::new());
    let waker = semaphore.waker();
    let mut context = Context::from_waker(&waker);
    loop {
        if let Poll::Ready(output) = future.as_mut().poll(&mut context) {
            return output;
        }
        wait(&semaphore);
    }
}

/// Waits until a waker is used. Meanwhile it wakes the futures of the timer queue whose time has come.
#[track_caller]
#[inline(never)]
fn wait(semaphore: &WakeSemaphore) {
    loop {
        let now = time::uptime_micros();
        let limit = match timer_queue::wake_expired(now) {
            Some(time) => time::milliseconds_at_once(time - now),
            None => FOREVER,
        };
        match semaphore.wait(limit) {
            Err(Error::TimedOut) => {}
            result => return expect(result),
        }
    }
}

#[cfg(test)]
mod tests {
    extern crate std;

    use core::{future, time::Duration};

    use super::*;
    use crate::task::{sleep, yield_now};

    #[test]
    fn a_value_comes_back() {
        assert_eq!(block_on(future::ready(7)), 7);
    }

    #[test]
    fn a_future_that_wakes_itself_goes_on() {
        block_on(async {
            for _ in 0..10 {
                yield_now().await;
            }
        });
    }

    #[test]
    fn sleeps_last_their_time() {
        let begin = time::uptime_micros();
        block_on(async {
            sleep(Duration::from_millis(3)).await;
            sleep(Duration::from_millis(2)).await;
        });
        assert!(time::uptime_micros() - begin >= 5000);
    }

    #[test]
    fn block_on_nests() {
        let inner = || block_on(async { sleep(Duration::from_millis(1)).await });
        block_on(async {
            inner();
            sleep(Duration::from_millis(1)).await;
        });
    }

    #[test]
    fn another_thread_wakes() {
        let mut thread = None;
        block_on(future::poll_fn(|context| match thread.take() {
            None => {
                let waker = context.waker().clone();
                thread = Some(std::thread::spawn(move || waker.wake()));
                Poll::Pending
            }
            Some(waking) => {
                waking.join().unwrap();
                Poll::Ready(())
            }
        }));
    }
}
