//! Keeps a list of notes in a file: `notes add TEXT`, `notes list`, `notes done NUMBER`.
#![no_std]
#![no_main]

use rtt_mod::{
    Args, Error, Result,
    fs::{self, OpenOptions},
    io::Write,
    prelude::*,
    process::ExitCode,
    writeln,
};

const PATH: &str = "/notes.txt";

#[rtt_mod::main]
fn main(args: Args) -> ExitCode {
    let words: Vec<&str> = args.skip(1).collect();
    let result = match words.as_slice() {
        ["add", text @ ..] if !text.is_empty() => add(&text.join(" ")),
        ["list"] => list(),
        ["done", number] => done(number),
        _ => {
            println!("usage: notes add TEXT | list | done NUMBER");
            return ExitCode::from(2);
        }
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            println!("notes: {}", error.as_str());
            ExitCode::FAILURE
        }
    }
}

fn add(text: &str) -> Result<()> {
    let mut file = OpenOptions::new().create(true).append(true).open(PATH)?;
    writeln!(file, "{text}")
}

fn list() -> Result<()> {
    for (number, note) in (1_u32..).zip(notes()?.lines()) {
        println!("{number:>3} {note}");
    }
    Ok(())
}

fn done(number: &str) -> Result<()> {
    let notes = notes()?;
    let number: usize = number.parse().map_err(|_| Error::InvalidInput)?;
    let index = number.checked_sub(1).ok_or(Error::InvalidInput)?;
    let mut left: Vec<&str> = notes.lines().collect();
    if index >= left.len() {
        return Err(Error::NotFound);
    }
    println!("done: {}", left.remove(index));
    let mut text = left.join("\n");
    if !text.is_empty() {
        text.push('\n');
    }
    fs::write(PATH, text)
}

/// All of them; none if there is no file yet.
fn notes() -> Result<String> {
    match fs::read_to_string(PATH) {
        Err(Error::NotFound) => Ok(String::new()),
        result => result,
    }
}
