//! Splits a line of settings, and puts it together again in another form.
#![no_std]
#![no_main]

extern crate alloc;

use alloc::string::String;
use rtt_mod::println;

const LINE: &str = "name=pump-3, speed=1450, unit=rpm, place=north wall, mode=auto, limit=1600";

/// `NAME: value; ` of each setting, with the name in capitals.
fn convert() -> String {
    let mut text = String::with_capacity(127);
    for setting in LINE.split(", ") {
        let Some((name, value)) = setting.split_once('=') else {
            break;
        };
        text.extend(name.chars().map(|letter| letter.to_ascii_uppercase()));
        text.push_str(": ");
        text.push_str(value);
        text.push_str("; ");
    }
    text
}

#[rtt_mod::main]
fn main() {
    pairs::mark();
    let mut all = 0;
    for i in 0..20 {
        let text = convert();
        all += text.len();
        if i == 19 {
            println!("{text}");
        }
    }
    println!("{all} bytes");
    pairs::mark();
}
