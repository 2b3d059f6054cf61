//! A logger for the crate `log`, which prints to the console. With the feature `log`.
//!
//! A line has RT-Thread's form: the first letter of the level, what it is about (`log`'s target, which is the path of the
//! Rust module unless the call says otherwise), and the text.
//!
//! ```no_run
//! rtt_mod::logger::init(log::LevelFilter::Info);
//! log::warn!("{} is not there", "/settings.txt");
//! // W/thermostat::settings: /settings.txt is not there
//! ```
//!
//! What is below the level costs a comparison. To have it left out of the program, give the dependency `log` one of its
//! features `release_max_level_…`.
#![forbid(unsafe_code)]

use log::{LevelFilter, Log, Metadata, Record};

use crate::{println, sys};

/// Begins to log, down to the level of `filter`. Called again, it changes the level.
///
/// ```no_run
/// rtt_mod::logger::init(log::LevelFilter::Debug);
/// ```
pub fn init(filter: LevelFilter) {
    sys::logger::set(&Console, filter);
}

struct Console;

impl Log for Console {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.level() <= log::max_level()
    }

    fn log(&self, record: &Record<'_>) {
        if self.enabled(record.metadata()) {
            let level = record.level().as_str().get(..1).unwrap_or_default();
            println!("{}/{}: {}", level, record.target(), record.args());
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
