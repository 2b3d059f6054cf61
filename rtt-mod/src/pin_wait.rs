//! Waiting for the levels and edges of a pin, with the trait of `embedded-hal-async`.
#![forbid(unsafe_code)]

use alloc::sync::Arc;
use core::{
    future::poll_fn,
    sync::atomic::{AtomicBool, Ordering},
    task::Poll,
};

use embedded_hal::digital::PinState;
use embedded_hal_async::digital::Wait;

use crate::{
    Result,
    pin::{Edge, Input},
    sys::{pin::Interrupt, waker_slot::WakerSlot},
};

/// An edge that is to come.
#[derive(Debug)]
struct Coming {
    has_come: AtomicBool,
    waker: WakerSlot,
}

/// The pin's interrupt wakes the future. A wait fails with [`Error::Busy`](crate::Error::Busy) while the pin has a callback of
/// [`on_edge`](Input::on_edge).
impl Wait for Input {
    async fn wait_for_high(&mut self) -> Result<()> {
        wait(self.number(), Edge::Rising, Some(PinState::High)).await
    }

    async fn wait_for_low(&mut self) -> Result<()> {
        wait(self.number(), Edge::Falling, Some(PinState::Low)).await
    }

    async fn wait_for_rising_edge(&mut self) -> Result<()> {
        wait(self.number(), Edge::Rising, None).await
    }

    async fn wait_for_falling_edge(&mut self) -> Result<()> {
        wait(self.number(), Edge::Falling, None).await
    }

    async fn wait_for_any_edge(&mut self) -> Result<()> {
        wait(self.number(), Edge::Both, None).await
    }
}

/// Waits for an edge; not if the pin has the level already.
async fn wait(pin: u32, edge: Edge, level: Option<PinState>) -> Result<()> {
    let coming = Arc::new(Coming { has_come: AtomicBool::new(false), waker: WakerSlot::new() });
    let theirs = Arc::clone(&coming);
    let _interrupt = Interrupt::new(pin, edge as u32, move |_| {
        theirs.has_come.store(true, Ordering::Release);
        theirs.waker.wake();
    })?;
    poll_fn(|context| {
        coming.waker.set(context.waker().clone());
        match level.map(|level| crate::pin::level(pin).map(|now| now == level)) {
            Some(Err(error)) => Poll::Ready(Err(error)),
            Some(Ok(true)) => Poll::Ready(Ok(())),
            _ if coming.has_come.load(Ordering::Acquire) => Poll::Ready(Ok(())),
            _ => Poll::Pending,
        }
    })
    .await
}
