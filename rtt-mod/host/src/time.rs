//! The time since the first look at it, and the time of day.

use std::{
    sync::{LazyLock, Mutex},
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

use crate::bindings::{RTTM_ERROR_INVALID, RTTM_OK, rttm_clock_time};

static BOOT: LazyLock<Instant> = LazyLock::new(Instant::now);

/// The time of day at the boot, once a program has set it. Before, it is the PC's.
static BOOT_TIME: Mutex<Option<SystemTime>> = Mutex::new(None);

/// See `rtt_mod.h`.
#[unsafe(no_mangle)]
pub extern "C" fn rttm_uptime() -> u64 {
    BOOT.elapsed().as_micros() as u64
}

/// See `rtt_mod.h`.
///
/// # Safety
///
/// As `rtt_mod.h` says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rttm_clock_get(time: *mut rttm_clock_time) -> i32 {
    let set = *BOOT_TIME.lock().expect("no test panics here");
    let now = set.map_or_else(SystemTime::now, |boot| boot + BOOT.elapsed());
    let since = now.duration_since(UNIX_EPOCH).unwrap_or_default();
    let now = rttm_clock_time { seconds: since.as_secs() as i64, nanoseconds: since.subsec_nanos(), reserved: 0 };
    // SAFETY: the caller has a place for it.
    unsafe { time.write(now) };
    RTTM_OK as i32
}

/// See `rtt_mod.h`. The PC's own clock stays as it is.
///
/// # Safety
///
/// As `rtt_mod.h` says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rttm_clock_set(time: *const rttm_clock_time) -> i32 {
    // SAFETY: the caller gives one.
    let time = unsafe { time.read() };
    let Ok(seconds) = u64::try_from(time.seconds) else { return RTTM_ERROR_INVALID };
    let time = UNIX_EPOCH.checked_add(Duration::from_secs(seconds));
    let boot = time.and_then(|time| time.checked_sub(BOOT.elapsed()));
    *BOOT_TIME.lock().expect("no test panics here") = boot;
    boot.map_or(RTTM_ERROR_INVALID, |_| RTTM_OK as i32)
}
