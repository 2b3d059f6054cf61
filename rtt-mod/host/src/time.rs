//! The time since the first look at it.

use std::{sync::LazyLock, time::Instant};

static BOOT: LazyLock<Instant> = LazyLock::new(Instant::now);

/// See `rtt_mod.h`.
#[unsafe(no_mangle)]
pub extern "C" fn rttm_uptime() -> u64 {
    BOOT.elapsed().as_micros() as u64
}
