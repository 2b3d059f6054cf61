//! A driver makes all that the kernel can give in its first call, by a thread of another module that ends soon, and uses it in
//! the next one: `foreign serve`, then `foreign use` twice. `foreign library` has a library start what outlives the library's
//! handle.
#![no_std]
#![no_main]
#![deny(unsafe_code)]

extern crate alloc;

use core::time::Duration;

use rtt_mod::device::{Device, Driver, Mode, register};
use rtt_mod::dl::Library;
use rtt_mod::env::Args;
use rtt_mod::fs::File;
use rtt_mod::pool::Pool;
use rtt_mod::sync::{Condvar, EventFlags, Mailbox, MessageQueue, Mutex, OnceLock, RwLock, Semaphore};
use rtt_mod::thread::Builder;
use rtt_mod::time::timer::Periodic;
use rtt_mod::{Result, println, thread};

const MOMENT: Duration = Duration::from_millis(20);

static MADE: OnceLock<Made> = OnceLock::new();
static CALLS: Mutex<u32> = Mutex::new(0);
static RELEASED: Semaphore = Semaphore::new(0);
static EVENTS: EventFlags = EventFlags::new();
static MAILS: Mailbox = Mailbox::new(2);
static MESSAGES: MessageQueue<u32> = MessageQueue::new(2);
static SHARED: RwLock<u32> = RwLock::new(0);
static CHANGED: Condvar = Condvar::new();
static POOL: Pool<u32> = Pool::new(2);

/// What has a handle of the kernel's from the start.
struct Made {
    library: Library,
    _timer: Periodic,
    _file: File,
}

impl Made {
    fn new() -> Result<Self> {
        let library = Library::open("/lasting.mo").map_err(|_| rtt_mod::Error::NotFound)?;
        let timer = Periodic::new(MOMENT / 4, || EVENTS.set(1))?;
        timer.start();
        Builder::new().stack_size(1024).spawn(|| {
            loop {
                RELEASED.take();
                MESSAGES.send(7);
            }
        })?;
        Ok(Made { library, _timer: timer, _file: File::open("/lasting.mo")? })
    }

    fn count(&self) -> Option<u32> {
        self.library.get::<extern "C" fn() -> u32>("count").ok().map(|count| count.call())
    }
}

struct Shares;

impl Driver for Shares {
    fn read(&self, _: u32, buffer: &mut [u8]) -> Result<usize> {
        let made = MADE.get_or_init(|| Made::new().unwrap());
        let mut calls = CALLS.lock();
        *calls += 1;
        *SHARED.write() += 1;
        RELEASED.release();
        let _ = MAILS.try_send(5);
        let all = EVENTS.wait_any(1) + MAILS.receive() as u32 + MESSAGES.receive() + *POOL.allocate(3);
        let (calls, late) = CHANGED.wait_timeout(calls, MOMENT);
        println!("call {}: {all} {} {} {:?}", *calls, late.timed_out(), *SHARED.read(), made.count());
        buffer[0] = 1;
        Ok(1)
    }
}

#[rtt_mod::main(stack = "6K", heap = "kernel")]
fn main(mut args: Args) -> Result<()> {
    match args.nth(1).unwrap_or_default() {
        "serve" => serve()?,
        "use" => use_device("foreign")?,
        _ => library()?,
    }
    println!("end");
    Ok(())
}

fn serve() -> Result<()> {
    let _registration = register("foreign", Shares)?;
    println!("serving");
    thread::sleep(Duration::MAX);
    Ok(())
}

fn use_device(name: &str) -> Result<()> {
    let mut device = Device::find(name)?;
    device.open(Mode::READ)?;
    println!("read: {:?}", device.read(0, &mut [0; 4]));
    Ok(())
}

/// What the library has started goes on in its code.
fn library() -> Result<()> {
    let library = Library::open("/lasting.mo").map_err(|_| rtt_mod::Error::NotFound)?;
    if let Ok(start) = library.get::<extern "C" fn() -> u32>("start") {
        println!("started: {}", start.call());
    }
    drop(library);
    for _ in 0..5 {
        thread::sleep(MOMENT);
        drop(core::hint::black_box(alloc::vec![0xFF_u8; 16 << 10])); // where the library was
    }
    use_device("lasting")
}
