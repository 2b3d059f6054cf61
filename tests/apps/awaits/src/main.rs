//! Awaits interrupts, which wake futures: of a serial port, three times; with `pin`, of a pin.
#![no_std]
#![no_main]

use core::{
    future::{Future, poll_fn},
    sync::atomic::{AtomicU32, Ordering},
    task::Poll,
};

use embassy_futures::join::join;
use embedded_hal::digital::{PinState, StatefulOutputPin};
use embedded_hal_async::{delay::DelayNs, digital::Wait};
use rtt_mod::{
    Args, Result,
    delay::Delay,
    device::{Device, Mode},
    pin::{Input, Output, Pull},
    println,
};

/// The board's first LED, which can be read back.
const LED: u32 = 0;

/// Bytes that the port has.
static RECEIVED: AtomicU32 = AtomicU32::new(0);

#[rtt_mod::main(heap = "1K")]
async fn main(mut args: Args) -> Result<()> {
    if args.next_back() == Some("pin") {
        return pin().await;
    }
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

/// Two futures: one switches an LED, and the other awaits its edges.
async fn pin() -> Result<()> {
    let mut watched = Input::new(LED, Pull::None)?;
    let mut led = Output::new(LED, PinState::Low)?;
    watched.wait_for_low().await?; // as it is
    let switch = async {
        for _ in 0..4 {
            Delay.delay_ms(10).await;
            led.toggle()?;
        }
        Ok(())
    };
    let watch = async {
        watched.wait_for_high().await?;
        println!("high");
        watched.wait_for_falling_edge().await?;
        println!("falling");
        watched.wait_for_rising_edge().await?;
        println!("rising");
        watched.wait_for_any_edge().await?;
        println!("any");
        Result::Ok(())
    };
    let (switched, watched) = join(switch, watch).await;
    switched.and(watched)
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
