//! Calls a function of a library: `plugin library.mo crc32 123456789`.
#![no_std]
#![no_main]
#![expect(unsafe_code, reason = "the functions of the library read bytes by their address")]

use rtt_mod::{
    dl::{Error, Library},
    env::Args,
    println,
    process::ExitCode,
};

/// What each function of the library is: it takes bytes and their number.
type Checksum = unsafe extern "C" fn(*const u8, usize) -> u32;

#[rtt_mod::main]
fn main(mut args: Args) -> ExitCode {
    let (Some(file), Some(function), Some(text)) = (args.nth(1), args.next(), args.next()) else {
        println!("usage: plugin FILE FUNCTION TEXT");
        return ExitCode::from(2);
    };
    match checksum(file, function, text) {
        Ok(sum) => println!("{function}: {sum:08x}"),
        Err(error) => {
            println!("{file}, {function}: {error}");
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}

fn checksum(file: &str, function: &str, text: &str) -> Result<u32, Error> {
    let library = Library::open(file)?;
    let checksum = library.get::<Checksum>(function)?;
    // SAFETY: the text has as many bytes as it says, and a function of this type reads no more.
    Ok(unsafe { checksum.call(text.as_ptr(), text.len()) })
}
