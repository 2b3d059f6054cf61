//! Two threads hand two semaphores to each other.
#![no_std]
#![no_main]

use rtt_mod::{println, sync::Semaphore, thread::Builder};

static PING: Semaphore = Semaphore::new(0);
static PONG: Semaphore = Semaphore::new(0);

#[rtt_mod::main]
fn main() -> rtt_mod::Result<()> {
    pairs::mark();
    let other = Builder::new().stack_size(1024).spawn(|| {
        for _ in 0..200 {
            PING.take();
            PONG.release();
        }
    })?;
    for _ in 0..200 {
        PING.release();
        PONG.take();
    }
    let _ = other.join();
    println!("200 rounds");
    pairs::mark();
    Ok(())
}
