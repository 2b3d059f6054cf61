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
mod tests {
    use super::*;
    use rtt_mod::task::block_on;
    use rtt_mod_host::printed;

    #[test]
    fn each_tick_is_a_line() {
        let printed =
            printed(|| assert_eq!(block_on(ticks("tick", Duration::from_millis(1), 2)), 2));
        assert_eq!(printed, "tick 1\ntick 2\n");
    }
}
