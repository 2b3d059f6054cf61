//! A logger for the crate `log`. The feature `log` enables it.
//!
//! Messages go to RT-Thread's ulog where the kernel has it (`RT_USING_ULOG`), with the target as the tag: its filters, its
//! backends and the length of its lines (`ULOG_LINE_BUF_SIZE`) apply. Of the tag, 31 bytes are kept. `trace!` is `debug!` there.
//!
//! Otherwise, and in interrupts, they are lines on the console. A line has the form of RT-Thread's logs: the first letter of the
//! level, the target, and the text. The default target of `log` is the path of the Rust module.
//!
//! ```no_run
//! rtt_mod::logger::init(log::LevelFilter::Info);
//! log::warn!("{} is not there", "/settings.txt");
//! // W/thermostat::settings: /settings.txt is not there
//! ```
//!
//! A message below the level costs a comparison. To remove such messages from the program, enable one of the features
//! `release_max_level_…` of the crate `log`.
#![forbid(unsafe_code)]

use alloc::string::String;
use core::fmt::Write as _;

use log::{LevelFilter, Log, Metadata, Record};

use crate::sys;

/// Starts logging, with `filter` as the lowest level. A second call changes the level.
///
/// ```no_run
/// rtt_mod::logger::init(log::LevelFilter::Debug);
/// ```
pub fn init(filter: LevelFilter) {
    sys::logger::set(&Kernel, filter);
}

/// The kernel's log.
struct Kernel;

impl Log for Kernel {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.level() <= log::max_level()
    }

    fn log(&self, record: &Record<'_>) {
        if self.enabled(record.metadata()) {
            let mut text = String::new();
            // A `Display` that fails ends the text.
            let _ = text.write_fmt(*record.args());
            sys::logger::log(record.level(), record.target(), text);
        }
    }

    fn flush(&self) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg_attr(miri, ignore = "prints through C")]
    fn a_line_has_level_target_and_text() {
        let printed = rtt_mod_host::printed(|| {
            init(LevelFilter::Info);
            log::info!("{} degrees", 21);
            log::debug!("not this");
            log::error!(target: "pump", "dry");
            init(LevelFilter::Off);
            log::error!("not this");
        });
        assert_eq!(printed, "I/rtt_mod::logger::tests: 21 degrees\nE/pump: dry\n");
    }
}
