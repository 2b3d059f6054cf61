//! The stack that the kernel's services take, measured, is no more than what `mkmod stack` counts for them.

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;

use e2e::Fixture;
use serde::Deserialize;

use super::{TestResult, Tests};

pub const TESTS: Tests = &[("no_service_takes_more_than_the_table_says", measure)];

/// `kernel-glue/stack.toml`, as far as it is needed here.
#[derive(Deserialize)]
struct Table {
    thread: Thread,
    class: BTreeMap<String, Bytes>,
}

/// What an exception and a switch of threads leave on the stack at any time, while a service waits for one.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Thread {
    switch: Bytes,
    switch_with_floats: Bytes,
}

/// The bytes on each instruction set.
#[derive(Deserialize)]
struct Bytes {
    thumb: u32,
    arm: u32,
    riscv64: u32,
}

impl Table {
    /// What `mkmod stack` counts below the caller of a service.
    fn bytes(&self, class: &str, target: &str) -> Option<u32> {
        let has_floats = target.ends_with("hf");
        let switch = if has_floats { &self.thread.switch_with_floats } else { &self.thread.switch };
        Some(self.class.get(class)?.on(target) + switch.on(target))
    }
}

impl Bytes {
    fn on(&self, target: &str) -> u32 {
        match target {
            target if target.starts_with("thumb") => self.thumb,
            target if target.starts_with("arm") => self.arm,
            _ => self.riscv64,
        }
    }
}

/// One line of the application `needs`.
struct Measured<'a> {
    class: &'a str,
    bytes: u32,
    line: &'a str,
}

impl<'a> Measured<'a> {
    fn parse(line: &'a str) -> Option<Self> {
        let mut words = line.split(' ');
        let (class, bytes) = (words.next()?, words.next()?.parse().ok()?);
        Some(Self { class, bytes, line })
    }
}

fn measure(fixture: &Fixture) -> TestResult {
    let table: Table = toml::from_str(&fs::read_to_string(fixture.source("kernel-glue/stack.toml"))?)?;
    let mut session = fixture.boot()?;
    let printed = session.run("mod run needs")?.prints("exit code 0")?;
    let measured: Vec<Measured<'_>> = printed.text().lines().filter_map(Measured::parse).collect();
    if measured.len() < 30 {
        return Err(printed.failed("there are fewer than 30 figures").into());
    }
    let too_large = too_large(&table, &measured, fixture.board.target)?;
    if too_large.is_empty() { Ok(()) } else { Err(too_large.join("\n").into()) }
}

fn too_large(table: &Table, measured: &[Measured<'_>], target: &str) -> Result<Vec<String>, Box<dyn Error>> {
    let mut lines = Vec::new();
    for Measured { class, bytes, line } in measured {
        let counted = table.bytes(class, target).ok_or_else(|| format!("no class `{class}` in the table"))?;
        if *bytes > counted {
            lines.push(format!("{line}: {counted} are counted"));
        }
    }
    Ok(lines)
}
