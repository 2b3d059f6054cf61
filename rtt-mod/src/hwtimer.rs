//! Timers of the processor: RT-Thread's `hwtimer`. Those of [`time::timer`](crate::time::timer) need none.
#![forbid(unsafe_code)]

use core::time::Duration;

use crate::{
    Error, Result,
    device::Mode,
    sys::{class::HardwareTimer as Command, device::Device},
};

/// A timer of the processor, which calls a closure from its interrupt, and tells what has passed.
///
/// Its resolution is that of its frequency, and not the kernel's tick. It stops when it is dropped.
///
/// ```no_run
/// use core::time::Duration;
///
/// use rtt_mod::{hwtimer::HardwareTimer, sync::Semaphore};
///
/// static SAMPLE: Semaphore = Semaphore::new(0);
///
/// SAMPLE.permits(); // the kernel makes it now, because an interrupt can't
/// let mut timer = HardwareTimer::open("timer0")?;
/// timer.on_elapsed(|| SAMPLE.release())?;
/// timer.every(Duration::from_micros(250))?;
/// SAMPLE.take();
/// # Ok::<(), rtt_mod::Error>(())
/// ```
#[derive(Debug)]
pub struct HardwareTimer(Device);

impl HardwareTimer {
    /// Opens the timer `name`, which counts at 1 MHz if it can.
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`] if there is no device of this name; [`Error::Unsupported`] if it is no hardware timer;
    /// [`Error::Busy`] if somebody else has it open; what the driver reports.
    ///
    /// ```no_run
    /// let timer = rtt_mod::hwtimer::HardwareTimer::open("timer0")?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn open(name: &str) -> Result<Self> {
        let device = Device::find(name)?;
        device.open(Mode::READ_WRITE.bits())?;
        device.hardware_timer(Command::Stop, 0)?;
        Ok(HardwareTimer(device))
    }

    /// Sets the frequency at which it counts: `HWTIMER_CTRL_FREQ_SET`.
    ///
    /// # Errors
    ///
    /// What the driver reports, if the timer can't count so fast or so slowly.
    ///
    /// ```no_run
    /// # let mut timer = rtt_mod::hwtimer::HardwareTimer::open("timer0")?;
    /// timer.set_frequency(10_000)?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn set_frequency(&mut self, hertz: u32) -> Result<()> {
        self.0.hardware_timer(Command::SetFrequency, hertz)
    }

    /// Has `elapsed` called from the timer's interrupt, where nothing may wait, each time that the time has passed:
    /// `rt_device_set_rx_indicate`.
    ///
    /// # Errors
    ///
    /// [`Error::OutOfMemory`] if the kernel has no memory for the closure.
    ///
    /// ```no_run
    /// # let mut timer = rtt_mod::hwtimer::HardwareTimer::open("timer0")?;
    /// timer.on_elapsed(|| rtt_mod::println!("now"))?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn on_elapsed(&mut self, mut elapsed: impl FnMut() + Send + 'static) -> Result<()> {
        self.0.on_receive(move |_| elapsed())
    }

    /// Starts it anew, for one time.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidInput`] if the time is too long for a timer, 68 years; what the driver reports.
    ///
    /// ```no_run
    /// # let mut timer = rtt_mod::hwtimer::HardwareTimer::open("timer0")?;
    /// timer.once(core::time::Duration::from_micros(750))?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn once(&mut self, after: Duration) -> Result<()> {
        self.start(1, after)
    }

    /// Starts it anew, again and again.
    ///
    /// # Errors
    ///
    /// Those of [`once`](HardwareTimer::once).
    ///
    /// ```no_run
    /// # let mut timer = rtt_mod::hwtimer::HardwareTimer::open("timer0")?;
    /// timer.every(core::time::Duration::from_micros(750))?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn every(&mut self, period: Duration) -> Result<()> {
        self.start(2, period)
    }

    /// Returns what has passed since the start.
    ///
    /// # Errors
    ///
    /// What the driver reports.
    ///
    /// ```no_run
    /// # let mut timer = rtt_mod::hwtimer::HardwareTimer::open("timer0")?;
    /// timer.once(core::time::Duration::from_secs(1))?;
    /// // ... work ...
    /// let micros = timer.elapsed()?.as_micros();
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn elapsed(&self) -> Result<Duration> {
        let (seconds, microseconds) = self.0.hardware_timer_time()?;
        let (seconds, microseconds) = (u64::try_from(seconds).ok(), u64::try_from(microseconds).ok());
        match (seconds, microseconds) {
            (Some(seconds), Some(rest)) => Ok(Duration::from_secs(seconds) + Duration::from_micros(rest)),
            _ => Err(Error::Io),
        }
    }

    /// Stops it: `HWTIMER_CTRL_STOP`.
    ///
    /// # Errors
    ///
    /// What the driver reports.
    ///
    /// ```no_run
    /// # let mut timer = rtt_mod::hwtimer::HardwareTimer::open("timer0")?;
    /// timer.stop()?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn stop(&mut self) -> Result<()> {
        self.0.hardware_timer(Command::Stop, 0)
    }

    fn start(&mut self, mode: u32, time: Duration) -> Result<()> {
        let seconds = i32::try_from(time.as_secs()).map_err(|_| Error::InvalidInput)?;
        self.0.hardware_timer(Command::SetMode, mode)?;
        self.0.start_hardware_timer(seconds, time.subsec_micros() as i32)
    }
}
