//! Waits for the timers of embassy-time.
#![no_std]
#![no_main]

use core::future;

use embassy_time::{Duration, Ticker, WithTimeout};
use rtt_mod::println;

#[rtt_mod::main]
async fn main() {
    let mut ticker = Ticker::every(Duration::from_millis(20));
    for tick in 1..=3 {
        ticker.next().await;
        println!("tick {tick}");
    }
    let never = future::pending::<()>();
    if never.with_timeout(Duration::from_millis(50)).await.is_err() {
        println!("too late");
    }
}
