//! Logs to the console.
#![no_std]
#![no_main]

use log::{LevelFilter, debug, error, info, warn};
use rtt_mod::logger;

#[rtt_mod::main]
fn main() {
    logger::init(LevelFilter::Info);
    info!("the pump starts");
    debug!("nobody sees this");
    pump::run(81);
    logger::init(LevelFilter::Off);
    error!("nor this");
}

mod pump {
    use super::{error, warn};

    pub fn run(celsius: i32) {
        if celsius > 80 {
            warn!("{celsius} degrees are too warm");
        }
        error!(target: "valve", "it is stuck");
    }
}
