//! Calls closures when it is time.
#![no_std]
#![no_main]

use core::{
    sync::atomic::{AtomicU32, Ordering},
    time::Duration,
};

use rtt_mod::{
    Result, println,
    sync::Semaphore,
    thread,
    time::{
        Instant,
        timer::{OneShot, Periodic},
    },
};

static BEATS: AtomicU32 = AtomicU32::new(0);
static ALARM: Semaphore = Semaphore::new(0);

#[rtt_mod::main]
fn main() -> Result<()> {
    let begin = Instant::now();

    let mut count = 0;
    let clock = Periodic::new(Duration::from_millis(20), move || {
        count += 1;
        println!("tick {count}");
    })?;
    clock.start();
    thread::sleep(Duration::from_millis(70));
    drop(clock);

    let heart = Periodic::hard(Duration::from_millis(1), || {
        BEATS.store(BEATS.load(Ordering::Relaxed) + 1, Ordering::Relaxed);
    })?;
    heart.start();
    let alarm = OneShot::new(Duration::from_millis(50), || ALARM.release())?;
    alarm.start();
    ALARM.take();
    heart.stop();

    println!("{} beats until the alarm", BEATS.load(Ordering::Relaxed));
    println!("all in {} ms", begin.elapsed().as_millis() as u32);
    Ok(())
}
