//! The instructions that the kernel's services cost a module in Rust and one in C. QEMU counts them.

use std::error::Error;

use crate::{Fixture, Session, c_module, card_with};

/// A service may cost this many times as much through rtt-mod as in C.
const LIMIT: f64 = 1.05;

/// The number of passes of each loop in the two modules.
const PASSES: f64 = 1000.0;

/// With `-icount shift=0` an instruction takes a nanosecond, and the SysTick of the board counts at 25 MHz.
const INSTRUCTIONS_PER_COUNT: f64 = 40.0;

const SERVICES: &[(&str, &str)] = &[
    ("semaphore", "a semaphore's take and release"),
    ("mutex", "a mutex's lock and unlock"),
    ("queue", "a queue's send and receive"),
];

/// Prints the instructions of each service in C and in Rust.
///
/// # Errors
/// When a service costs more than 1.05 times in Rust what it costs in C, or when the modules do not run.
pub fn compare(fixture: &Fixture) -> Result<(), Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    let in_c = folder.path().join("c_cost.mo");
    c_module::build(fixture, &fixture.source("tests/c/cost.c"), &in_c)?;
    let mut session = fixture.boot_with(&card_with(&[in_c, fixture.module("cost")?.clone()])?)?;
    let c = instructions(&mut session, "c_cost")?;
    let rust = instructions(&mut session, "cost")?;

    println!("instructions for                      in C   in Rust     ratio");
    for ((_, what), (c, rust)) in SERVICES.iter().zip(c.iter().zip(&rust)) {
        println!("{what:<32} {c:>9.1} {rust:>9.1} {:>9.3}", rust / c);
    }
    match SERVICES.iter().zip(c.iter().zip(&rust)).find(|(_, (c, rust))| *rust / *c > LIMIT) {
        Some(((_, what), _)) => Err(format!("{what} costs more than {LIMIT} times what it costs in C").into()),
        None => Ok(()),
    }
}

/// The instructions of one pass, in the order of `SERVICES`.
fn instructions(session: &mut Session, module: &str) -> Result<Vec<f64>, Box<dyn Error>> {
    let printed = session.run(&format!("mod run {module}"))?;
    let counts = SERVICES.iter().map(|(name, _)| {
        let line = printed.line_of(name)?;
        let count = line.get(1).and_then(|count| count.parse::<u32>().ok());
        let count = count.ok_or_else(|| printed.failed(&format!("`{name}` has no count")))?;
        Ok(f64::from(count) * INSTRUCTIONS_PER_COUNT / PASSES)
    });
    counts.collect()
}
