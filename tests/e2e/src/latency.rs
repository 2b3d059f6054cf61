//! For how many instructions interrupts are off, and the scheduler is locked, on account of kernel-glue. QEMU counts them.

use std::error::Error;
use std::fmt;
use std::path::Path;

use qemu::Machine;
use setup::process;

use crate::{Fixture, Printed, Session};

/// An instruction takes 64 nanoseconds here, and the SysTick of the board counts at 25 MHz.
const MACHINE: [&str; 2] = ["-icount", "shift=6"];
const COUNTS_PER_INSTRUCTION: f64 = 1.6;

/// The folder of kernel-glue: its own, and that of the package in a BSP.
const IN_GLUE: [&str; 2] = ["kernel-glue/src", "packages/rtt-mod/src"];

/// What the kernel does meanwhile: loads and ends of all kinds, and what threads, timers, files and devices do.
const COMMANDS: &[(&str, &str)] = &[
    ("mod run hello a b", "exit code 0\n"),
    ("mod run heap", "exit code 0\n"),
    ("mod run panic", "exit code 101\n"),
    ("mod run threads", "exit code 0\n"),
    ("mod run timers", "exit code 0\n"),
    ("mod run files", "exit code 0\n"),
    ("mod run queue", "exit code 0\n"),
    ("mod run mutex", "exit code 0\n"),
    ("mod run faulty access", "exit code 102\n"),
    ("mod run filer busy", "exit code 5\n"),
    ("mod list", "uptime"),
];

/// The longest sections in the code of kernel-glue, in instructions, each with the line that begins it.
#[derive(Debug, Clone)]
pub struct Latency {
    /// Interrupts are off.
    pub interrupts: Section,
    /// The scheduler is locked.
    pub scheduler: Section,
}

/// One section.
#[derive(Debug, Clone, Default)]
pub struct Section {
    /// Its length.
    pub instructions: f64,
    /// The file and the line that begin it.
    pub place: String,
}

impl fmt::Display for Latency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [interrupts, scheduler] = [&self.interrupts, &self.scheduler].map(|section| section.instructions);
        writeln!(
            f,
            "At most, the glue has interrupts disabled for {interrupts:.0} instructions, and the scheduler locked for \
             {scheduler:.0}."
        )
    }
}

/// Measures on a kernel with 64 KB of variables.
///
/// # Errors
/// When the firmware can't be built or booted, when a program does not do what it should, or when there are no figures.
pub fn measure(fixture: &Fixture) -> Result<Latency, Box<dyn Error>> {
    let command = fixture.source("tests/firmware/commands/latency.c");
    let elf = firmware::build_with(fixture.board, "rtthread-latency.elf", &[command])?.elf;
    let machine = Machine::new(fixture.board, &elf, fixture.card());
    let mut session = Session::boot(&Machine { arguments: MACHINE.map(str::to_owned).to_vec(), ..machine })?;
    session.run("latency clear")?.prints_nothing()?;
    for (command, text) in COMMANDS {
        session.run(command)?.prints(text)?;
    }
    session.start("mod start stuck threads", "stuck: ")?;
    session.run("mod kill stuck")?.prints_nothing()?;
    session.settled_memory()?;
    let printed = session.run("latency")?;
    Ok(Latency { interrupts: longest(&printed, "interrupts", &elf)?, scheduler: longest(&printed, "scheduler", &elf)? })
}

fn longest(printed: &Printed, what: &str, elf: &Path) -> Result<Section, Box<dyn Error>> {
    let mut most = Section::default();
    for line in printed.text().lines() {
        let [kind, address, counts] = line.split_whitespace().collect::<Vec<_>>()[..] else { continue };
        if kind != what {
            continue;
        }
        let mut addr2line = setup::tool("arm-none-eabi-addr2line");
        let place = process::text(addr2line.arg("-e").arg(elf).arg(address))?.trim().to_owned();
        let instructions = counts.parse::<f64>()? / COUNTS_PER_INSTRUCTION;
        if IN_GLUE.iter().any(|folder| place.contains(folder)) && instructions > most.instructions {
            most = Section { instructions, place };
        }
    }
    if most.place.is_empty() { Err(printed.failed(&format!("no `{what}` of kernel-glue")).into()) } else { Ok(most) }
}
