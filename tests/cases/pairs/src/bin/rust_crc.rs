//! The checksum of a file of 65,536 bytes.
#![no_std]
#![no_main]

use rtt_mod::{fs::File, io::Read, println};

const TABLE: [u32; 256] = {
    let mut table = [0; 256];
    let mut i = 0;
    while i < 256 {
        let mut c = i as u32;
        let mut k = 0;
        while k < 8 {
            c = if c & 1 != 0 { 0xEDB8_8320 ^ (c >> 1) } else { c >> 1 };
            k += 1;
        }
        table[i] = c;
        i += 1;
    }
    table
};

#[rtt_mod::main]
fn main() -> rtt_mod::Result<()> {
    pairs::mark();
    let mut file = File::open("/data.bin")?;
    let mut buffer = [0; 512];
    let mut crc = !0u32;
    loop {
        let n = file.read(&mut buffer)?;
        if n == 0 {
            break;
        }
        for &byte in &buffer[..n] {
            crc = TABLE[usize::from(crc as u8 ^ byte)] ^ (crc >> 8);
        }
    }
    println!("crc {:08x}", !crc);
    pairs::mark();
    Ok(())
}
