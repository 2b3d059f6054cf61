//! Awaits input of a serial port, whose interrupt wakes the future: three times.
#![no_std]
#![no_main]

use core::{
    future::{Future, poll_fn},
    sync::atomic::{AtomicU32, Ordering},
    task::Poll,
};

use rtt_mod::{
    Result,
    device::{Device, Mode},
    println,
};

/// Bytes that the port has.
static RECEIVED: AtomicU32 = AtomicU32::new(0);

#[rtt_mod::main(heap = "1K")]
async fn main() -> Result<()> {
    let mut port = Device::find("uart1")?;
    port.open(Mode::READ | Mode::INTERRUPT_RX)?;
    println!("listening");
    for turn in 1..=3 {
        input(&mut port).await?;
        let mut buffer = [0; 8];
        println!("{turn}: {} bytes", port.read(0, &mut buffer)?);
    }
    Ok(())
}

/// Becomes ready in the port's interrupt, and not before.
fn input(port: &mut Device) -> impl Future<Output = Result<()>> {
    RECEIVED.store(0, Ordering::Relaxed);
    poll_fn(|context| {
        if RECEIVED.load(Ordering::Relaxed) > 0 {
            return Poll::Ready(Ok(()));
        }
        let waker = context.waker().clone();
        let listens = port.on_receive(move |count| {
            RECEIVED.store(count as u32, Ordering::Relaxed);
            waker.wake_by_ref();
        });
        match listens {
            Ok(()) => Poll::Pending,
            Err(error) => Poll::Ready(Err(error)),
        }
    })
}
