//! `format!`, `write!` and `writeln!` make the text that those of `std` make, and take the same destinations.

use std::fmt::{self, Write as _};

use proptest::prelude::*;
use rtt_mod::fs::File;
use rtt_mod::{Error, io};
use rtt_mod_host::printed;

/// Asserts that our macros make what `std`'s make of the same.
macro_rules! same {
    ($($format:tt)*) => {{
        let (expected, mut written) = (format!($($format)*), String::new());
        assert_eq!(rtt_mod::format!($($format)*), expected, "{}", stringify!($($format)*));
        rtt_mod::writeln!(written, $($format)*).unwrap();
        assert_eq!(written, expected + "\n", "{}", stringify!($($format)*));
    }};
}

#[test]
fn texts_are_those_of_std() {
    let (one, two, width) = (1, "two", 9);
    same!("");
    same!("{{plain}} \0 größe");
    same!("{one} {two} {one:03} {two:>5}");
    same!("{0} {1} {0} {} {}", one, two);
    same!("{} {a} {} {0} {two}", 5, 6, a = 7,);
    same!("{type} {x}", r#type = 3, x = if one == 1 { "yes" } else { "no" });
    same!("{:>width$}|{:.*}|{:e}", "text", 2, 1.25, 1500.0);
    same!("{:?} {:#?} {:#06x} {:+}", Some("text"), vec![1, 2], 255, 1.5);
    same!(concat!("{} ", "{}"), 1, "two");
}

proptest! {
    #[test]
    fn any_values(number: i64, word: u16, text: String, flag: bool, character: char, float: f32) {
        same!("{text:>12}|{number:+08}|{flag:<6}|{character:^3}|{number:#x}|{text:.3}|{}", number as u64);
        same!("{word:05} {word:#b} {:?} {float:.2} {text:?} {word}", number);
    }
}

#[test]
#[expect(clippy::explicit_auto_deref, reason = "a place that is dereferenced is a case of its own")]
fn places_references_and_values_are_destinations() {
    fn to_any(to: &mut dyn fmt::Write) -> fmt::Result {
        rtt_mod::write!(to, "{}-", 3)
    }
    fn to_each<W: fmt::Write + ?Sized>(mut to: &mut W) -> fmt::Result {
        rtt_mod::writeln!(to, "{:?}", Some(4))
    }
    struct Holder {
        text: String,
    }

    let mut text = String::new();
    rtt_mod::write!(text, "{}-", 1).unwrap();
    rtt_mod::write!(&mut text, "{}-", 2).unwrap();
    to_any(&mut text).unwrap();
    to_each(&mut text).unwrap();
    to_each::<dyn fmt::Write>(&mut text).unwrap();
    let mut holder = Holder { text };
    let reference = &mut holder;
    rtt_mod::write!(reference.text, "{}", 5).unwrap();
    rtt_mod::writeln!(&mut (*reference).text).unwrap();
    assert_eq!(holder.text, "1-2-3-Some(4)\nSome(4)\n5\n");
}

#[test]
fn what_is_written_may_come_from_the_destination() {
    let mut text = String::from("four");
    rtt_mod::write!(text, " {} {length}", text.len(), length = text.len() + 1).unwrap();
    assert_eq!(text, "four 4 5");
}

#[test]
fn formatters_and_their_errors() {
    struct Celsius(i32);

    impl fmt::Display for Celsius {
        fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
            rtt_mod::write!(formatter, "{:+}", self.0)?;
            if self.0 < -273 { Err(fmt::Error) } else { rtt_mod::write!(formatter, " °C") }
        }
    }

    struct Full;

    impl fmt::Write for Full {
        fn write_str(&mut self, text: &str) -> fmt::Result {
            assert_eq!(text, "one ");
            Err(fmt::Error)
        }
    }

    assert_eq!(rtt_mod::format!("{} {}", Celsius(21), 1), "+21 °C 1");
    assert_eq!(rtt_mod::write!(Full, "one {}", 2), Err(fmt::Error));
    let mut bytes = Vec::new();
    {
        use io::Write;
        assert_eq!(rtt_mod::write!(bytes, "{}", 1), Ok(()));
        assert_eq!(rtt_mod::writeln!(&mut bytes as &mut dyn Write, "{:03}", 2), Ok(()));
        let mut place = [0; 6];
        let mut rest = &mut place[..];
        assert_eq!(rtt_mod::write!(rest, "{}", 12), Ok(()));
        assert_eq!(rtt_mod::write!(rest, "{}", 34567), Err(Error::WriteZero));
        assert_eq!(&place, b"123456");
    }
    assert_eq!(bytes, b"1002\n");
    assert_eq!(printed(|| rtt_mod::write!(out(), "{:>4}", true).unwrap()), "true");
}

/// A place of its own: `io::Write` and `fmt::Write` are both in scope here.
use io::Write as _;

fn out() -> io::Stdout {
    io::stdout()
}

/// `core`'s own macro would be ambiguous if a type had both traits.
#[test]
fn what_bytes_are_written_to_has_one_write_fmt() {
    let into_file: fn(&mut File) -> rtt_mod::Result<()> = |file| std::writeln!(file, "direct {}", 1);
    let into_stdout = || std::writeln!(out(), "direct {}", 2).unwrap();
    assert_eq!(printed(into_stdout), "direct 2\n");
    assert!(File::open("none.txt").and_then(|mut file| into_file(&mut file)).is_err());
}

#[test]
fn other_types_have_a_write_fmt_of_their_own() {
    struct Count(usize);

    impl Count {
        fn write_fmt(&mut self, arguments: fmt::Arguments<'_>) -> usize {
            self.0 += arguments.to_string().len();
            self.0
        }
    }

    let mut count = Count(0);
    let name = "abc";
    assert_eq!(rtt_mod::write!(count, "{name} {}", 7), 5);
    assert_eq!(rtt_mod::writeln!(count, "{:?} {x}", Some(1), x = name), 5 + 12);
}

#[test]
fn a_destination_that_is_computed_comes_first() {
    let calls = std::cell::RefCell::new(String::new());
    let call = |name: char| calls.borrow_mut().push(name);
    let destination = || {
        call('d');
        String::new()
    };
    let value = || {
        call('v');
        1
    };
    rtt_mod::write!(destination(), "{}", value()).unwrap();
    assert_eq!(calls.into_inner(), "dv");
}
