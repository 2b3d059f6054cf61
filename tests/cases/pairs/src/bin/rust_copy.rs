//! Copies a file of 65,536 bytes.
#![no_std]
#![no_main]

use rtt_mod::{
    fs::{self, File},
    io::{Read, Write},
    println,
};

#[rtt_mod::main]
fn main() -> rtt_mod::Result<()> {
    pairs::mark();
    let mut input = File::open("/data.bin")?;
    let mut output = File::create("/copy.bin")?;
    let mut buffer = [0; 512];
    let mut all = 0;
    loop {
        let n = input.read(&mut buffer)?;
        if n == 0 {
            break;
        }
        output.write_all(&buffer[..n])?;
        all += n;
    }
    drop((input, output));
    fs::remove_file("/copy.bin")?;
    println!("{all} bytes");
    pairs::mark();
    Ok(())
}
