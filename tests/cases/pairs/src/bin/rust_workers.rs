//! Three threads add to a sum under a mutex.
#![no_std]
#![no_main]

use rtt_mod::{println, sync::Mutex, thread::Builder};

static SUM: Mutex<u32> = Mutex::new(0);

#[rtt_mod::main]
fn main() -> rtt_mod::Result<()> {
    pairs::mark();
    let worker = |first: u32| {
        Builder::new().stack_size(1024).spawn(move || {
            for i in 0..100 {
                *SUM.lock() += first + i;
            }
        })
    };
    for thread in [worker(0)?, worker(100)?, worker(200)?] {
        let _ = thread.join();
    }
    println!("the sum is {}", *SUM.lock());
    pairs::mark();
    Ok(())
}
