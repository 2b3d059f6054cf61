//! Watchdogs, which restart the board unless they are fed: RT-Thread's `rt_watchdog`.
#![forbid(unsafe_code)]

use core::time::Duration;

use crate::{Error, Result, device::Mode, sys};

/// A watchdog. If it runs and is not fed in time, the board restarts.
///
/// RT-Thread's framework stops it when nobody has it open any more, so it watches the program as long as this exists. Not
/// all watchdogs can be stopped.
///
/// ```no_run
/// use core::time::Duration;
///
/// use rtt_mod::{thread, watchdog::Watchdog};
///
/// let mut watchdog = Watchdog::open("wdt")?;
/// watchdog.start(Duration::from_secs(5))?;
/// loop {
///     // ... work ...
///     thread::sleep(Duration::from_secs(1));
///     watchdog.feed()?;
/// }
/// # Ok::<(), rtt_mod::Error>(())
/// ```
#[derive(Debug)]
pub struct Watchdog(sys::device::Device);

impl Watchdog {
    /// Opens the watchdog `name`.
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`] if there is no device of this name, [`Error::Unsupported`] if it is no watchdog, and what the
    /// driver reports.
    ///
    /// ```no_run
    /// let watchdog = rtt_mod::watchdog::Watchdog::open("wdt")?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn open(name: &str) -> Result<Self> {
        let device = sys::device::Device::find(name)?;
        device.open(Mode::READ_WRITE.bits())?;
        Ok(Watchdog(device))
    }

    /// Starts it with a time-out, which is rounded up to whole seconds: `RT_DEVICE_CTRL_WDT_SET_TIMEOUT` and
    /// `RT_DEVICE_CTRL_WDT_START`.
    ///
    /// # Errors
    ///
    /// What the driver reports, for example that the time-out is too long.
    ///
    /// ```no_run
    /// # let mut watchdog = rtt_mod::watchdog::Watchdog::open("wdt")?;
    /// watchdog.start(core::time::Duration::from_secs(5))?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn start(&mut self, timeout: Duration) -> Result<()> {
        let seconds = timeout.as_secs().saturating_add(u64::from(timeout.subsec_nanos() > 0));
        let seconds = u32::try_from(seconds).map_err(|_| Error::InvalidInput)?;
        self.0.watchdog(sys::class::Watch::SetTimeout, seconds)?;
        self.0.watchdog(sys::class::Watch::Start, 0).map(drop)
    }

    /// Feeds it: `RT_DEVICE_CTRL_WDT_KEEPALIVE`.
    ///
    /// # Errors
    ///
    /// What the driver reports.
    ///
    /// ```no_run
    /// # let mut watchdog = rtt_mod::watchdog::Watchdog::open("wdt")?;
    /// watchdog.feed()?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn feed(&mut self) -> Result<()> {
        self.0.watchdog(sys::class::Watch::Feed, 0).map(drop)
    }

    /// Stops it: `RT_DEVICE_CTRL_WDT_STOP`.
    ///
    /// # Errors
    ///
    /// What the driver reports; not all watchdogs can be stopped.
    ///
    /// ```no_run
    /// # let mut watchdog = rtt_mod::watchdog::Watchdog::open("wdt")?;
    /// watchdog.stop()?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn stop(&mut self) -> Result<()> {
        self.0.watchdog(sys::class::Watch::Stop, 0).map(drop)
    }

    /// Returns the time-out: `RT_DEVICE_CTRL_WDT_GET_TIMEOUT`.
    ///
    /// # Errors
    ///
    /// What the driver reports.
    ///
    /// ```no_run
    /// # let watchdog = rtt_mod::watchdog::Watchdog::open("wdt")?;
    /// let seconds = watchdog.timeout()?.as_secs();
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn timeout(&self) -> Result<Duration> {
        self.seconds(sys::class::Watch::Timeout)
    }

    /// Returns the time that is left before the board restarts: `RT_DEVICE_CTRL_WDT_GET_TIMELEFT`.
    ///
    /// # Errors
    ///
    /// What the driver reports.
    ///
    /// ```no_run
    /// # let watchdog = rtt_mod::watchdog::Watchdog::open("wdt")?;
    /// let seconds = watchdog.left()?.as_secs();
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn left(&self) -> Result<Duration> {
        self.seconds(sys::class::Watch::Left)
    }

    fn seconds(&self, command: sys::class::Watch) -> Result<Duration> {
        self.0.watchdog(command, 0).map(|seconds| Duration::from_secs(seconds.into()))
    }
}
