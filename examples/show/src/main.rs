//! Prints files, one after the other.
#![no_std]
#![no_main]

use rtt_mod::{
    Args, Result, eprintln,
    fs::File,
    io::{self, Read, Write},
    process::ExitCode,
};

#[rtt_mod::main]
fn main(args: Args) -> ExitCode {
    let mut code = ExitCode::SUCCESS;
    for path in args.skip(1) {
        if let Err(error) = print(path) {
            eprintln!("{path}: {error}");
            code = ExitCode::FAILURE;
        }
    }
    code
}

fn print(path: &str) -> Result<()> {
    let mut file = File::open(path)?;
    let mut bytes = [0; 256];
    loop {
        match file.read(&mut bytes)? {
            0 => return Ok(()),
            length => io::stdout().write_all(&bytes[..length])?,
        }
    }
}
