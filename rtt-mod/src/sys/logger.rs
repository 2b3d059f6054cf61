//! The one logger of a program.

use log::{LevelFilter, Log};

/// Makes `logger` the logger, if there is none yet, and sets the level.
#[cfg(target_has_atomic = "ptr")]
pub fn set(logger: &'static dyn Log, filter: LevelFilter) {
    // There is one already: this one, since only `logger::init` comes here, or the program's own.
    let _ = log::set_logger(logger);
    log::set_max_level(filter);
}

/// The same where two threads can't agree on who is first without the kernel.
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
