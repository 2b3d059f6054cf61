//! Counts the words of a text of any size: `words FILE`. Without a file, it makes one first.
#![no_std]
#![cfg_attr(target_os = "none", no_main)]

use core::cmp::Reverse;

use rtt_mod::{
    Args, Result,
    collections::HashMap,
    fs::File,
    io::{BufRead, BufReader, BufWriter, Write},
    prelude::*,
    writeln,
};

const MADE: &str = "/text.txt";

#[rtt_mod::main(stack = "8K")]
fn main(mut args: Args) -> Result<()> {
    let path = match args.nth(1) {
        Some(path) => path,
        None => make()?,
    };
    let (mut counts, mut lines, mut bytes) = (HashMap::<String, u32>::new(), 0, 0);
    let mut text = BufReader::new(File::open(path)?);
    let mut line = String::new();
    while text.read_line(&mut line)? > 0 {
        (lines, bytes) = (lines + 1, bytes + line.len());
        for word in line.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()) {
            *counts.entry(word.to_ascii_lowercase()).or_default() += 1;
        }
        line.clear();
    }
    let mut words: Vec<_> = counts.into_iter().collect();
    println!("{lines} lines, {bytes} bytes, {} words", words.len());
    for _ in 0..3 {
        if let Some((word, count)) = take_most_frequent(&mut words) {
            println!("{count:>6} {word}");
        }
    }
    Ok(())
}

/// To sort all words would take up to 16 KiB of stack: `sort` calls itself.
fn take_most_frequent(words: &mut Vec<(String, u32)>) -> Option<(String, u32)> {
    let (place, _) = words.iter().enumerate().max_by_key(|(_, (word, count))| (*count, Reverse(word)))?;
    Some(words.swap_remove(place))
}

fn make() -> Result<&'static str> {
    let mut text = BufWriter::new(File::create(MADE)?);
    for n in 0..1000 {
        writeln!(text, "A rose is a rose is a rose, {n}.")?;
    }
    text.flush()?;
    Ok(MADE)
}
