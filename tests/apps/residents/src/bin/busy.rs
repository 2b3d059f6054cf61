//! A program that ends while the shell is in a command of its.
#![no_std]
#![no_main]

use core::time::Duration;

use rtt_mod::{Result, println, shell::Command, sync::Semaphore, thread};

/// Given when the shell is in the command.
static CALLED: Semaphore = Semaphore::new(0);

#[rtt_mod::main(stack = "2K", priority = 10, desc = "waits to be interrupted")]
fn main() -> Result<()> {
    let _command = Command::register("wait", "wait for a minute", |_| {
        println!("waiting");
        CALLED.release();
        thread::sleep(Duration::from_secs(60));
        println!("after a minute");
    })?;
    println!("registered");
    CALLED.take();
    thread::sleep(Duration::from_secs(1));
    Ok(())
}
