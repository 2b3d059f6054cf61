//! Sends back what arrives at a serial port, until a line ends.
#![no_std]
#![no_main]

use rtt_mod::{
    Result,
    device::{Device, Mode},
    println,
    sync::Semaphore,
};

/// Given by the port's interrupt, whenever something has arrived.
static ARRIVED: Semaphore = Semaphore::new(0);

#[rtt_mod::main(heap = "1K")]
fn main() -> Result<()> {
    let mut port = Device::find("uart1")?;
    port.on_receive(|_| ARRIVED.release())?;
    port.open(Mode::READ_WRITE | Mode::INTERRUPT_RX)?;
    println!("listening to uart1");
    let mut buffer = [0; 16];
    let mut total = 0;
    loop {
        let length = port.read(0, &mut buffer)?;
        let text = &buffer[..length];
        port.write(0, text)?;
        total += length;
        if text.contains(&b'\n') {
            break;
        }
        if text.is_empty() {
            ARRIVED.take();
        }
    }
    println!("{total} bytes came and went");
    Ok(())
}
