//! Devices and buses: hardware that QEMU emulates, and devices that modules implement.

use std::io::{Read, Write};
use std::os::unix::net::UnixStream;

use e2e::Fixture;
use firmware::Version;

use super::{TestResult, Tests};

/// Serial ports and devices of modules, which every board can have.
pub const TESTS: Tests = &[
    ("a_serial_port_is_echoed_by_a_closure", serial_echo),
    ("a_serial_port_is_read_with_a_timeout", serial),
    ("two_listen_to_one_device", two_listeners),
    ("input_arrives_while_its_listener_ends", listener_ends),
    ("a_panic_in_a_devices_interrupt_ends_the_module", panic_in_interrupt),
    ("a_semaphore_that_an_interrupt_uses_first_ends_the_module", first_use_in_interrupt),
    ("the_shell_reads_a_device_of_a_module", counter),
    ("a_panic_in_a_driver_ends_its_module_alone", panic_in_driver),
    ("a_device_goes_while_another_module_has_it_open", gone_while_open),
    ("a_device_goes_while_its_own_module_has_it_open", dropped_while_open),
    ("an_analog_input_dims_an_output", dimmer),
    ("what_is_of_another_kind_is_refused", mistakes),
    ("a_panic_with_everything_open_leaves_nothing", leak),
    ("a_program_draws_with_embedded_graphics", display),
];

/// Classes of devices, whose structures differ between processors.
pub const CLASS_TESTS: Tests = &[
    ("an_analog_output_is_off_after_its_program", dac),
    ("a_watchdog_is_fed_and_stopped", watchdog),
    ("a_hardware_timer_calls_from_its_interrupt", hardware_timer),
    ("sensors_of_the_framework_are_read", sensors),
    ("frames_go_over_can", can),
    ("frames_go_over_can_fd", can_fd),
    ("a_flash_memory_is_erased_and_written", flash_memory),
    ("random_numbers_come_from_the_board", random),
    ("devices_of_other_kinds_are_refused", others),
];

/// LEDs and the devices of the shield.
pub const SHIELD_TESTS: Tests = &[
    ("a_disk_is_read_in_sectors", disk),
    ("a_disk_is_read_and_written_in_bytes", bytes_of_a_disk),
    ("an_led_blinks_and_its_edges_count", blink),
    ("the_edges_of_a_pin_are_awaited", edges),
    ("a_flash_tells_its_identity", flash),
];

/// The sensor is QEMU's or the firmware's.
pub const THERMOMETER_TESTS: Tests = &[("a_driver_crate_reads_a_thermometer", thermometer)];

/// What also runs where the other tests of the group do not.
pub const DISPLAY_TESTS: Tests = &[("a_program_draws_with_embedded_graphics", display)];

fn serial_echo(fixture: &Fixture) -> TestResult {
    let (mut session, sockets) = fixture.boot_with_sockets()?;
    let before = session.settled_memory()?;
    let mut port = sockets.serial()?;
    session.start("serial_echo", "listening to uart1")?;
    port.write_all(b"hello, port\n")?;
    assert_eq!(received(&mut port, 12)?, "hello, port\n");
    session.hears("12 bytes came and went")?;
    session.uses(before)?;
    session.start("serial_echo", "listening to uart1")?;
    port.write_all(b"again\n")?;
    assert_eq!(received(&mut port, 6)?, "again\n");
    session.uses(before)?;
    Ok(())
}

fn serial(fixture: &Fixture) -> TestResult {
    let (mut session, sockets) = fixture.boot_with_sockets()?;
    let before = session.settled_memory()?;
    let mut port = sockets.serial()?;
    session.start("devices serial", "listening")?;
    port.write_all(b"abc")?;
    let printed = session.hears("Some(InvalidInput)")?;
    assert!(printed.text().contains("bytes, and then"), "{}", printed.text());
    session.uses(before)?;
    Ok(())
}

fn two_listeners(fixture: &Fixture) -> TestResult {
    let (mut session, sockets) = fixture.boot_with_sockets()?;
    let before = session.settled_memory()?;
    let mut port = sockets.serial()?;
    session.start("devices two-listeners", "listening")?;
    port.write_all(b"a")?;
    session.hears("both")?;
    port.write_all(b"b")?;
    session.hears("one")?;
    session.uses(before)?;
    Ok(())
}

fn listener_ends(fixture: &Fixture) -> TestResult {
    let (mut session, sockets) = fixture.boot_with_sockets()?;
    let before = session.settled_memory()?;
    let mut port = sockets.serial()?;
    for _ in 0..2 {
        session.start("devices listen", "listening")?;
        for _ in 0..200 {
            port.write_all(b"0123456789")?;
        }
        session.uses(before)?;
    }
    Ok(())
}

fn panic_in_interrupt(fixture: &Fixture) -> TestResult {
    let (mut session, sockets) = fixture.boot_with_sockets()?;
    let before = session.settled_memory()?;
    let mut port = sockets.serial()?;
    for _ in 0..2 {
        session.start("devices panic-in-interrupt", "listening")?;
        port.write_all(b"x")?;
        session.hears("bytes are too many")?;
        session.uses(before)?;
    }
    Ok(())
}

fn first_use_in_interrupt(fixture: &Fixture) -> TestResult {
    let (mut session, sockets) = fixture.boot_with_sockets()?;
    let before = session.settled_memory()?;
    let mut port = sockets.serial()?;
    session.start("devices first-use-in-interrupt", "listening")?;
    port.write_all(b"x")?;
    session.hears("in an interrupt or a timer's callback, where nothing may wait")?;
    session.uses(before)?;
    Ok(())
}

fn counter(fixture: &Fixture) -> TestResult {
    let mut session = fixture.boot()?;
    let before = session.settled_memory()?;
    session.start("counter", "/dev/count is there")?;
    session.run("cat /dev/count")?.prints("opened 1 times")?;
    session.run("cat /dev/count")?.prints("opened 2 times")?;
    session.run("list_device")?.prints("count    Character Device     0")?;
    session.start("echo stop /dev/count", "opened 3 times in all")?;
    session.uses(before)?;
    session.lists_no("list_device", "count    Character")?;
    Ok(())
}

fn panic_in_driver(fixture: &Fixture) -> TestResult {
    let mut session = fixture.boot()?;
    let before = session.settled_memory()?;
    for _ in 0..2 {
        session.start("devices bad-driver", "bad is there")?;
        session
            .run("mod run devices use bad")?
            .prints("3 bytes are too many")?
            .prints("writing: Err(Io)")?
            .prints("reading: the device has failed")?
            .prints("found again: Some(NotFound)")?
            .prints("exit code 0")?;
        session.uses(before)?;
    }
    session.start("devices bad-driver", "bad is there")?;
    session.run("echo text /dev/bad")?.prints("bytes are too many")?;
    session.uses(before)?;
    Ok(())
}

fn gone_while_open(fixture: &Fixture) -> TestResult {
    let mut session = fixture.boot()?;
    let before = session.settled_memory()?;
    for _ in 0..2 {
        session.start("devices short-driver", "gone is there")?;
        session
            .run("mod run devices use gone")?
            .prints("gone is open")?
            .prints("gone goes")?
            .prints("reading: the device has failed")?
            .prints("found again: Some(NotFound)")?
            .prints("exit code 0")?;
        session.uses(before)?;
    }
    Ok(())
}

fn dropped_while_open(fixture: &Fixture) -> TestResult {
    let mut session = fixture.boot()?;
    let before = session.settled_memory()?;
    session
        .run("mod run devices dropped-driver")?
        .prints("Ok(1)\nOk(77) Err(Busy)\nSome(AlreadyExists)\nErr(Io)\nSome(NotFound)\nexit code 0")?;
    session.uses(before)?;
    Ok(())
}

fn dimmer(fixture: &Fixture) -> TestResult {
    let mut session = fixture.boot()?;
    let before = session.settled_memory()?;
    session
        .run("mod run dimmer")?
        .prints("the knob is at 1\nthe knob is at 101\nthe knob is at 201")?
        .prints("exit code 0")?;
    session.run("sim_pwm")?.prints("channel 2 is off: 49073 of 1000000 ns")?;
    session.uses(before)?;
    Ok(())
}

fn mistakes(fixture: &Fixture) -> TestResult {
    let mut session = fixture.boot()?;
    let before = session.settled_memory()?;
    let lines = [
        "Some(NotFound)\nSome(NotFound)\nSome(NotFound)\nSome(NotFound)\nSome(NotFound)\nSome(Unsupported)",
        "Some(InvalidInput)",
        "Some(AlreadyExists)\nSome(InvalidFilename)\nexit code 0",
    ];
    session.run("mod run devices mistakes")?.prints(&lines.join("\n"))?;
    session.uses(before)?;
    Ok(())
}

fn leak(fixture: &Fixture) -> TestResult {
    let mut session = fixture.boot()?;
    let before = session.settled_memory()?;
    for _ in 0..2 {
        session.run("mod run devices leak")?.prints("everything is open")?.prints("exit code 101")?;
        session.uses(before)?;
    }
    session.run("sim_pwm")?.prints("channel 1 is off")?;
    Ok(())
}

fn disk(fixture: &Fixture) -> TestResult {
    let mut session = fixture.boot()?;
    let before = session.settled_memory()?;
    session
        .run("mod run devices disk")?
        .prints("Err(InvalidInput)\nOk(512)\nErr(InvalidInput)\nErr(Busy)\nexit code 0")?;
    session.uses(before)?;
    Ok(())
}

fn blink(fixture: &Fixture) -> TestResult {
    let mut session = fixture.boot()?;
    let before = session.settled_memory()?;
    for _ in 0..2 {
        session.run("mod run blink")?.prints("on\noff\non\noff\n4 edges\nexit code 0")?;
        session.uses(before)?;
    }
    Ok(())
}

fn edges(fixture: &Fixture) -> TestResult {
    let mut session = fixture.boot()?;
    let before = session.settled_memory()?;
    for _ in 0..2 {
        session.run("mod run awaits pin")?.prints("high\nfalling\nrising\nany\nexit code 0")?;
        session.uses(before)?;
    }
    Ok(())
}

fn thermometer(fixture: &Fixture) -> TestResult {
    let (mut session, sockets) = fixture.boot_with_sockets()?;
    let before = session.settled_memory()?;
    for (thousandths, degrees) in [(23_500, "23.5"), (-10_500, "-10.5")] {
        if fixture.board.core.is_riscv() {
            session.run(&format!("sim_lm75 {thousandths}"))?.prints_nothing()?;
        } else {
            sockets.set("thermometer", "temperature", thousandths)?;
        }
        session.run("mod run thermometer")?.prints(&format!("{degrees} degrees\nexit code 0"))?;
    }
    session.uses(before)?;
    Ok(())
}

fn flash(fixture: &Fixture) -> TestResult {
    let mut session = fixture.boot()?;
    let before = session.settled_memory()?;
    for _ in 0..2 {
        session.run("mod run flash")?.prints("manufacturer ef, type 40, 8192 KiB\nexit code 0")?;
        session.uses(before)?;
    }
    Ok(())
}

/// Waits until `length` bytes arrive from the board.
fn received(port: &mut UnixStream, length: usize) -> Result<String, Box<dyn std::error::Error>> {
    let mut bytes = vec![0; length];
    port.read_exact(&mut bytes)?;
    Ok(String::from_utf8(bytes)?)
}

fn dac(fixture: &Fixture) -> TestResult {
    let mut session = fixture.boot()?;
    let before = session.settled_memory()?;
    session.run("mod run hardware dac")?.prints("Err(InvalidInput), Some(InvalidInput)\nexit code 3")?;
    session.run("sim_dac")?.prints("channel 1: off, 1234")?;
    session.uses(before)?;
    Ok(())
}

fn watchdog(fixture: &Fixture) -> TestResult {
    let mut session = fixture.boot()?;
    let before = session.settled_memory()?;
    session.run("mod run hardware watchdog")?.prints("Err(InvalidInput)\n1 of 2 seconds\n2 seconds\nexit code 0")?;
    session.run("sim_watchdog")?.prints("stopped, has not bitten")?;
    session.uses(before)?;
    Ok(())
}

fn bytes_of_a_disk(fixture: &Fixture) -> TestResult {
    let mut session = fixture.boot()?;
    let before = session.settled_memory()?;
    session
        .run("mod run hardware disk sd0")?
        .prints("512 bytes, across two sectors..\n55aa, Err(")?
        .prints("exit code 0")?;
    session.uses(before)?;
    Ok(())
}

fn display(fixture: &Fixture) -> TestResult {
    let mut session = fixture.boot()?;
    let before = session.settled_memory()?;
    session.run("mod run hardware display")?.prints("40 x 16, Rgb565\nSome(Unsupported)\nexit code 0")?;
    session.run("sim_display")?.prints(DRAWN)?;
    session.uses(before)?;
    Ok(())
}

/// A frame, and a word in a font of 6 x 10 pixels.
const DRAWN: &str = "\
BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB
B......................................B
B......................................B
B......................................B
B.......RRRR...............R...........B
B.......R...R..............R...........B
B.......R...R.R...R..RRR..RRRR.........B
B.......RRRR..R...R.R......R...........B
B.......R.R...R...R..RRR...R...........B
B.......R..R..R..RR.....R..R..R........B
B.......R...R..RR.R.RRRR....RR.........B
B......................................B
B......................................B
B......................................B
B......................................B
BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB
";

fn hardware_timer(fixture: &Fixture) -> TestResult {
    let mut session = fixture.boot()?;
    let before = session.settled_memory()?;
    for _ in 0..2 {
        session
            .run("mod run hardware timer")?
            .prints("Some(Busy)\n")? // from 5.1 on, the kernel has a warning about the frequency between the two
            .prints("true\n5 ticks after 100 ms\ntrue Err(TimedOut)\nexit code 0")?;
        session.uses(before)?;
    }
    Ok(())
}

fn sensors(fixture: &Fixture) -> TestResult {
    let mut session = fixture.boot()?;
    let before = session.settled_memory()?;
    session
        .run("mod run sensed")?
        .prints("Temperature, one more: 1\nErr(InvalidInput)\nAcceleration [2000, -100, 1000]\nErr(Io)\n")?
        .prints("adc1: Some(Unsupported)\nnone: Some(NotFound)\nexit code 0")?;
    session.uses(before)?;
    Ok(())
}

fn can(fixture: &Fixture) -> TestResult {
    let mut session = fixture.boot()?;
    let before = session.settled_memory()?;
    session
        .run("mod run hardware can")?
        .prints("Some(InvalidInput)\nStandard(StandardId(123)) 8 over CAN\n")?
        .prints("Extended(ExtendedId(12345678)) 3 \nErr(Io) Some(TimedOut)\n")?
        .prints("TimedOut)\nfiltered Standard(StandardId(120)) false\nfiltered Standard(StandardId(12f)) false\n")?
        .prints("false\nfiltered Standard(StandardId(300)) true\nErr(InvalidInput) Err(")?
        .prints("exit code 0")?;
    session.run("sim_can")?.prints("can1: 250000 baud, mode 2")?;
    session.uses(before)?;
    Ok(())
}

/// 4.0.3 has no CAN FD.
fn can_fd(fixture: &Fixture) -> TestResult {
    let mut session = fixture.boot()?;
    let before = session.settled_memory()?;
    let printed = session.run("mod run hardware canfd")?;
    if fixture.firmware.version < Version::new(4, 1, 1) {
        printed.prints("Some(Unsupported)\nError: Unsupported\nexit code 1")?;
        session.uses(before)?;
        return Ok(());
    }
    let standard = "Standard(StandardId(123))";
    let extended = "Extended(ExtendedId(12345678))";
    let [twelve, most] = [12, 48].map(|length| format!("{standard} {length} true false {}\n", ".".repeat(length)));
    let all = format!("{standard} 64 true true {}!\n", ".".repeat(63));
    printed
        .prints(&format!("Some(InvalidInput)\n{standard} 0 true false \n{standard} 8 true false ........\n{twelve}"))?
        .prints(&format!("{twelve}{most}{all}{extended} 8 false false over CAN\n{extended} 3 false false \n"))?
        .prints("Some(TimedOut)\nexit code 0")?;
    session.run("sim_can")?.prints("can1: 500000 baud, mode 0, CAN FD at 2000000 baud")?;
    session.uses(before)?;
    Ok(())
}

fn flash_memory(fixture: &Fixture) -> TestResult {
    let mut session = fixture.boot()?;
    let before = session.settled_memory()?;
    session
        .run("mod run hardware flash")?
        .prints("4096 bytes in blocks of 1024\nErr(InvalidInput) Err(InvalidInput)\nSome(InvalidInput)\n")?
        .prints("\\xffacross two blocks\\xff\n\\xff\\x00cross t\\xff\\xff")?
        .prints("exit code 0")?;
    session.run("sim_flash")?.prints("0 bytes of the first block are used")?;
    session.uses(before)?;
    Ok(())
}

/// The board's generator is an xorshift: see `sim_random.c`.
fn random(fixture: &Fixture) -> TestResult {
    let mut session = fixture.boot()?;
    let before = session.settled_memory()?;
    let words: Vec<u32> =
        std::iter::successors(Some(2_463_534_242), |word| Some(next(*word))).skip(1).take(3).collect();
    let bytes: Vec<u8> = words.iter().flat_map(|word| word.to_le_bytes()).collect();
    session.run("mod run hardware random")?.prints(&format!("{:02x?}\n{:08x}\nexit code 0", &bytes[..7], words[2]))?;
    session.uses(before)?;
    Ok(())
}

fn next(word: u32) -> u32 {
    let word = word ^ word << 13;
    let word = word ^ word >> 17;
    word ^ word << 5
}

fn others(fixture: &Fixture) -> TestResult {
    let mut session = fixture.boot()?;
    let before = session.settled_memory()?;
    let refused = format!("Some(NotFound){}", " Some(Unsupported)".repeat(6));
    session
        .run("mod run hardware others")?
        .prints(&format!("nothing: {refused}\n"))?
        .prints(&format!("uart0: {refused}\n"))?
        .prints(&format!("adc1: {refused}\n"))?
        .prints(&format!("none:{}\n", " Some(NotFound)".repeat(7)))?
        .prints("exit code 0")?;
    session.uses(before)?;
    Ok(())
}
