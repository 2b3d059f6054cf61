//! Awaits lines of a serial port, or that nothing comes for a while: whichever is first.
#![no_std]
#![no_main]

use embassy_futures::select::{Either, select};
use embedded_hal_async::delay::DelayNs;
use embedded_io_async::Read;
use rtt_mod::{
    Result,
    delay::Delay,
    prelude::*,
    uart::{Line, Receiver},
};

#[rtt_mod::main]
async fn main() -> Result<()> {
    let mut port = Receiver::open("uart1", Line::default())?;
    println!("listening to uart1");
    loop {
        match select(line(&mut port), Delay.delay_ms(500)).await {
            Either::First(line) => match line?.as_str() {
                "quit" => return Ok(()),
                line => println!("{line:?}"),
            },
            Either::Second(()) => println!("nothing for half a second"),
        }
    }
}

/// The next line. What has come of it is lost when the time is over.
async fn line(port: &mut impl Read<Error = rtt_mod::Error>) -> Result<String> {
    let mut line = String::new();
    loop {
        let mut byte = [0];
        port.read(&mut byte).await?;
        match byte {
            [b'\n'] => return Ok(line),
            [byte] => line.push(char::from(byte)),
        }
    }
}
