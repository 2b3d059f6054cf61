//! Prints how many bytes of stack the kernel's services take below their caller: a line `CLASS BYTES CALL` for each, by
//! the classes of kernel-glue/stack.toml.
#![no_std]
#![no_main]
#![expect(unsafe_code, reason = "the unused part of the stack is filled and read")]

extern crate alloc;

mod classes;
mod depth;

use alloc::boxed::Box;
use core::{hint::black_box, time::Duration};

use log::LevelFilter;
use rtt_mod::{
    Result,
    device::{Device, Driver, Mode, register},
    dl::Library,
    env,
    fs::{self, File},
    io::{Read, Seek, SeekFrom, Write},
    logger,
    pool::Pool,
    println,
    shell::Command,
    sync::{EventFlags, Mailbox, MessageQueue, Mutex, Semaphore},
    thread::{self, Builder},
    time::{Instant, timer::OneShot},
};

/// So long a wait lasts that nobody ends.
const TIMEOUT: Duration = Duration::from_millis(3);

#[rtt_mod::main(stack = "16K", heap = "kernel")]
fn main() -> Result<()> {
    report("print", "println", || println!("{} is {:>6}", "a number", -12_345));
    report("processor", "now", || _ = black_box(Instant::now()));
    report("new", "variable", || _ = env::var("PATH"));
    report("new", "variables", || _ = black_box(env::vars().count()));
    logger::init(LevelFilter::Info);
    report("log", "message", || log::info!("a message"));
    waits();
    new_objects();
    files()?;
    report("library", "open and close", || _ = Library::open("/library.mo"));
    devices()?;
    classes::measure();
    Ok(())
}

/// The most of three calls: the first of them may be the first of its kind in the kernel.
fn report(class: &str, call: &str, mut work: impl FnMut()) {
    let bytes = (0..3).map(|_| depth::of(&mut work)).max().unwrap_or_default();
    println!("{class} {bytes} {call}");
}

fn waits() {
    let semaphore = Semaphore::new(0);
    report("wait", "semaphore take", || _ = semaphore.take_timeout(TIMEOUT));
    report("wait", "semaphore release", || semaphore.release());
    let mutex = Mutex::new(0);
    report("wait", "mutex lock and unlock", || *mutex.lock() += 1);
    let events = EventFlags::new();
    report("wait", "event wait", || _ = events.wait_any_timeout(2, TIMEOUT));
    report("wait", "event set", || events.set(1));
    let mailbox = Mailbox::new(1);
    report("wait", "mailbox receive", || _ = mailbox.receive_timeout(TIMEOUT));
    report("wait", "mailbox send", || _ = mailbox.send_timeout(1, TIMEOUT));
    let queue = MessageQueue::<[u8; 16]>::new(1);
    report("wait", "queue receive", || _ = queue.receive_timeout(TIMEOUT));
    report("wait", "queue send", || _ = queue.send_timeout([1; 16], TIMEOUT));
    let pool = Pool::new(1);
    report("wait", "block of a pool", || _ = pool.try_allocate(5));
    let block = pool.try_allocate(5);
    report("wait", "block that does not come", || _ = pool.allocate_timeout(5, TIMEOUT));
    drop(block);
    report("wait", "sleep", || thread::sleep(TIMEOUT));
    report("wait", "yield", thread::yield_now);
    report("wait", "park", || thread::park_timeout(TIMEOUT));
    report("wait", "priority", || _ = thread::current().set_priority(12));
}

fn new_objects() {
    report("new", "semaphore", || Semaphore::new(1).take());
    report("new", "mutex", || drop(Mutex::new(1).lock()));
    report("new", "pool", || drop(Pool::new(4).try_allocate(1)));
    report("new", "queue", || MessageQueue::<u32>::new(4).send(1));
    report("new", "block", || drop(black_box(Box::new([1u8; 100]))));
    report("new", "thread", || _ = Builder::new().stack_size(1024).spawn(|| ()).map(|thread| thread.join()));
    report("new", "timer", || _ = OneShot::new(TIMEOUT, || ()).map(|timer| timer.start()));
    report("new", "command", || _ = Command::register("needed", "", |_| ()));
}

fn files() -> Result<()> {
    report("file", "create", || _ = File::create("needs.txt"));
    let mut file = File::options().read(true).write(true).open("needs.txt")?;
    report("file", "write", || _ = file.write(&[b'n'; 700]));
    report("file", "sync", || _ = file.sync_all());
    report("file", "seek", || _ = file.seek(SeekFrom::Start(0)));
    report("file", "read", || _ = file.read(&mut [0; 600]));
    report("file", "cut", || _ = file.set_len(1));
    report("file", "open", || _ = File::open("needs.txt"));
    drop(file);
    report("file", "metadata", || _ = fs::metadata("needs.txt"));
    report("file", "rename", || _ = fs::rename("needs.txt", "needed.txt"));
    report("file", "remove", || _ = fs::remove_file("needed.txt"));
    report("file", "create folder", || _ = fs::create_dir("needs"));
    report("file", "list folder", || _ = fs::read_dir("/").map(Iterator::count));
    report("file", "remove folder", || _ = fs::remove_dir("needs"));
    Ok(())
}

/// A device that takes everything.
struct Sink;

impl Driver for Sink {}

fn devices() -> Result<()> {
    report("device", "register", || _ = register("needs", Sink));
    let registration = register("needs", Sink)?;
    let mut device = Device::find("needs")?;
    report("device", "open", || _ = device.open(Mode::READ_WRITE));
    report("device", "write", || _ = device.write(0, b"bytes"));
    report("device", "read", || _ = device.read(0, &mut [0; 4]));
    report("device", "close", || _ = device.close());
    drop(registration);
    report("console", "write", || _ = rtt_mod::io::stdout().write(b"bytes\n"));
    Ok(())
}
