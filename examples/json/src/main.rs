//! Reads and changes settings in JSON, with serde: `json`, `json volume 7`.
#![no_std]
#![cfg_attr(target_os = "none", no_main)]

use rtt_mod::{Args, Error, Result, fs, prelude::*};
use serde::{Deserialize, Serialize};

const PATH: &str = "/settings.json";

#[derive(Debug, Deserialize, Serialize)]
struct Settings {
    name: String,
    volume: u8,
    stations: Vec<Station>,
}

#[derive(Debug, Deserialize, Serialize)]
struct Station {
    title: String,
    kilohertz: u32,
}

#[rtt_mod::main(stack = "8K")]
fn main(args: Args) -> Result<()> {
    let mut settings = read()?;
    let words: Vec<_> = args.skip(1).collect();
    match words[..] {
        [] => {}
        ["volume", volume] => settings.volume = volume.parse().map_err(|_| Error::InvalidInput)?,
        _ => return Err(Error::InvalidInput),
    }
    for station in &settings.stations {
        println!("{:>8} kHz  {}", station.kilohertz, station.title);
    }
    println!("{} plays at {}", settings.name, settings.volume);
    fs::write(PATH, serde_json::to_string(&settings).map_err(|_| Error::Other)?)
}

/// The settings of the card, or those of a new radio.
fn read() -> Result<Settings> {
    let text = match fs::read_to_string(PATH) {
        Err(Error::NotFound) => DEFAULT.to_string(),
        text => text?,
    };
    serde_json::from_str(&text).map_err(|error| {
        println!("{PATH}:{}: {error}", error.line());
        Error::InvalidData
    })
}

const DEFAULT: &str = r#"{
    "name": "kitchen", "volume": 11,
    "stations": [
        { "title": "Größe & Höhe", "kilohertz": 91200 },
        { "title": "Radio \"Eins\"", "kilohertz": 104300 }
    ]
}"#;
