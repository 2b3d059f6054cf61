//! The global logger of a program.

use log::{LevelFilter, Log};

/// Sets the global logger, if there is none yet, and the level.
#[cfg(target_has_atomic = "ptr")]
pub fn set(logger: &'static dyn Log, filter: LevelFilter) {
    // An error means that there is a logger already: this one from an earlier call, or the program's own.
    let _ = log::set_logger(logger);
    log::set_max_level(filter);
}

/// The same for processors without compare-and-swap.
#[cfg(not(target_has_atomic = "ptr"))]
pub fn set(logger: &'static dyn Log, filter: LevelFilter) {
    super::critical::without_other_threads(|| {
        // SAFETY: other threads are kept out.
        unsafe {
            let _ = log::set_logger_racy(logger);
            log::set_max_level_racy(filter);
        }
    });
}
