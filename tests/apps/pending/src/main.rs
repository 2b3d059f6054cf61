//! Ends while futures are pending: by itself with an error, by `exit`, or by `panic`.
#![no_std]
#![no_main]

use core::time::Duration;

use rtt_mod::{
    Args, Error, process,
    task::{LocalExecutor, block_on, interval, sleep, timeout},
};

#[rtt_mod::main(heap = "1K")]
async fn main(mut args: Args) -> Result<(), Error> {
    let executor = LocalExecutor::new();
    drop(executor.spawn(async {
        let mut ticks = interval(Duration::from_millis(3));
        loop {
            ticks.tick().await;
        }
    }));
    let nested = || block_on(sleep(Duration::from_millis(5)));
    let end = async {
        nested();
        sleep(Duration::from_millis(10)).await;
        match args.nth(1) {
            Some("exit") => process::exit(3),
            Some("panic") => panic!("in a future"),
            _ => sleep(Duration::MAX).await,
        }
    };
    timeout(Duration::from_millis(50), executor.run(end)).await
}
