//! Counts the words of a text of any size: `words FILE`. Without a file, it makes one first.
#![no_std]
#![cfg_attr(target_os = "none", no_main)]

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
    words.sort_unstable_by(|(left, many), (right, more)| more.cmp(many).then(left.cmp(right)));
    println!("{lines} lines, {bytes} bytes, {} words", words.len());
    for (word, count) in words.iter().take(3) {
        println!("{count:>6} {word}");
    }
    Ok(())
}

fn make() -> Result<&'static str> {
    let mut text = BufWriter::new(File::create(MADE)?);
    for n in 0..1000 {
        writeln!(text, "A rose is a rose is a rose, {n}.")?;
    }
    text.flush()?;
    Ok(MADE)
}
