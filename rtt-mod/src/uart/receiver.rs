//! What arrives at a serial port, for futures.

use alloc::sync::Arc;
use core::{future::poll_fn, task::Poll};

use super::{Line, set_line};
use crate::{
    Error, Result,
    device::Mode,
    sys::{
        device::{Device, Unit},
        waker_slot::WakerSlot,
    },
};

/// A serial port whose input is awaited: its interrupt wakes the future. It implements [`Read`](embedded_io_async::Read) of
/// `embedded-io-async`.
///
/// It does not write. RT-Thread's serial ports send in the thread that writes, so a future would block all others meanwhile.
/// Write through a [`Serial`](super::Serial) of the same port.
///
/// The feature `embedded-io-async` enables it.
///
/// ```no_run
/// # use core::time::Duration;
/// use rtt_mod::{println, task, uart::{Line, Receiver}};
///
/// #[rtt_mod::main]
/// async fn main() -> rtt_mod::Result<()> {
///     let mut port = Receiver::open("uart1", Line::default())?;
///     let mut bytes = [0; 32];
///     let length = task::timeout(Duration::from_secs(1), port.receive(&mut bytes)).await??;
///     println!("{length} bytes");
///     Ok(())
/// }
/// ```
#[derive(Debug)]
pub struct Receiver {
    device: Device,
    arrived: Arc<WakerSlot>,
}

impl Receiver {
    /// Opens the port `name`. An interrupt buffers received data.
    ///
    /// # Errors
    ///
    /// Those of [`Serial::open`](super::Serial::open).
    ///
    /// ```no_run
    /// use rtt_mod::uart::{Line, Receiver};
    ///
    /// let port = Receiver::open("uart1", Line { baud: 9600, ..Line::default() })?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn open(name: &str, line: Line) -> Result<Self> {
        let device = Device::find(name)?;
        let arrived = Arc::new(WakerSlot::new());
        let theirs = Arc::clone(&arrived);
        device.on_receive(move |_| theirs.wake())?;
        device.open((Mode::READ_WRITE | Mode::INTERRUPT_RX).bits())?;
        set_line(&device, line)?;
        Ok(Receiver { device, arrived })
    }

    /// Waits until data has arrived, and reads it.
    ///
    /// # Errors
    ///
    /// What the driver reports.
    ///
    /// ```no_run
    /// # rtt_mod::task::block_on(async {
    /// # let mut port = rtt_mod::uart::Receiver::open("uart1", rtt_mod::uart::Line::default())?;
    /// let length = port.receive(&mut [0; 32]).await?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// # });
    /// ```
    pub async fn receive(&mut self, buffer: &mut [u8]) -> Result<usize> {
        poll_fn(|context| {
            // First, so that what arrives after the read wakes as well.
            self.arrived.set(context.waker().clone());
            match self.device.read(Unit::BYTE, 0, buffer) {
                Ok(0) if !buffer.is_empty() => Poll::Pending,
                result => Poll::Ready(result),
            }
        })
        .await
    }
}

impl embedded_io_async::ErrorType for Receiver {
    type Error = Error;
}

impl embedded_io_async::Read for Receiver {
    async fn read(&mut self, buffer: &mut [u8]) -> Result<usize> {
        self.receive(buffer).await
    }
}
