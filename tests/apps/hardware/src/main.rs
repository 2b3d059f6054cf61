//! Devices of classes that few boards have.
#![no_std]
#![no_main]

use core::time::Duration;

use embedded_can::{ExtendedId, Frame as _, StandardId, blocking};
use embedded_graphics::{
    mono_font::{MonoTextStyle, ascii::FONT_6X10},
    pixelcolor::{Rgb565, Rgb888},
    prelude::*,
    primitives::{PrimitiveStyle, Rectangle},
    text::{Baseline, Text},
};
use embedded_storage::{
    ReadStorage, Storage,
    nor_flash::{NorFlash, ReadNorFlash},
};
use rand_core::TryRng;
use rtt_mod::{
    Args, Error, Result,
    block::Block,
    can::{Can, CanFd, FdFrame, Filter, Frame, Mode},
    dac::Dac,
    device::{Driver, register},
    display::Display,
    flash::Flash,
    hwtimer::HardwareTimer,
    println, process, random,
    sync::Semaphore,
    thread,
    time::Instant,
    watchdog::Watchdog,
};

#[rtt_mod::main(stack = "8K")]
fn main(mut args: Args) -> Result<()> {
    match args.nth(1) {
        Some("dac") => dac(),
        Some("watchdog") => watchdog(),
        Some("disk") => disk(args.next().unwrap_or("sd0")),
        Some("display") => display(),
        Some("timer") => timer(),
        Some("can") => can(),
        Some("canfd") => can_fd(),
        Some("flash") => flash(),
        Some("random") => random(),
        Some("others") => others(),
        _ => Err(Error::InvalidInput),
    }
}

fn dac() -> Result<()> {
    let mut channel = Dac::open("dac1")?.channel(1)?;
    channel.write(1234)?;
    println!("{:?}, {:?}", channel.write(4096), Dac::open("dac1")?.channel(2).err());
    process::exit(3) // with the channel enabled
}

fn watchdog() -> Result<()> {
    let mut watchdog = Watchdog::open("wdt")?;
    println!("{:?}", watchdog.start(Duration::from_secs(61)));
    watchdog.start(Duration::from_millis(1500))?;
    thread::sleep(Duration::from_millis(1200));
    println!("{} of {} seconds", watchdog.left()?.as_secs(), watchdog.timeout()?.as_secs());
    watchdog.feed()?;
    println!("{} seconds", watchdog.left()?.as_secs());
    Ok(()) // it stops when it is dropped
}

/// Changes the last sectors of the disk, which the card's files do not reach, and puts back what was there.
fn disk(name: &str) -> Result<()> {
    let mut disk = Block::open(name)?;
    let end = (disk.capacity() as u64).min(u64::from(u32::MAX)) as u32;
    let (mut before, mut after) = ([0; 20], [0; 20]);
    disk.read(end - 522, &mut before)?;
    disk.write(end - 522, b"across two sectors..")?;
    disk.read(end - 522, &mut after)?;
    disk.write(end - 522, &before)?;
    disk.sync()?;
    println!("{} bytes, {}", disk.sector_bytes(), after.escape_ascii());
    let mut boot = [0; 512];
    disk.read_sectors(0, &mut boot)?;
    println!("{:02x}{:02x}, {:?}", boot[510], boot[511], disk.read(end, &mut [0]));
    Ok(())
}

fn display() -> Result<()> {
    let mut display = Display::open("lcd")?;
    println!("{} x {}, {:?}", display.width(), display.height(), display.format());
    println!("{:?}", display.canvas::<Rgb888>().err());
    let mut canvas = display.canvas::<Rgb565>()?;
    let Ok(()) = canvas.clear(Rgb565::BLACK);
    let frame = Rectangle::new(Point::zero(), canvas.size());
    let Ok(()) = frame.into_styled(PrimitiveStyle::with_stroke(Rgb565::BLUE, 1)).draw(&mut canvas);
    let style = MonoTextStyle::new(&FONT_6X10, Rgb565::RED);
    let Ok(_) = Text::with_baseline("Rust", Point::new(8, 3), style, Baseline::Top).draw(&mut canvas);
    display.set_pixel(40, 0, 0xffff); // outside
    display.update()
}

fn timer() -> Result<()> {
    static TICKS: Semaphore = Semaphore::new(0);

    TICKS.permits(); // the kernel makes it now, because an interrupt can't
    let mut timer = HardwareTimer::open("timer0")?;
    println!("{:?}", HardwareTimer::open("timer0").err());
    println!("{:?}", timer.set_frequency(2_000_000).is_err());
    timer.set_frequency(100_000)?;
    timer.on_elapsed(|| TICKS.release())?;
    let begin = Instant::now();
    timer.every(Duration::from_millis(20))?;
    for _ in 0..5 {
        TICKS.take();
    }
    println!("5 ticks after {} ms", begin.elapsed().as_millis() / 10 * 10);
    timer.once(Duration::from_millis(30))?;
    thread::sleep(Duration::from_millis(15));
    let elapsed = timer.elapsed()?.as_millis();
    TICKS.take();
    println!("{} {:?}", (14..=25).contains(&elapsed), TICKS.take_timeout(Duration::from_millis(60)));
    timer.every(Duration::from_millis(5))?;
    Ok(()) // it stops when it is dropped
}

fn can() -> Result<()> {
    println!("{:?}", Can::open("can1", 2_000_000).err());
    let mut bus = Can::open("can1", 250_000)?;
    bus.set_mode(Mode::Loopback)?;
    let id = StandardId::new(0x123).ok_or(Error::InvalidInput)?;
    blocking::Can::transmit(&mut bus, &Frame::new(id, b"over CAN").ok_or(Error::InvalidInput)?)?;
    let id = ExtendedId::new(0x1234_5678).ok_or(Error::InvalidInput)?;
    bus.send(&Frame::new_remote(id, 3).ok_or(Error::InvalidInput)?)?;
    for _ in 0..2 {
        let frame = bus.receive()?;
        println!("{:x?} {} {}", frame.id(), frame.dlc(), frame.data().escape_ascii());
    }
    let unheard = Frame::new(StandardId::MAX, &[]).ok_or(Error::InvalidInput)?;
    println!("{:?} {:?}", bus.send(&unheard), bus.receive_timeout(Duration::from_millis(20)).err());
    filtered(&mut bus)
}

/// Sends frames of both kinds, and receives them.
fn can_fd() -> Result<()> {
    println!("{:?}", CanFd::open("can1", 500_000, 16_000_000).err());
    let mut bus = CanFd::open("can1", 500_000, 2_000_000)?;
    let id = StandardId::new(0x123).ok_or(Error::InvalidInput)?;
    let mut bytes = [b'.'; 64];
    bytes[63] = b'!';
    for length in [0, 8, 12, 48] {
        bus.send(&FdFrame::new(id, &bytes[..length]).ok_or(Error::InvalidInput)?)?;
        print_fd(&bus.receive()?);
    }
    blocking::Can::transmit(&mut bus, &FdFrame::new(id, &bytes).ok_or(Error::InvalidInput)?.with_rate_switch())?;
    print_fd(&blocking::Can::receive(&mut bus)?);
    let id = ExtendedId::new(0x1234_5678).ok_or(Error::InvalidInput)?;
    let classic = Frame::new(id, b"over CAN").ok_or(Error::InvalidInput)?;
    bus.send(&classic.into())?;
    bus.send(&Frame::new_remote(id, 3).ok_or(Error::InvalidInput)?.into())?;
    print_fd(&bus.receive()?);
    print_fd(&bus.receive()?);
    println!("{:?}", bus.receive_timeout(Duration::from_millis(20)).err());
    Ok(())
}

fn print_fd(frame: &FdFrame) {
    let (length, bytes) = (frame.dlc(), frame.data().escape_ascii());
    println!("{:x?} {length} {} {} {bytes}", frame.id(), frame.is_fd(), frame.switches_rate());
}

/// Sends data frames and a remote frame, some of which the filters let through.
fn filtered(bus: &mut Can) -> Result<()> {
    let id = |number| StandardId::new(number).ok_or(Error::InvalidInput);
    bus.set_filters(&[Filter::masked(id(0x120)?, 0x7F0), Filter::exact(id(0x300)?).remote()])?;
    for number in [0x11F, 0x120, 0x12F, 0x130, 0x300] {
        bus.send(&Frame::new(id(number)?, &[]).ok_or(Error::InvalidInput)?)?;
    }
    bus.send(&Frame::new_remote(id(0x300)?, 0).ok_or(Error::InvalidInput)?)?;
    while let Ok(frame) = bus.receive_timeout(Duration::from_millis(20)) {
        println!("filtered {:x?} {}", frame.id(), frame.is_remote_frame());
    }
    println!("{:?} {:?}", bus.set_filters(&[]), bus.set_filters(&[Filter::exact(StandardId::ZERO); 5]));
    // All frames, for the next run.
    let any = [Filter::masked(StandardId::ZERO, 0), Filter::masked(ExtendedId::ZERO, 0)];
    bus.set_filters(&[any[0], any[1], any[0].remote(), any[1].remote()])
}

fn flash() -> Result<()> {
    let mut flash = Flash::open("nor0")?;
    println!("{} bytes in blocks of {}", flash.len(), flash.erase_bytes());
    println!("{:?} {:?}", flash.erase(0..100), flash.read(4090, &mut [0; 7]));
    flash.erase(1024..3072)?;
    flash.write(2040, b"across two blocks")?;
    println!("{:?}", flash.blocks::<512>().err());
    let flash = Flash::open("nor0")?;
    let mut blocks = flash.blocks::<1024>()?;
    let mut bytes = [0; 19];
    blocks.read(2039, &mut bytes)?;
    println!("{}", bytes.escape_ascii());
    NorFlash::write(&mut blocks, 2040, b"\x00")?;
    NorFlash::erase(&mut blocks, 2048, 3072)?;
    blocks.read(2039, &mut bytes)?;
    println!("{}", bytes.escape_ascii());
    Ok(())
}

fn random() -> Result<()> {
    let mut bytes = [0; 7];
    random::fill(&mut bytes)?;
    println!("{bytes:02x?}");
    println!("{:08x}", random::Generator.try_next_u32()?);
    Ok(())
}

/// Devices of other kinds are refused.
fn others() -> Result<()> {
    struct Nothing;

    impl Driver for Nothing {}

    let _registration = register("nothing", Nothing)?;
    for name in ["nothing", "uart0", "adc1", "none"] {
        println!(
            "{name}: {:?} {:?} {:?} {:?} {:?} {:?} {:?}",
            Dac::open(name).err(),
            Watchdog::open(name).and_then(|mut watchdog| watchdog.feed()).err(),
            Block::open(name).err(),
            Display::open(name).err(),
            HardwareTimer::open(name).err(),
            Can::open(name, 1_000_000).err(),
            Flash::open(name).err(),
        );
    }
    Ok(())
}
