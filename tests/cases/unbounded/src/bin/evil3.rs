//! Does what no program should, without `unsafe`: `evil3 WHAT`. Most of it is about values that are dropped, moved or kept where
//! nobody expects it.
#![no_std]
#![no_main]
#![deny(unsafe_code)]

extern crate alloc;

use alloc::boxed::Box;
use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::alloc::Layout;
use core::cell::RefCell;
use core::hint::black_box;
use core::mem;
use core::sync::atomic::{AtomicU32, Ordering};
use core::time::Duration;

use rtt_mod::device::{Device, Driver, Mode, Registration, register};
use rtt_mod::env::Args;
use rtt_mod::fs::{self, File};
use rtt_mod::shell::Command;
use rtt_mod::sync::{MessageQueue, Mutex, Once, Semaphore, critical, mpsc};
use rtt_mod::thread::{Builder, JoinHandle, spawn};
use rtt_mod::time::timer::{OneShot, Periodic};
use rtt_mod::{Error, Result, println, process, thread, thread_local};

/// How often files are opened.
const ROUNDS: u32 = 300;
const MOMENT: Duration = Duration::from_millis(20);

static TIMER: Mutex<Option<Periodic>> = Mutex::new(None);
static REGISTRATION: Mutex<Option<Registration>> = Mutex::new(None);
static LOCK: Mutex<u32> = Mutex::new(0);
static ONCE: Once = Once::new();
static HANDLE: MessageQueue<JoinHandle<u32>> = MessageQueue::new(1);

thread_local! {
    static LOCAL: RefCell<Option<Ends>> = const { RefCell::new(None) };
}

/// What happens when it is dropped.
#[derive(Clone, Copy)]
enum Way {
    Panic,
    Exit,
    Recurse,
    Wait,
}

struct Ends(Way);

impl Ends {
    fn keep(&self) {
        black_box(&self.0);
    }
}

impl Drop for Ends {
    fn drop(&mut self) {
        match self.0 {
            Way::Panic => panic!("in a drop"),
            Way::Exit => process::exit(9),
            Way::Recurse => use_up(),
            Way::Wait => thread::sleep(MOMENT),
        }
    }
}

/// Not by `spin_loop`: QEMU leaves its loop at each.
fn spin() -> ! {
    let mut rounds = 0_u32;
    loop {
        rounds = black_box(rounds.wrapping_add(1));
    }
}

#[expect(unconditional_recursion, reason = "it is to use up the stack")]
fn deep(depth: u32) -> u32 {
    let kept = black_box([depth; 16]);
    deep(depth + 1) + kept[3]
}

/// The stack.
fn use_up() {
    black_box(deep(1));
}

struct Deep;

impl Driver for Deep {
    fn read(&self, _: u32, _: &mut [u8]) -> Result<usize> {
        use_up();
        Ok(0)
    }
}

/// Its read takes a while.
struct Slow([u32; 8]);

impl Driver for Slow {
    fn read(&self, _: u32, _: &mut [u8]) -> Result<usize> {
        thread::sleep(MOMENT);
        Ok(self.0[3] as usize)
    }
}

/// Ends when the driver is dropped.
struct EndsLater(#[expect(dead_code, reason = "it is dropped")] Ends);

impl Driver for EndsLater {}

#[repr(align(256))]
struct Aligned([u8; 16]);

#[rtt_mod::main(stack = "4K", heap = "kernel")]
fn main(mut args: Args) -> Result<()> {
    let what = args.nth(1).unwrap_or("none");
    match what {
        "timer-drops-itself" => timer_drops_itself(false)?,
        "hard-timer-drops-itself" => timer_drops_itself(true)?,
        "timer-drop-panics" => drop(timer_with(Way::Panic)?),
        "timer-drop-exits" => drop(timer_with(Way::Exit)?),
        "timer-drop-recurses" => drop(timer_with(Way::Recurse)?),
        "timer-drop-waits" => drop(timer_with(Way::Wait)?),
        "hard-exit" => once_hard(|| process::exit(9))?,
        "hard-deep" => once_hard(use_up)?,
        "hard-waits" => once_hard(|| thread::sleep(MOMENT))?,
        "soft-deep" => once(use_up)?,
        "soft-spins" => once(|| spin())?,
        "soft-spins-in-calls" => once(|| {
            loop {
                drop(black_box(Box::new([0_u8; 16])));
            }
        })?,
        "driver-deep" => driver_deep()?,
        "driver-drop-panics" => drop(register("evd", EndsLater(Ends(Way::Panic)))?),
        "driver-drop-exits" => drop(register("evd", EndsLater(Ends(Way::Exit)))?),
        "driver-dropped-in-use" => driver_dropped_in_use()?,
        "callback-deep" => callback(|_| use_up())?,
        "callback-drop-panics" => {
            let ends = Ends(Way::Panic);
            callback(move |_| ends.keep())?;
        }
        "command-drop-panics" => {
            let ends = Ends(Way::Panic);
            drop(Command::register("evc", "nothing", move |_| ends.keep())?);
        }
        "guard-forgotten" => guard_forgotten(),
        "handle-moves" => handle_moves()?,
        "joins-itself" => joins_itself()?,
        "channel-outlives" => channel_outlives()?,
        "local-drop-panics" => local(Way::Panic)?,
        "local-drop-exits" => local(Way::Exit)?,
        "zero-sized" => zero_sized()?,
        "aligned" => aligned()?,
        "huge" => huge(),
        "once-again" => ONCE.call_once(|| ONCE.call_once(|| println!("never"))),
        "critical-exit" => critical::section(|| process::exit(9)),
        "critical-waits" => critical::section(|| thread::sleep(MOMENT)),
        "exits-at-once" => exits_at_once()?,
        "suspends" => suspends()?,
        "races" => races()?,
        "file-is-shared" => file_is_shared()?,
        "opens-at-once" => opens_at_once()?,
        "timers-without-end" => timers_without_end(),
        "console-is-a-file" => println!("opened: {}", File::open("/dev/uart0").is_ok()),
        "card-fills-up" => card_fills_up()?,
        "names" => {
            let is_taken = |name: &&str| register(name, Deep).is_ok();
            println!("names: {}", ["", "a\0b", "a\nb", "\u{1b}[31m"].iter().filter(|name| is_taken(name)).count());
        }
        _ => println!("what?"),
    }
    thread::sleep(2 * MOMENT);
    println!("end");
    Ok(())
}

fn timer_drops_itself(is_hard: bool) -> Result<()> {
    let words = [0x600d_u32; 8];
    let work = move || {
        if let Ok(mut timer) = TIMER.try_lock() {
            drop(timer.take());
        }
        println!("after: {:#x}", black_box(&words)[3]);
    };
    let timer = if is_hard { Periodic::hard(MOMENT, work)? } else { Periodic::new(MOMENT, work)? };
    timer.start();
    *TIMER.lock() = Some(timer);
    thread::sleep(3 * MOMENT);
    Ok(())
}

fn timer_with(way: Way) -> Result<OneShot> {
    let ends = Ends(way);
    OneShot::new(MOMENT, move || ends.keep())
}

fn once(work: impl FnMut() + Send + 'static) -> Result<()> {
    let timer = OneShot::new(MOMENT, work)?;
    timer.start();
    thread::sleep(3 * MOMENT);
    Ok(())
}

fn once_hard(work: impl FnMut() + Send + 'static) -> Result<()> {
    let timer = OneShot::hard(MOMENT, work)?;
    timer.start();
    thread::sleep(3 * MOMENT);
    Ok(())
}

fn driver_deep() -> Result<()> {
    let _registration = register("evd", Deep)?;
    let mut device = Device::find("evd")?;
    device.open(Mode::READ)?;
    println!("read: {}", device.read(0, &mut [0; 4]).is_ok());
    Ok(())
}

fn driver_dropped_in_use() -> Result<()> {
    *REGISTRATION.lock() = Some(register("evd", Slow([1; 8]))?);
    let readers: Vec<_> = (0..3)
        .map(|_| {
            Builder::new().spawn(|| {
                let mut device = Device::find("evd")?;
                device.open(Mode::READ)?;
                device.read(0, &mut [0; 4])
            })
        })
        .collect::<Result<_>>()?;
    thread::sleep(MOMENT / 4);
    drop(REGISTRATION.lock().take());
    for reader in readers {
        println!("joined: {}", reader.join().is_ok());
    }
    Ok(())
}

fn callback(work: impl FnMut(usize) + Send + 'static) -> Result<()> {
    let registration = register("evd", Slow([1; 8]))?;
    let mut device = Device::find("evd")?;
    device.on_receive(work)?;
    device.open(Mode::READ)?;
    println!("received: {}", registration.received(3).is_ok());
    Ok(())
}

fn guard_forgotten() {
    mem::forget(LOCK.lock());
    let other = spawn(|| LOCK.lock_timeout(MOMENT).is_err());
    println!("locked: {}", other.join().unwrap_or(false));
}

/// A handle is joined in another thread than the one that spawned it.
fn handle_moves() -> Result<()> {
    let first = Builder::new().spawn(|| {
        thread::sleep(MOMENT);
        7
    })?;
    let second = Builder::new().spawn(move || first.join())?;
    println!("joined: {}", matches!(second.join(), Ok(Ok(7))));
    Ok(())
}

fn joins_itself() -> Result<()> {
    let thread = Builder::new().spawn(|| {
        let own = HANDLE.receive();
        println!("joined itself: {}", own.join().is_ok());
        7_u32
    })?;
    HANDLE.send(thread);
    thread::sleep(MOMENT);
    Ok(())
}

/// Neither end of the channel is dropped before the module ends, and there are messages in it.
fn channel_outlives() -> Result<()> {
    let (sender, receiver) = mpsc::channel();
    Builder::new().spawn(move || {
        for message in receiver {
            let message: Box<[Arc<u32>; 4]> = message;
            if *message[0] == 3 {
                thread::sleep(Duration::MAX);
            }
        }
    })?;
    for number in 0..20 {
        let shared = Arc::new(number);
        drop(sender.send(Box::new([shared.clone(), shared.clone(), shared.clone(), shared])));
    }
    mem::forget(sender);
    Ok(())
}

fn local(way: Way) -> Result<()> {
    let thread = Builder::new().spawn(move || LOCAL.with_borrow_mut(|local| *local = Some(Ends(way))))?;
    println!("joined: {}", thread.join().is_ok());
    Ok(())
}

fn zero_sized() -> Result<()> {
    let unit = Builder::new().spawn(|| ())?.join();
    let timer = OneShot::new(MOMENT, || ())?;
    timer.start();
    let command = Command::register("evz", "nothing", |_| ())?;
    let queue: MessageQueue<()> = MessageQueue::new(2);
    queue.send(());
    println!("{} {}", unit.is_ok(), queue.try_receive().is_ok());
    drop((timer, command));
    Ok(())
}

fn aligned() -> Result<()> {
    let value = Aligned([5; 16]);
    let work = move || {
        let place = core::ptr::from_ref(&value).addr();
        (place % 256, value)
    };
    let joined = Builder::new().stack_size(8 << 10).spawn(work)?.join();
    println!("{}", joined.is_ok_and(|(rest, value)| rest == 0 && value.0[15] == 5));
    let block = Box::new(Aligned([6; 16]));
    let timer = OneShot::new(MOMENT, move || {
        let place = core::ptr::from_ref(&*block).addr();
        println!("{} {}", place % 256, block.0[15]);
    })?;
    timer.start();
    thread::sleep(2 * MOMENT);
    Ok(())
}

fn huge() {
    println!("vec: {}", Vec::<u64>::new().try_reserve(usize::MAX / 16).is_err());
    println!("layout: {}", Layout::from_size_align(1, 1 << (usize::BITS - 1)).is_ok());
    println!("stack: {}", Builder::new().stack_size(usize::MAX).spawn(|| ()).is_ok());
    let name: String = core::iter::repeat_n('x', 5000).collect();
    println!("name: {}", Builder::new().name(&name).spawn(|| ()).is_ok());
    println!("device: {}", register(&name, Deep).is_err());
    println!("found: {}", Device::find(&name).is_err());
    println!("opened: {}", File::open(&name).is_err());
    println!("timer: {}", OneShot::new(Duration::MAX, || ()).map(|timer| timer.start()).is_ok());
}

/// Three threads and `main` exit in the same moment.
fn exits_at_once() -> Result<()> {
    static START: Semaphore = Semaphore::new(0);
    for code in 10..13 {
        Builder::new().spawn(move || {
            START.take();
            process::exit(code)
        })?;
    }
    for _ in 0..3 {
        START.release();
    }
    process::exit(9)
}

/// Suspends a thread that is in the kernel's heap and file system most of the time.
fn suspends() -> Result<()> {
    let busy = Builder::new().stack_size(4096).spawn(|| {
        loop {
            drop(black_box(File::open("/hello.mo")));
            drop(black_box(Box::new([0_u8; 64])));
        }
    })?;
    for _ in 0..50 {
        let is_suspended = busy.thread().suspend().is_ok();
        drop(black_box(Box::new([0_u8; 64])));
        drop(File::open("/hello.mo"));
        if is_suspended {
            busy.thread().resume()?;
        }
        thread::sleep(Duration::from_millis(2));
    }
    Ok(())
}

/// Threads start, stop and drop one timer, which does so too.
fn races() -> Result<()> {
    static SHARED: Mutex<Option<Arc<OneShot>>> = Mutex::new(None);
    let threads: Vec<_> = (0..4)
        .map(|number| {
            Builder::new().spawn(move || {
                for round in 0..50 {
                    let timer = OneShot::new(Duration::from_millis(1 + round % 3), || {
                        if let Ok(timer) = SHARED.try_lock()
                            && let Some(timer) = &*timer
                        {
                            timer.start();
                        }
                    });
                    let Ok(timer) = timer.map(Arc::new) else { return };
                    timer.start();
                    let old = SHARED.lock().replace(timer);
                    if number % 2 == 0 {
                        thread::yield_now();
                    }
                    drop(old);
                }
            })
        })
        .collect::<Result<_>>()?;
    println!("joined: {}", threads.into_iter().all(|thread| thread.join().is_ok()));
    drop(SHARED.lock().take());
    Ok(())
}

/// A file that several threads read and close.
fn file_is_shared() -> Result<()> {
    let file = Arc::new(File::open("/hello.mo")?);
    let readers: Vec<_> = (0..3)
        .map(|number| {
            let file = Arc::clone(&file);
            Builder::new().stack_size(4096).spawn(move || file.read_at(&mut [0; 32], number * 16).is_ok())
        })
        .collect::<Result<_>>()?;
    drop(file);
    for reader in readers {
        println!("read: {}", reader.join().unwrap_or(false));
    }
    Ok(())
}

/// One thread opens the same two files over and over, one to read and one to write, and two others interrupt it to do the
/// same. Who is refused is told why, and no two have the second open at the same time.
fn opens_at_once() -> Result<()> {
    static INTERRUPTING: AtomicU32 = AtomicU32::new(2);
    let interrupting = |priority| {
        Builder::new().stack_size(4096).priority(priority).spawn(|| {
            let is_right = (0..ROUNDS).all(|_| {
                tick();
                opens_alone(tick)
            });
            INTERRUPTING.fetch_sub(1, Ordering::Relaxed);
            is_right
        })
    };
    let threads = [interrupting(18)?, interrupting(19)?];
    let mut is_right = true;
    while is_right && INTERRUPTING.load(Ordering::Relaxed) != 0 {
        is_right = opens_alone(|| ());
    }
    for thread in threads {
        is_right &= thread.join().unwrap_or(false);
    }
    println!("opened alone: {is_right}");
    fs::remove_file("/opened.txt")
}

fn tick() {
    thread::sleep(Duration::from_millis(1));
}

fn opens_alone(work: impl FnOnce()) -> bool {
    static WRITERS: AtomicU32 = AtomicU32::new(0);
    let is_read = matches!(File::open("/hello.mo"), Ok(_) | Err(Error::Busy));
    let is_written = match File::create("/opened.txt") {
        Ok(_file) => {
            let others = WRITERS.fetch_add(1, Ordering::Relaxed);
            work();
            WRITERS.fetch_sub(1, Ordering::Relaxed);
            others == 0
        }
        Err(error) => error == Error::Busy,
    };
    is_read && is_written
}

/// A file that would be larger than the card.
fn card_fills_up() -> Result<()> {
    let file = File::create("/full.txt")?;
    file.write_at(b"abc", 0)?;
    println!("{:?} {:?}", file.set_len(0x7FFF_FFFF), file.metadata().map(|metadata| metadata.len()));
    drop(file);
    fs::remove_file("/full.txt")
}

/// Timers that are kept until there is no memory, and then all at once go off. There is some again for what they do.
fn timers_without_end() {
    let mut timers = Vec::with_capacity(500);
    let reserve = Box::new([0_u8; 1024]);
    while timers.len() < timers.capacity()
        && let Ok(timer) = OneShot::new(MOMENT, || drop(black_box(Box::new(1))))
    {
        timers.push(timer);
    }
    drop(black_box(reserve));
    for timer in &timers {
        timer.start();
    }
    thread::sleep(2 * MOMENT);
    println!("{} timers", timers.len() > 100);
}
