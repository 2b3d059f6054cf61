//! Uses devices, and ends badly while it does: `devices WHAT`.
#![no_std]
#![no_main]
#![expect(unsafe_code, reason = "a control command of a device is unsafe")]

use core::{mem, time::Duration};

use rtt_mod::{
    Args, Error, Result,
    adc::Adc,
    device::{Device, Driver, Mode, register},
    i2c::Bus,
    println, pwm,
    sync::Semaphore,
    thread,
    uart::{Line, Serial},
};

#[rtt_mod::main(heap = "1K")]
fn main(mut args: Args) -> Result<()> {
    match args.nth(1) {
        Some("listen") => listen(),
        Some("panic-in-interrupt") => panic_in_interrupt(),
        Some("first-use-in-interrupt") => first_use_in_interrupt(),
        Some("two-listeners") => two_listeners(),
        Some("bad-driver") => serve("bad"),
        Some("short-driver") => serve("gone"),
        Some("dropped-driver") => drop_driver(),
        Some("use") => use_device(args.next().unwrap_or_default()),
        Some("serial") => serial(),
        Some("mistakes") => mistakes(),
        Some("disk") => disk(),
        Some("leak") => leak(),
        _ => Err(Error::InvalidInput),
    }
}

/// Ends with a closure that input still arrives for.
fn listen() -> Result<()> {
    let mut port = Device::find("uart1")?;
    port.on_receive(|_| ())?;
    port.open(Mode::READ | Mode::INTERRUPT_RX)?;
    println!("listening");
    thread::sleep(Duration::from_millis(500));
    mem::forget(port);
    Ok(())
}

fn panic_in_interrupt() -> Result<()> {
    let mut port = Device::find("uart1")?;
    port.on_receive(|count| panic!("{count} bytes are too many"))?;
    port.open(Mode::READ | Mode::INTERRUPT_RX)?;
    println!("listening");
    thread::sleep(Duration::from_secs(30));
    Ok(())
}

static UNUSED: Semaphore = Semaphore::new(0);

/// The kernel can't make the semaphore there.
fn first_use_in_interrupt() -> Result<()> {
    let mut port = Device::find("uart1")?;
    port.on_receive(|_| UNUSED.release())?;
    port.open(Mode::READ | Mode::INTERRUPT_RX)?;
    println!("listening");
    thread::sleep(Duration::from_secs(30));
    Ok(())
}

static FIRST: Semaphore = Semaphore::new(0);
static SECOND: Semaphore = Semaphore::new(0);

/// Both hear the byte, and the first still does when the second is gone.
fn two_listeners() -> Result<()> {
    FIRST.permits();
    SECOND.permits();
    let (mut first, mut second) = (Device::find("uart1")?, Device::find("uart1")?);
    first.on_receive(|_| FIRST.release())?;
    second.on_receive(|_| SECOND.release())?;
    first.open(Mode::READ | Mode::INTERRUPT_RX)?;
    second.open(Mode::READ | Mode::INTERRUPT_RX)?;
    println!("listening");
    FIRST.take();
    SECOND.take();
    drop(second);
    println!("both");
    while FIRST.try_take().is_ok() {}
    FIRST.take();
    println!("one");
    Ok(())
}

/// Given when the driver is read from.
static USED: Semaphore = Semaphore::new(0);

/// A driver that reads as one byte, and panics when it is written to.
struct Odd;

impl Driver for Odd {
    fn read(&self, _position: u32, buffer: &mut [u8]) -> Result<usize> {
        buffer[0] = b'!';
        USED.release();
        Ok(1)
    }

    fn write(&self, _position: u32, bytes: &[u8]) -> Result<usize> {
        panic!("{} bytes are too many", bytes.len())
    }

    fn control(&self, command: i32, _argument: *mut core::ffi::c_void) -> Result<u32> {
        if command == 7 { Ok(77) } else { Err(Error::Busy) }
    }
}

/// Has a device until shortly after somebody reads from it.
fn serve(name: &str) -> Result<()> {
    let _device = register(name, Odd)?;
    println!("{name} is there");
    USED.take();
    thread::sleep(Duration::from_millis(500));
    println!("{name} goes");
    Ok(())
}

/// The module has its own device open when it takes it back.
fn drop_driver() -> Result<()> {
    let registration = register("own", Odd)?;
    let mut device = Device::find("own")?;
    device.open(Mode::READ_WRITE)?;
    println!("{:?}", device.read(0, &mut [0; 4]));
    // SAFETY: the driver takes no argument.
    println!("{:?} {:?}", unsafe { device.control(7, core::ptr::null_mut()) }, unsafe {
        device.control(8, core::ptr::null_mut())
    });
    println!("{:?}", register("own", Odd).err());
    drop(registration);
    println!("{:?}", device.read(0, &mut [0; 4]));
    println!("{:?}", Device::find("own").err());
    Ok(())
}

/// Reads as long as that goes; then writes.
fn use_device(name: &str) -> Result<()> {
    let mut device = Device::find(name)?;
    device.open(Mode::READ_WRITE)?;
    println!("{name} is open");
    if name == "bad" {
        println!("writing: {:?}", device.write(0, b"abc"));
    }
    loop {
        match device.read(0, &mut [0; 4]) {
            Ok(_) => thread::sleep(Duration::from_millis(50)),
            Err(error) => break println!("reading: {}", error.as_str()),
        }
    }
    thread::sleep(Duration::from_millis(500));
    println!("found again: {:?}", Device::find(name).err());
    Ok(())
}

fn serial() -> Result<()> {
    let mut port = Serial::open("uart1", Line { baud: 9600, ..Line::default() })?;
    println!("listening");
    let mut buffer = [0; 8];
    let length = port.read_timeout(&mut buffer, Duration::from_secs(5))?;
    println!("{} bytes, and then {:?}", length, port.read_timeout(&mut buffer, Duration::from_millis(20)).err());
    println!("{:?}", port.set_line(Line { data_bits: 4, ..Line::default() }).err());
    Ok(())
}

/// Names that are of something else.
fn mistakes() -> Result<()> {
    println!("{:?}", Device::find("nothing").err());
    println!("{:?}", Device::find("much-too-long-a-name").err());
    println!("{:?}", Adc::open("pwm1").err());
    println!("{:?}", pwm::Channel::open("adc1", 0, Duration::from_millis(1)).err());
    println!("{:?}", Bus::open("uart1").err());
    println!("{:?}", Serial::open("i2c1", Line::default()).err());
    println!("{:?}", Adc::open("adc1")?.channel(9).err());
    println!("{:?}", register("uart1", Odd).err());
    println!("{:?}", register("", Odd).err());
    Ok(())
}

/// A disk is read in sectors.
fn disk() -> Result<()> {
    let mut disk = Device::find("sd0")?;
    println!("{:?}", disk.read(0, &mut [0; 512]));
    disk.open(Mode::READ)?;
    println!("{:?}", disk.read(0, &mut [0; 512]));
    println!("{:?}", disk.read(0, &mut [0; 500]));
    println!("{:?}", disk.open(Mode::READ));
    Ok(())
}

/// Ends by a panic with everything open.
fn leak() -> Result<()> {
    let mut port = Device::find("uart1")?;
    port.on_receive(|_| ())?;
    port.on_sent(|| ())?;
    port.open(Mode::READ_WRITE | Mode::INTERRUPT_RX)?;
    let _adc = Adc::open("adc1")?.channel(1)?;
    let mut output = pwm::Channel::open("pwm1", 1, Duration::from_millis(1))?;
    output.set_pulse(Duration::from_micros(1))?;
    let _bus = Bus::open("i2c1")?;
    let _device = register("odd", Odd)?;
    let mut own = Device::find("odd")?;
    own.open(Mode::READ)?;
    panic!("everything is open")
}
