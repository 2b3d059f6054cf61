//! Timers that call a closure: RT-Thread's `rt_timer`.
//!
//! A timer calls in the kernel's timer thread: a *soft* timer. Made with `hard`, it calls in the interrupt of the tick,
//! to the tick and ahead of all threads.
//!
//! In both nothing may wait, or all other timers would too. What would wait, is an [`Error::WouldWait`](crate::Error) or a
//! panic. The stack is the kernel's: `RT_TIMER_THREAD_STACK_SIZE` or that of interrupts. In a hard timer the module's heap
//! is out of reach as well: what allocates or frees there ends the module. A panic ends the module; the kernel's timers
//! go on.
//!
//! A dropped timer is stopped. The call that is under way in another thread returns before `drop` does; a timer that is
//! dropped in its own call, or in another timer's, is deleted after that.

use core::time::Duration;

use crate::{
    Result,
    sys::{
        time::milliseconds,
        timer::{Place, Timer, Times},
    },
};

/// Calls once, some time after it is started.
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

/// Calls again and again, from one `period` after it is started.
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
    /// A soft timer, stopped: `rt_timer_create` with `RT_TIMER_FLAG_ONE_SHOT`. `delay` is rounded up to the kernel's
    /// tick.
    ///
    /// # Errors
    ///
    /// [`Error::OutOfMemory`](crate::Error::OutOfMemory) when the kernel has no memory for it, and
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

    /// As [`new`](Self::new), but a hard one: `RT_TIMER_FLAG_HARD_TIMER`.
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

    /// Starts it, from the beginning if it runs: `rt_timer_start`. From interrupts and its own call too.
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

    /// Starts it with another delay, which it keeps.
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

    /// Stops it: `rt_timer_stop`. A call that is under way goes on.
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
    /// A soft timer, stopped: `rt_timer_create` with `RT_TIMER_FLAG_PERIODIC`. `period` is rounded up to the kernel's
    /// tick.
    ///
    /// # Errors
    ///
    /// [`Error::OutOfMemory`](crate::Error::OutOfMemory) when the kernel has no memory for it, and
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

    /// As [`new`](Self::new), but a hard one: `RT_TIMER_FLAG_HARD_TIMER`.
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

    /// Starts it, from the beginning of a period if it runs: `rt_timer_start`. From interrupts and its own call too.
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

    /// Starts it with another period, which it keeps.
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

    /// Stops it: `rt_timer_stop`. A call that is under way goes on.
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
    // The kernel has no reason to refuse a time that is neither 0 nor for ever.
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
