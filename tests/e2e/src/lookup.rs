//! The instructions that it costs to find the kernel's exports by name. QEMU counts them.

use std::error::Error;
use std::fmt;

use qemu::Machine;

use crate::{Fixture, Session};

/// The instructions for finding a hundred imports among more than a thousand exports.
#[derive(Debug, Clone, Copy)]
pub struct Lookup {
    /// By RT-Thread's own dlmodule.
    pub stock: u64,
    /// By kernel-glue.
    pub ours: u64,
}

impl fmt::Display for Lookup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { stock, ours } = self;
        writeln!(f, "To find 100 imports among 1,000 exports takes dlmodule {stock} instructions, and the glue {ours}.")
    }
}

/// Measures both in a firmware with a command for it. The machine's clock counts instructions.
///
/// # Errors
/// When the firmware can't be built or booted, or when its command prints no figures.
pub fn measure(fixture: &Fixture) -> Result<Lookup, Box<dyn Error>> {
    let files =
        ["find_exports.c", "thousand_exports.c"].map(|name| fixture.source("tests/firmware/commands").join(name));
    let elf = firmware::build_with(fixture.board, "rtthread-lookup.elf", &files)?.elf;
    let mut session = Session::boot(&Machine::new(fixture.board, &elf, fixture.card()))?;
    let printed = session.run("find_exports")?.prints("stock")?.prints_no("not found")?;
    let line = printed.line_of("stock")?;
    let figure = |at: usize| line.get(at).and_then(|word| word.trim_end_matches(',').parse().ok());
    let (Some(stock), Some(ours)) = (figure(1), figure(3)) else {
        return Err(printed.failed("two figures are missing").into());
    };
    Ok(Lookup { stock, ours })
}
