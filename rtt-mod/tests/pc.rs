//! What a test on a PC sees of a program: files, hardware, commands, a network.

use std::fs;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use embedded_hal::digital::{OutputPin as _, PinState};
use embedded_hal::i2c::{ErrorKind, ErrorType, I2c, NoAcknowledgeSource, Operation};
use embedded_hal::spi::{self, SpiDevice};
use embedded_io::{Read as _, Write as _};
use rtt_mod::pin::{Edge, Input, Output, Pull};
use rtt_mod::{Error, println, thread};
use rtt_mod_host::{Device, Pulse, Wire, device, pin, printed, put_file, slept, use_folder};

/// A thermometer at 0x48: what is written selects a register, and reading gives its number and the temperature.
struct Thermometer {
    register: u8,
}

impl ErrorType for Thermometer {
    type Error = ErrorKind;
}

impl I2c for Thermometer {
    fn transaction(&mut self, address: u8, operations: &mut [Operation<'_>]) -> Result<(), ErrorKind> {
        if address != 0x48 {
            return Err(ErrorKind::NoAcknowledge(NoAcknowledgeSource::Address));
        }
        for operation in operations {
            match operation {
                Operation::Write(bytes) => self.register = bytes[0],
                Operation::Read(bytes) => bytes.copy_from_slice(&[self.register, 21]),
            }
        }
        Ok(())
    }
}

#[test]
fn a_bus_is_what_the_test_makes() {
    assert_eq!(rtt_mod::i2c::Bus::open("i2c1").unwrap_err(), Error::NotFound);
    device("i2c1", Device::i2c(Thermometer { register: 0 }));
    let mut bus = rtt_mod::i2c::Bus::open("i2c1").unwrap();
    let mut bytes = [0; 2];
    bus.write_read(0x48, &[5], &mut bytes).unwrap();
    assert_eq!(bytes, [5, 21]);
    assert!(bus.write(0x49, &[0]).is_err());
}

/// A chip that answers each byte with the one after it.
struct Successor;

impl spi::ErrorType for Successor {
    type Error = spi::ErrorKind;
}

impl SpiDevice for Successor {
    fn transaction(&mut self, operations: &mut [spi::Operation<'_, u8>]) -> Result<(), spi::ErrorKind> {
        for operation in operations {
            match operation {
                spi::Operation::Transfer(read, write) => {
                    read.iter_mut().zip(write.iter()).for_each(|(read, write)| *read = write + 1);
                }
                spi::Operation::TransferInPlace(bytes) => bytes.iter_mut().for_each(|byte| *byte += 1),
                _ => return Err(spi::ErrorKind::Other),
            }
        }
        Ok(())
    }
}

#[test]
fn a_chip_is_what_the_test_makes() {
    device("spi10", Device::spi(Successor));
    let mut chip = rtt_mod::spi::Device::open("spi10", spi::MODE_0, 1_000_000).unwrap();
    let mut read = [0; 3];
    chip.transfer(&mut read, &[1, 2, 3]).unwrap();
    assert_eq!(read, [2, 3, 4]);
    chip.transfer_in_place(&mut read).unwrap();
    assert_eq!(read, [3, 4, 5]);
}

#[test]
fn a_converter_and_a_pulse_are_the_tests() {
    device("adc0", Device::adc(|channel| 100 * channel));
    let mut channel = rtt_mod::adc::Adc::open("adc0").unwrap().channel(3).unwrap();
    assert_eq!(channel.read(), Ok(300));

    let pulses = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&pulses);
    device("pwm1", Device::pwm(move |channel, pulse| seen.lock().unwrap().push((channel, pulse))));
    let mut servo = rtt_mod::pwm::Channel::open("pwm1", 2, Duration::from_millis(20)).unwrap();
    servo.set_pulse(Duration::from_millis(1)).unwrap();
    drop(servo);
    let on = Pulse { period: Duration::from_millis(20), width: Duration::from_millis(1) };
    assert_eq!(*pulses.lock().unwrap(), [(2, Some(on)), (2, None)]);
}

#[test]
fn a_test_has_the_other_end_of_a_serial_line() {
    let wire = Wire::new();
    device("uart2", Device::uart(&wire));
    let mut port = rtt_mod::uart::Serial::open("uart2", rtt_mod::uart::Line::default()).unwrap();
    port.write_all(b"who?\n").unwrap();
    assert_eq!(wire.received(), b"who?\n");
    wire.send(b"me\n");
    let mut answer = [0; 8];
    assert_eq!(port.read(&mut answer), Ok(3));
    assert_eq!(&answer[..3], b"me\n");
}

#[test]
fn pins_are_seen_from_both_sides() {
    let mut led = Output::new(13, PinState::Low).unwrap();
    led.set_high().unwrap();
    assert!(pin(13).is_high());

    let mut button = Input::new(4, Pull::Up).unwrap();
    assert_eq!(button.level(), Ok(PinState::High));
    let edges = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&edges);
    button.on_edge(Edge::Falling, move |level| seen.lock().unwrap().push(level)).unwrap();
    let outside = pin(4);
    outside.set_low();
    outside.set_low();
    outside.set_high();
    outside.set_low();
    drop(button);
    outside.set_high();
    outside.set_low();
    assert_eq!(*edges.lock().unwrap(), [PinState::Low, PinState::Low]);
}

#[test]
fn a_volume_is_in_memory_or_a_folder() {
    put_file(b"/etc/name", b"Ada");
    assert_eq!(rtt_mod::fs::read_to_string("/etc/../etc/./name").unwrap(), "Ada");
    let folder = tempfile::tempdir().unwrap();
    use_folder(folder.path());
    assert_eq!(rtt_mod::fs::read("/etc/name").unwrap_err(), Error::NotFound);
    rtt_mod::fs::create_dir("/log").unwrap();
    rtt_mod::fs::write("/../log/today", "warm").unwrap();
    assert_eq!(fs::read_to_string(folder.path().join("log/today")).unwrap(), "warm");
    assert_eq!(rtt_mod::fs::remove_dir("/log").unwrap_err(), Error::DirectoryNotEmpty);
}

#[test]
fn threads_share_what_the_test_has_made() {
    put_file(b"/name", b"Ada");
    let work = || {
        println!("{}", rtt_mod::fs::read_to_string("/name").unwrap());
        thread::sleep(Duration::from_secs(3600));
    };
    let mut text = String::new();
    let sleeps = slept(|| text = printed(|| thread::spawn(work).join().unwrap()));
    assert_eq!((text.as_str(), sleeps.as_slice()), ("Ada\n", [3_600_000].as_slice()));
}

#[cfg(feature = "net")]
mod network {
    use std::io::{Read as _, Write as _};
    use std::net::TcpListener;

    #[test]
    fn a_program_is_on_the_network() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let server = std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let mut question = [0; 4];
            stream.read_exact(&mut question).unwrap();
            stream.write_all(&question).unwrap();
        });
        let stream = rtt_mod::net::TcpStream::connect(address).unwrap();
        stream.write_all(b"ping").unwrap();
        let mut answer = [0; 4];
        stream.read_exact(&mut answer).unwrap();
        assert_eq!(&answer, b"ping");
        server.join().unwrap();
    }
}
