//! Runs futures side by side in one thread.
#![no_std]
#![no_main]

use core::{future, time::Duration};

use rtt_mod::{
    println,
    task::{LocalExecutor, interval, sleep, timeout},
};

#[rtt_mod::main(heap = "1K")]
async fn main() {
    let executor = LocalExecutor::new();
    let ping = executor.spawn(player("ping", Duration::ZERO));
    let pong = executor.spawn(player("pong", Duration::from_millis(10)));
    let strokes = executor.run(async { ping.await + pong.await }).await;
    println!("{strokes} strokes");

    let never = future::pending::<()>();
    if let Err(error) = timeout(Duration::from_millis(20), never).await {
        println!("a third player: {}", error.as_str());
    }
}

/// Strikes every 20 milliseconds, `delay` after the others.
async fn player(name: &str, delay: Duration) -> u32 {
    sleep(delay).await;
    let mut turns = interval(Duration::from_millis(20));
    for turn in 1..=3 {
        turns.tick().await;
        println!("{name} {turn}");
    }
    3
}
