//! What the printing macros print is what `format!` makes.

use std::{borrow::Cow, fmt, num::NonZero};

use rtt_mod_host::printed;

/// Asserts that our `println!` prints what `format!` makes of the same.
macro_rules! same {
    ($($format:tt)*) => {
        assert_eq!(printed(|| rtt_mod::println!($($format)*)), format!($($format)*) + "\n", "{}", stringify!($($format)*))
    };
}

/// Asserts the same for values under many specifications.
macro_rules! same_under {
    ([$($spec:literal)+] $value:expr) => {
        let value = $value;
        $(same!($spec, value);)+
    };
}

macro_rules! same_integer {
    ($value:expr) => {
        same_under! {[
            "{}" "{:?}" "{:5}" "{:<5}|" "{:^5}|" "{:>5}" "{:*^21}" "{:05}" "{:+}" "{:+05}" "{:<05}|" "{:*<+7}|" "{:.3}"
            "{:x}" "{:X}" "{:o}" "{:b}" "{:#x}" "{:#X}" "{:#o}" "{:#b}" "{:#010x}" "{:010b}" "{:#06X}" "{:+x}" "{:+#x}"
            "{:-^#30b}" "{:255}" "{:0255}" "{:#?}" "{:5?}" "{:05?}" "{:x?}" "{:X?}" "{:#x?}" "{:e}" "{:E}" "{:^+#12o}|"
            "{:256}" "{:é>7}"
        ] $value}
    };
}

macro_rules! same_text {
    ($value:expr) => {
        same_under! {[
            "{}" "{:?}" "{:8}|" "{:<8}|" "{:^8}|" "{:>8}" "{:*^8}" "{:08}|" "{:+}" "{:#}" "{:.0}" "{:.2}" "{:5.1}|"
            "{:>5.3}|" "{:.254}" "{:.255}" "{:-^9.2}|" "{:300}" "{:→^9}" "{:?}"
        ] $value}
    };
}

#[test]
fn literals() {
    same!("");
    same!("plain");
    same!("{{}} and }}{{ and {{{{");
    same!(r"C:\{{x}}");
    same!("größe \u{1F600} \0 \n\t");
    assert_eq!(printed(|| rtt_mod::println!()), "\n");
    assert_eq!(printed(|| rtt_mod::print!()), "");
    assert_eq!(printed(|| rtt_mod::print!("")), "");
    assert_eq!(printed(|| rtt_mod::print!("no end")), "no end");
    assert_eq!(printed(|| rtt_mod::eprint!("{}", 1)), "1");
    assert_eq!(printed(|| rtt_mod::eprintln!("{}", 1)), "1\n");
}

#[test]
fn integers_at_their_limits() {
    macro_rules! limits {
        ($($type:ident)+) => {$(
            for value in [$type::MIN, $type::MAX, 0, 1, 42, $type::MAX / 2, $type::MIN / 2] {
                same_integer!(value);
            }
        )+};
    }
    limits!(u8 i8 u16 i16 u32 i32 u64 i64 usize isize u128 i128);
    same_integer!(NonZero::new(77u8).unwrap());
    same_integer!(NonZero::new(-77i64).unwrap());
}

#[test]
fn integers_without_a_type() {
    same!("{} {:x} {:?} {}", 5, 255, -1, 1 << 20);
    let long = 5_000_000_000_000;
    same!("{}", long);
    let _: u128 = long;
    let small = 200;
    same!("{}", small);
    let _: u8 = small;
}

#[test]
fn texts() {
    for text in ["", "a", "größe", "\u{1F600}\u{1F600}", "a longer text of some words", "tab\t\"quoted\" \\"] {
        same_text!(text);
        same_text!(&text);
        same_text!(text.to_owned());
        same_text!(text.to_owned().into_boxed_str());
        same_text!(Cow::Borrowed(text));
        same_text!(Cow::<str>::Owned(text.to_owned()));
    }
}

#[test]
fn characters_and_booleans() {
    for character in ['a', 'é', '→', '\u{1F600}', '\0', '\n', char::MAX] {
        same_text!(character);
    }
    same_text!(true);
    same_text!(false);
    same!("{:.2?} {:7?}|", true, false);
}

#[test]
fn references_look_like_their_value() {
    let (mut number, mut text) = (7u16, "seven".to_owned());
    same!("{} {} {:x} {:?}", &number, &&&number, &&number, &&number);
    same!("{} {} {:>9}", &text, &&text, &&*text);
    same!("{} {}", &mut number, &mut text);
    same!("{} {:04}", Box::new(7), Box::new(&8));
    for item in [1, 2, 3].iter().filter(|item| **item != 2) {
        same!("{item} {item:02}");
    }
}

#[test]
fn what_the_kernel_cannot_format() {
    struct Point(i32, i32);
    impl fmt::Display for Point {
        fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
            formatter.pad(&format!("({}, {})", self.0, self.1))
        }
    }
    same!("{} and {:>12} and {:-<12}|", Point(1, -2), Point(3, 4), &Point(5, 6));
    let shown: &dyn fmt::Display = &Point(7, 8);
    same!("{shown} {}", shown);
    same!("{:?} {:#?}", Some("text"), vec![1, 2]);
    same!("{:?} {:x?} {:02X?}", [1u8, 255], [1u8, 255], [1u8, 255]);
    same!("{} {:.2} {:8.3}| {:e} {:?} {:+}", 1.5, 2.0f32 / 3.0, -1.0, 1500.0, 0.1, f64::NAN);
    same!("{:?} {:>10?} {:?}", "quoted \"\n", "a", 'c');
    same!("{:?} {:5?}|", (), ());
    let address = &0u8 as *const u8;
    same!("{:p} {:20p}", address, address);
    let nothing: Option<&str> = None;
    same!("{nothing:?} {}", String::from_utf8_lossy(b"\xFF"));
    same!("{}", format_args!("{}-{}", 1, "two"));
}

#[test]
fn counts_that_are_arguments() {
    let (width, precision) = (9, 2);
    same!("{:1$}|", "text", 8);
    same!("{:>width$}|{:.precision$}|{:>1$}", "text", 9, "more");
    same!("{:.*}|{:>0$.*}", 6, 3.25, 3, 2.75);
    same!("{:width$.precision$}|", 1.23456, width = 12);
    same!("{:>0$}{:<width$}", 3, 4);
}

#[test]
fn arguments_by_position_and_by_name() {
    let (one, two) = (1, "two");
    same!("{one} {two} {one:03} {two:>5}");
    same!("{0} {1} {0} {} {}", one, two);
    same!("{a} {b} {a} {one}", a = one + 1, b = two);
    same!("{} {a} {} {0} {two}", 5, 6, a = 7,);
    same!("{type}", r#type = 3);
    same!("{x}", x = if one == 1 { "yes" } else { "no" });
    same!("{ }{0 }{one }", 1);
    same!("{}", one == 2);
}

#[test]
fn formats_that_are_macros() {
    same!(concat!("{} ", "{}"), 1, "two");
    same!(stringify!(a + b));
    macro_rules! passed_on {
        ($format:expr, $value:expr) => {
            same!($format, $value)
        };
        (literal $format:literal, $value:expr) => {
            same!($format, $value)
        };
    }
    passed_on!("{:04}", 7);
    passed_on!(literal "{:04}", 7);
    macro_rules! captured {
        ($name:ident) => {
            same!("{}", $name)
        };
    }
    let name = 5;
    captured!(name);
}

#[test]
fn each_expression_is_evaluated_once_and_in_order() {
    fn order(print: impl Fn(&dyn Fn(u32) -> u32)) -> Vec<u32> {
        let calls = std::cell::RefCell::new(Vec::new());
        print(&|n| {
            calls.borrow_mut().push(n);
            n
        });
        calls.into_inner()
    }
    let calls = order(|call| {
        printed(|| rtt_mod::println!("{b} {1} {0} {0} {a}", call(1), call(2), a = call(3), b = call(4)));
    });
    assert_eq!(calls, [1, 2, 3, 4]);
}

#[test]
fn arguments_are_borrowed() {
    let text = String::from("kept");
    let mut list = vec![1];
    printed(|| rtt_mod::println!("{} {} {:?}", text, text, list));
    list.push(text.len());
    struct Loud<'a>(&'a std::cell::Cell<u32>);
    impl Drop for Loud<'_> {
        fn drop(&mut self) {
            self.0.set(self.0.get() + 1);
        }
    }
    impl fmt::Display for Loud<'_> {
        fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
            write!(formatter, "{} drops", self.0.get())
        }
    }
    let drops = std::cell::Cell::new(0);
    assert_eq!(printed(|| rtt_mod::println!("{} {}", Loud(&drops), Loud(&drops))), "0 drops 0 drops\n");
    assert_eq!(drops.get(), 2);
}

#[test]
fn control_flow_leaves_from_the_arguments() {
    fn parsed(text: &str) -> Result<(), std::num::ParseIntError> {
        rtt_mod::println!("{}", text.parse::<u32>()?);
        rtt_mod::println!("{:1$}", text.parse::<u32>()?, 3);
        Ok(())
    }
    assert_eq!(printed(|| assert!(parsed("12").is_ok())), "12\n 12\n");
    assert_eq!(printed(|| assert!(parsed("x").is_err())), "");
}

#[test]
fn a_panic_is_where_its_expression_is() {
    #[track_caller]
    fn column() -> u32 {
        std::panic::Location::caller().column()
    }
    let line = printed(|| rtt_mod::println!("{} {}", column(), 1 + column()));
    assert_eq!(line, "54 69\n");
}

#[test]
fn generic_values() {
    fn show<T: fmt::Display + fmt::Debug>(value: T) {
        same!("{value} {value:>5} {:?}", value);
    }
    show(5);
    show("text");
    show(1.5);
}

#[test]
fn a_statement_is_an_expression() {
    let unit = printed(|| match 1 {
        1 => rtt_mod::print!("{}", 1),
        _ => rtt_mod::print!("none"),
    });
    assert_eq!(unit, "1");
}

mod any {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn signed(value: i64) {
            same_integer!(value);
            same_integer!(value as i32);
            same_integer!(value as i8);
        }

        #[test]
        fn unsigned(value: u64) {
            same_integer!(value);
            same_integer!(value as u16);
        }

        #[test]
        fn text(value: String) {
            same_text!(value.as_str());
        }

        #[test]
        fn character(value: char) {
            same_text!(value);
        }

        #[test]
        fn several(number: i32, text: String, flag: bool, character: char) {
            same!("{text:>12} {number:+08} {flag:<6} {character} {number:#x} {text:.3} {}", number as u64);
        }
    }
}
