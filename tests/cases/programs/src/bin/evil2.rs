//! Ends, or does something that needs much stack, in a place where a module's functions are called: `evil2 PLACE WHAT`.
#![no_std]
#![no_main]
#![deny(unsafe_code)]

extern crate alloc;

use alloc::format;
use core::hint::black_box;
use core::time::Duration;

use rtt_mod::device::{Device, Driver, Mode, register};
use rtt_mod::dl::Library;
use rtt_mod::env::Args;
use rtt_mod::fs::File;
use rtt_mod::shell::Command;
use rtt_mod::sync::{Mutex, critical};
use rtt_mod::time::timer::OneShot;
use rtt_mod::{Result, println, process, thread};

static COUNT: Mutex<u32> = Mutex::new(0);

/// Does what the letter says.
fn act(what: u8) {
    match what {
        b'x' => process::exit(9),
        b'c' => critical::section(|| panic!("in a critical section")),
        b'w' => thread::sleep(Duration::from_millis(50)),
        b'p' => panic!("without arguments"),
        b'P' => panic!("{} {:?}", black_box(3), Some(black_box(4))),
        b'l' => *COUNT.lock() += 1,
        b'L' => drop(Library::open("/library.mo")),
        b'o' => drop(File::open("/hello.mo")),
        b'f' => println!("{}", black_box(1.5_f32)),
        b'F' => println!("{:?} {:10.3}", black_box(1.5e30_f64), black_box(2.25_f64)),
        b'G' => println!("{}", format!("{:?}", black_box([1_u8, 2, 3])).len()),
        _ => {}
    }
}

struct Reads(u8);

impl Driver for Reads {
    fn read(&self, _: u32, buffer: &mut [u8]) -> Result<usize> {
        act(self.0);
        buffer[0] = 1;
        Ok(1)
    }
}

#[rtt_mod::main(stack = "4K", heap = "kernel")]
fn main(mut args: Args) -> Result<()> {
    let place = args.nth(1).unwrap_or("none");
    let what = args.next().unwrap_or("-").as_bytes()[0];
    match place {
        "drv" => read(what)?,
        "rx" => receive(what)?,
        "cmd" => command(what)?,
        "soft" => wait_for(&OneShot::new(Duration::from_millis(5), move || act(what))?),
        "hard" => wait_for(&OneShot::hard(Duration::from_millis(5), move || act(what))?),
        _ => act(what),
    }
    println!("end");
    Ok(())
}

/// In a driver's function that this thread calls.
fn read(what: u8) -> Result<()> {
    let registration = register("evd", Reads(what))?;
    let mut device = Device::find("evd")?;
    device.open(Mode::READ)?;
    println!("read: {}", device.read(0, &mut [0; 4]).is_ok());
    drop(device);
    drop(registration);
    Ok(())
}

/// In a device's callback that this thread calls.
fn receive(what: u8) -> Result<()> {
    let registration = register("evd", Reads(b'-'))?;
    let mut device = Device::find("evd")?;
    device.on_receive(move |_| act(what))?;
    device.open(Mode::READ)?;
    println!("received: {}", registration.received(3).is_ok());
    Ok(())
}

/// In a shell command.
fn command(what: u8) -> Result<()> {
    Command::register("evc", "does what `evil2` was told", move |_| act(what))?.leak();
    println!("ready");
    thread::sleep(Duration::MAX);
    Ok(())
}

/// In a timer's callback.
fn wait_for(timer: &OneShot) {
    timer.start();
    thread::sleep(Duration::from_millis(200));
}
