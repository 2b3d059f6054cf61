//! The global logger of a program, and the kernel's log.

use alloc::string::String;

use log::{Level, LevelFilter, Log};

use super::{bindings, length};

/// Passes a message on to the kernel. Of 4 GiB and more there is none.
pub fn log(level: Level, tag: &str, mut text: String) {
    let level = match level {
        Level::Error => bindings::RTTM_LOG_ERROR,
        Level::Warn => bindings::RTTM_LOG_WARNING,
        Level::Info => bindings::RTTM_LOG_INFO,
        Level::Debug | Level::Trace => bindings::RTTM_LOG_DEBUG,
    };
    let bytes = length::whole(text.len());
    text.push('\0');
    if let (Ok((tag, tag_length)), Ok(bytes)) = (length::text(tag), bytes) {
        // SAFETY: the texts have that many bytes, and a NUL follows the second.
        unsafe { bindings::rttm_log_message(level, tag, tag_length, text.as_ptr().cast(), bytes) };
    }
}

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
