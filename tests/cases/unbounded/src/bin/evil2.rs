//! Ends, or does something that needs much stack, in a place where a module's functions are called: `evil2 PLACE WHAT`, and
//! `evil2 stk WHAT BYTES` in a thread with so much stack.
#![no_std]
#![no_main]
#![deny(unsafe_code)]

extern crate alloc;

use alloc::{format, vec};
use core::hint::{self, black_box};
use core::time::Duration;

use rtt_mod::device::{Device, Driver, Mode, register};
use rtt_mod::dl::Library;
use rtt_mod::env::Args;
use rtt_mod::fs::{self, File};
use rtt_mod::io::{Read as _, Write as _};
use rtt_mod::shell::Command;
use rtt_mod::sync::{Mutex, critical};
use rtt_mod::thread::Builder;
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
        b'i' => println!("int {}", black_box(42)),
        b'f' => println!("{}", black_box(1.5_f32)),
        b'F' => println!("{:?} {:10.3}", black_box(1.5e30_f64), black_box(2.25_f64)),
        b'G' => println!("{}", format!("{:?}", black_box([1_u8, 2, 3])).len()),
        b'v' => drop(black_box(vec![1_u8; 100])),
        b's' => drop(Builder::new().stack_size(512).spawn(|| ()).map(|thread| thread.join())),
        b'C' => drop(Command::register("zz", "nothing", |_| ())),
        b'D' => drop(Device::find("uart0")),
        b'W' => {
            thread::sleep(Duration::from_secs(5));
            println!("woken");
        }
        b'S' => loop {
            hint::spin_loop();
        },
        other => drop(black_box(with_files(other))),
    }
}

/// What goes to the file system.
fn with_files(what: u8) -> Result<()> {
    match what {
        b'o' => drop(File::open("/hello.mo")?),
        b'n' => drop(File::create("/q.txt")?.write(b"abc")?),
        b'd' => fs::read_dir("/")?.for_each(|entry| drop(black_box(entry))),
        b'm' => drop(black_box(fs::metadata("/hello.mo")?)),
        b'r' => fs::rename("/q.txt", "/r.txt")?,
        b'R' => drop(File::open("/hello.mo")?.read(&mut [0; 16])?),
        b'k' => fs::create_dir("/dd")?,
        _ => {}
    }
    Ok(())
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
    let bytes = args.next().and_then(|bytes| bytes.parse().ok()).unwrap_or(1024);
    match place {
        "stk" => drop(Builder::new().stack_size(bytes).spawn(move || act(what))?.join()),
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
