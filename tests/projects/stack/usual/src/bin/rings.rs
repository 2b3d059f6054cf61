//! A device calls a function that calls itself through others: through a pointer, and through a trait object.
#![no_std]
#![no_main]

use core::hint::black_box;
use core::sync::atomic::{AtomicUsize, Ordering};

use rtt_mod::device::{Device, Mode};
use rtt_mod::{Result, thread};

static LEVELS: AtomicUsize = AtomicUsize::new(0);

trait Step {
    fn next(&self, steps: &[&dyn Step]);
}

struct Left;
struct Right;

impl Step for Left {
    #[inline(never)]
    fn next(&self, steps: &[&dyn Step]) {
        if LEVELS.fetch_sub(1, Ordering::Relaxed) > 0 {
            steps[1].next(steps);
            black_box(steps);
        }
    }
}

impl Step for Right {
    #[inline(never)]
    fn next(&self, steps: &[&dyn Step]) {
        steps[0].next(steps);
        black_box(steps);
    }
}

#[rtt_mod::main(stack = "4K")]
fn main() -> Result<()> {
    let mut device = Device::find("uart1")?;
    device.on_receive(|count| {
        LEVELS.store(count, Ordering::Relaxed);
        let steps: [&dyn Step; 2] = [&Left, &Right];
        black_box(steps)[0].next(black_box(&steps));
    })?;
    device.open(Mode::READ)?;
    thread::park();
    Ok(())
}
