//! Timers that call a closure: RT-Thread's `rt_timer`.
//!
//! A *soft* timer calls its closure in a thread of `kernel-glue`'s. A *hard* timer, made with `hard`, calls it in the
//! interrupt of the tick: exactly at the tick, and before all threads.
//!
//! The closure of a timer must not wait, since all other timers would wait with it. Functions that would wait return
//! [`Error::WouldWait`](crate::Error) or panic. The closure runs on the stack of that thread,
//! which has `RTT_MOD_WORKER_STACK_SIZE` bytes, or on that of interrupts. The closure of a hard timer cannot use the module's heap
//! either: an allocation there ends the module. A panic in a closure ends the module; the kernel's timers go on.
//!
//! A timer stops when it is dropped. If its closure is running in another thread, `drop` waits until that returns. A
//! timer that is dropped in its own closure, or in that of another timer, is deleted after the call.

use core::time::Duration;

use crate::{
    Result,
    sys::{
        time::milliseconds,
        timer::{Place, Timer, Times},
    },
};

/// A timer that calls its closure once, some time after it is started.
///
/// ```no_run
/// use core::time::Duration;
///
/// use rtt_mod::{println, time::timer::OneShot};
///
/// let alarm = OneShot::new(Duration::from_secs(5), || println!("five seconds"))?;
/// alarm.start();
/// # Ok::<(), rtt_mod::Error>(())
/// ```
#[derive(Debug)]
pub struct OneShot {
    timer: Timer,
    milliseconds: u32,
}

/// A timer that calls its closure again and again, first one period after it is started.
///
/// ```no_run
/// use core::time::Duration;
///
/// use rtt_mod::{println, time::timer::Periodic};
///
/// let mut ticks = 0;
/// let clock = Periodic::new(Duration::from_secs(1), move || {
///     ticks += 1;
///     println!("{ticks}");
/// })?;
/// clock.start();
/// # Ok::<(), rtt_mod::Error>(())
/// ```
#[derive(Debug)]
pub struct Periodic {
    timer: Timer,
    milliseconds: u32,
}

impl OneShot {
    /// Makes a soft timer, which is stopped at first: `rt_timer_create` with `RT_TIMER_FLAG_ONE_SHOT`. `delay` is
    /// rounded up to the kernel's tick.
    ///
    /// # Errors
    ///
    /// [`Error::OutOfMemory`](crate::Error::OutOfMemory) when the kernel has no memory for the timer, and
    /// [`Error::WouldWait`](crate::Error::WouldWait) in an interrupt.
    ///
    /// ```no_run
    /// use core::time::Duration;
    ///
    /// use rtt_mod::time::timer::OneShot;
    ///
    /// let alarm = OneShot::new(Duration::from_secs(1), || ())?;
    /// alarm.start();
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn new(delay: Duration, work: impl FnMut() + Send + 'static) -> Result<Self> {
        let timer = Timer::new(Times::Once, Place::Thread, work)?;
        Ok(OneShot { timer, milliseconds: at_least_a_tick(delay) })
    }

    /// Makes a hard timer: `RT_TIMER_FLAG_HARD_TIMER`. Otherwise the same as [`new`](Self::new).
    ///
    /// # Errors
    ///
    /// Those of [`new`](Self::new).
    ///
    /// ```no_run
    /// use core::time::Duration;
    ///
    /// use rtt_mod::time::timer::OneShot;
    ///
    /// let alarm = OneShot::hard(Duration::from_secs(1), || ())?;
    /// alarm.start();
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn hard(delay: Duration, work: impl FnMut() + Send + 'static) -> Result<Self> {
        let timer = Timer::new(Times::Once, Place::Interrupt, work)?;
        Ok(OneShot { timer, milliseconds: at_least_a_tick(delay) })
    }

    /// Starts the timer, or restarts it if it runs: `rt_timer_start`. Interrupts and the timer's own closure can call
    /// it too.
    ///
    /// ```no_run
    /// # use core::time::Duration;
    /// # use rtt_mod::time::timer::OneShot;
    /// # let alarm = OneShot::new(Duration::from_secs(1), || ())?;
    /// alarm.start();
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn start(&self) {
        start(&self.timer, self.milliseconds);
    }

    /// Starts the timer with another delay, which later starts use as well.
    ///
    /// ```no_run
    /// # use core::time::Duration;
    /// # use rtt_mod::time::timer::OneShot;
    /// # let mut alarm = OneShot::new(Duration::from_secs(1), || ())?;
    /// alarm.start_after(Duration::from_millis(50));
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn start_after(&mut self, delay: Duration) {
        self.milliseconds = at_least_a_tick(delay);
        self.start();
    }

    /// Stops the timer: `rt_timer_stop`. A closure that is running goes on.
    ///
    /// ```no_run
    /// # use core::time::Duration;
    /// # use rtt_mod::time::timer::OneShot;
    /// # let alarm = OneShot::new(Duration::from_secs(1), || ())?;
    /// alarm.stop();
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn stop(&self) {
        self.timer.stop();
    }
}

impl Periodic {
    /// Makes a soft timer, which is stopped at first: `rt_timer_create` with `RT_TIMER_FLAG_PERIODIC`. `period` is
    /// rounded up to the kernel's tick.
    ///
    /// # Errors
    ///
    /// [`Error::OutOfMemory`](crate::Error::OutOfMemory) when the kernel has no memory for the timer, and
    /// [`Error::WouldWait`](crate::Error::WouldWait) in an interrupt.
    ///
    /// ```no_run
    /// use core::time::Duration;
    ///
    /// use rtt_mod::time::timer::Periodic;
    ///
    /// let clock = Periodic::new(Duration::from_secs(1), || ())?;
    /// clock.start();
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn new(period: Duration, work: impl FnMut() + Send + 'static) -> Result<Self> {
        let timer = Timer::new(Times::Periodically, Place::Thread, work)?;
        Ok(Periodic { timer, milliseconds: at_least_a_tick(period) })
    }

    /// Makes a hard timer: `RT_TIMER_FLAG_HARD_TIMER`. Otherwise the same as [`new`](Self::new).
    ///
    /// # Errors
    ///
    /// Those of [`new`](Self::new).
    ///
    /// ```no_run
    /// use core::time::Duration;
    ///
    /// use rtt_mod::time::timer::Periodic;
    ///
    /// let clock = Periodic::hard(Duration::from_secs(1), || ())?;
    /// clock.start();
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn hard(period: Duration, work: impl FnMut() + Send + 'static) -> Result<Self> {
        let timer = Timer::new(Times::Periodically, Place::Interrupt, work)?;
        Ok(Periodic { timer, milliseconds: at_least_a_tick(period) })
    }

    /// Starts the timer, or restarts its period if it runs: `rt_timer_start`. Interrupts and the timer's own closure
    /// can call it too.
    ///
    /// ```no_run
    /// # use core::time::Duration;
    /// # use rtt_mod::time::timer::Periodic;
    /// # let clock = Periodic::new(Duration::from_secs(1), || ())?;
    /// clock.start();
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn start(&self) {
        start(&self.timer, self.milliseconds);
    }

    /// Starts the timer with another period, which later starts use as well.
    ///
    /// ```no_run
    /// # use core::time::Duration;
    /// # use rtt_mod::time::timer::Periodic;
    /// # let mut clock = Periodic::new(Duration::from_secs(1), || ())?;
    /// clock.start_every(Duration::from_millis(50));
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn start_every(&mut self, period: Duration) {
        self.milliseconds = at_least_a_tick(period);
        self.start();
    }

    /// Stops the timer: `rt_timer_stop`. A closure that is running goes on.
    ///
    /// ```no_run
    /// # use core::time::Duration;
    /// # use rtt_mod::time::timer::Periodic;
    /// # let clock = Periodic::new(Duration::from_secs(1), || ())?;
    /// clock.stop();
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn stop(&self) {
        self.timer.stop();
    }
}

fn start(timer: &Timer, milliseconds: u32) {
    // The kernel accepts all times but 0 and for ever.
    let _ = timer.start(milliseconds);
}

fn at_least_a_tick(duration: Duration) -> u32 {
    milliseconds(duration).max(1)
}

#[cfg(test)]
mod tests {
    extern crate std;

    use std::{
        sync::{Arc, Mutex, mpsc},
        thread,
    };

    use super::*;

    const SHORT: Duration = Duration::from_millis(1);

    #[test]
    fn a_one_shot_calls_once_for_each_start() {
        let (sender, receiver) = mpsc::channel();
        let timer = OneShot::new(SHORT, move || sender.send(()).unwrap()).unwrap();
        thread::sleep(SHORT * 5);
        assert!(receiver.try_recv().is_err());
        for _ in 0..2 {
            timer.start();
            receiver.recv().unwrap();
        }
        thread::sleep(SHORT * 5);
        assert!(receiver.try_recv().is_err());
    }

    #[test]
    fn a_periodic_timer_calls_until_it_is_dropped_and_then_drops_its_closure() {
        let (sender, receiver) = mpsc::channel();
        let timer = Periodic::hard(SHORT, move || sender.send(()).unwrap()).unwrap();
        timer.start();
        (0..3).for_each(|_| receiver.recv().unwrap());
        drop(timer);
        receiver.try_iter().for_each(drop);
        assert!(receiver.recv().is_err());
    }

    #[test]
    fn a_timer_drops_itself() {
        let (sender, receiver) = mpsc::channel();
        let place = Arc::new(Mutex::new(None));
        let own = Arc::clone(&place);
        let timer = Periodic::new(SHORT, move || {
            drop(own.lock().unwrap().take());
            sender.send(()).unwrap();
        });
        let mut place = place.lock().unwrap();
        place.insert(timer.unwrap()).start();
        drop(place);
        assert_eq!(receiver.into_iter().count(), 1);
    }
}
