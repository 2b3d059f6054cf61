//! Logs measurements with floats and the time of day to a CSV file, and evaluates it.
#![no_std]
#![cfg_attr(target_os = "none", no_main)]

use core::time::Duration;

use rtt_mod::{
    Result,
    fs::File,
    io::{BufRead, BufReader, BufWriter, Write},
    prelude::*,
    time::{SystemTime, UNIX_EPOCH},
    writeln,
};

const PATH: &str = "/weather.csv";

#[rtt_mod::main(stack = "8K")]
fn main() -> Result<()> {
    let begin = SystemTime::now();
    let mut log = BufWriter::new(File::create(PATH)?);
    writeln!(log, "time,celsius,hectopascal")?;
    for n in 0..24_u8 {
        let time = time_of_day(begin + Duration::from_secs(3600 * u64::from(n)));
        let (celsius, pressure) = measure(n);
        writeln!(log, "{time},{celsius:.2},{pressure:.1}")?;
    }
    log.flush()?;
    drop(log);

    let (mut coldest, mut sum, mut count) = (f32::MAX, 0.0, 0);
    for line in BufReader::new(File::open(PATH)?).lines().skip(1) {
        let line = line?;
        let Some(Ok(celsius)) = line.split(',').nth(1).map(str::parse::<f32>) else { continue };
        coldest = coldest.min(celsius);
        sum += celsius;
        count += 1;
    }
    println!("{count} measurements, {coldest:.1} °C at least, {:.2} °C on average", sum / count as f32);
    Ok(())
}

/// Hours, minutes and seconds in UTC.
fn time_of_day(time: SystemTime) -> String {
    let seconds = time.duration_since(UNIX_EPOCH).unwrap_or_default().as_secs() % 86_400;
    format!("{:02}:{:02}:{:02}", (seconds / 3600) as u32, (seconds / 60 % 60) as u32, (seconds % 60) as u32)
}

/// A day without a sensor: warmest at noon.
fn measure(hour: u8) -> (f32, f32) {
    let from_noon = (f32::from(hour) - 12.0) / 12.0;
    (18.5 - 9.25 * from_noon * from_noon, 1013.2 + f32::from(hour) / 8.0)
}
