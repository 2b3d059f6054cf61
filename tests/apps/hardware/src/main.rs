//! An analog output, a watchdog, a disk, a display.
#![no_std]
#![no_main]

use core::time::Duration;

use embedded_graphics::{
    mono_font::{MonoTextStyle, ascii::FONT_6X10},
    pixelcolor::{Rgb565, Rgb888},
    prelude::*,
    primitives::{PrimitiveStyle, Rectangle},
    text::{Baseline, Text},
};
use embedded_storage::{ReadStorage, Storage};
use rtt_mod::{
    Args, Error, Result,
    block::Block,
    dac::Dac,
    device::{Driver, register},
    display::Display,
    println, process, thread,
    watchdog::Watchdog,
};

#[rtt_mod::main]
fn main(mut args: Args) -> Result<()> {
    match args.nth(1) {
        Some("dac") => dac(),
        Some("watchdog") => watchdog(),
        Some("disk") => disk(args.next().unwrap_or("sd0")),
        Some("display") => display(),
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

/// Devices of other kinds are refused.
fn others() -> Result<()> {
    struct Nothing;

    impl Driver for Nothing {}

    let _registration = register("nothing", Nothing)?;
    for name in ["nothing", "uart0", "adc1", "none"] {
        println!(
            "{name}: {:?} {:?} {:?} {:?}",
            Dac::open(name).err(),
            Watchdog::open(name).and_then(|mut watchdog| watchdog.feed()).err(),
            Block::open(name).err(),
            Display::open(name).err(),
        );
    }
    Ok(())
}
