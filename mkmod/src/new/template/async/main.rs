//! Runs two futures side by side, in one thread.
#![no_std]
#![cfg_attr(target_os = "none", no_main)]

use core::time::Duration;

use rtt_mod::{
    println,
    task::{LocalExecutor, interval},
};

#[rtt_mod::main(heap = "1K")]
async fn main() {
    let executor = LocalExecutor::new();
    let seconds = executor.spawn(ticks("second", Duration::from_secs(1), 3));
    let halves = executor.spawn(ticks("half a second", Duration::from_millis(500), 6));
    let ticks = executor.run(async { seconds.await + halves.await }).await;
    println!("{ticks} ticks");
}

/// Prints a line after each `period`, and returns how many lines that were.
async fn ticks(name: &str, period: Duration, count: u32) -> u32 {
    let mut clock = interval(period);
    for tick in 1..=count {
        clock.tick().await;
        println!("{name} {tick}");
    }
    count
}

#[cfg(test)]
#[rtt_mod::tests]
mod tests {
    use super::*;

    #[test]
    async fn ticks_are_counted() {
        assert_eq!(ticks("tick", Duration::from_millis(10), 2).await, 2);
    }
}
