//! Ends with the exit code that it is given.
#![no_std]
#![no_main]

use rtt_mod::{env::Args, eprintln, process::ExitCode};

#[rtt_mod::main]
fn main(mut args: Args) -> ExitCode {
    match args.nth(1).and_then(|code| code.parse::<i32>().ok()) {
        Some(code) => ExitCode::from(code),
        None => {
            eprintln!("usage: status CODE");
            ExitCode::from(2)
        }
    }
}
