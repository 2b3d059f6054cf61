//! Writes a table of measurements to a file, and reads the lines back.
#![no_std]
#![no_main]

use rtt_mod::{
    Result,
    fs::{self, File},
    io::Write,
    println, writeln,
};

const PATH: &str = "/table.csv";

fn write_table() -> Result<()> {
    let mut file = File::create(PATH)?;
    for i in 0..50 {
        writeln!(file, "{i},sensor-{},{}", i % 7, i * i - 500)?;
    }
    Ok(())
}

fn read_table() -> Result<(u32, i32)> {
    let (mut count, mut sum) = (0, 0);
    for line in fs::read_to_string(PATH)?.lines() {
        let value = line.rsplit(',').next().and_then(|value| value.parse::<i32>().ok());
        sum += value.unwrap_or_default();
        count += 1;
    }
    Ok((count, sum))
}

#[rtt_mod::main]
fn main() -> Result<()> {
    pairs::mark();
    write_table()?;
    let (lines, sum) = read_table()?;
    fs::remove_file(PATH)?;
    println!("{lines} lines, {sum} in all");
    pairs::mark();
    Ok(())
}
