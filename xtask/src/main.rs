//! The repository's own chores: `cargo xtask demo`, `cargo xtask test`, `cargo xtask bench`, `cargo xtask firmware`.

mod demo;
mod fuzz;
mod size;
mod test;

use std::error::Error;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use e2e::{Fixture, cost, lookup};
use firmware::{BOARDS, Board, Mkmod};
use setup::process;

use crate::size::Action;

/// The repository's own chores.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    chore: Chore,
}

#[derive(Subcommand)]
enum Chore {
    /// Build firmware and examples, start them in QEMU, and leave you at the MSH prompt
    Demo {
        /// The board to start
        #[arg(long, value_name = "NAME", default_value = "an385", value_parser = Board::by_name)]
        board: &'static Board,
        /// Type these commands, print the transcript, and end; not 0 on a fault, an assert or a hang
        #[arg(long, value_name = "CMD; CMD")]
        script: Option<String>,
        /// Put the files of this folder on the card as well
        #[arg(long, value_name = "DIR")]
        card: Option<PathBuf>,
    },
    /// Run every test: on the host, and end to end in QEMU
    Test {
        /// Run only the tests whose names contain this
        filter: Option<String>,
    },
    /// Change good modules at random: no file that `mkmod check` passes may stop the kernel while it is loaded
    Fuzz {
        /// Make the mutants of this seed; otherwise of a fresh one, which is printed
        #[arg(long, value_name = "N")]
        seed: Option<u64>,
        /// How many mutants
        #[arg(long, value_name = "N", default_value_t = 1000)]
        count: usize,
    },
    /// Measure how long mkmod takes for a large program, and what the kernel's services cost in Rust and in C
    Bench,
    /// Measure what kernel-glue costs in the firmware, whole, by option and by file; fail when it has grown
    Size {
        /// Commit to the figures that are measured: in kernel-glue/size.toml, its Kconfig and docs/measurements.md
        #[arg(long)]
        accept: bool,
    },
    /// Build the firmware, and the list of what it exports
    Firmware {
        /// The board to build for
        #[arg(long, value_name = "NAME", default_value = "an385", value_parser = Board::by_name)]
        board: &'static Board,
    },
}

fn main() -> ExitCode {
    match run(Arguments::parse().chore) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(chore: Chore) -> Result<(), Box<dyn Error>> {
    match chore {
        Chore::Demo { board, script, card } => demo::demo(board, script.as_deref(), card.as_deref()),
        Chore::Test { filter } => Ok(test::test(filter.as_deref())?),
        Chore::Fuzz { seed, count } => fuzz::fuzz(seed, count),
        Chore::Bench => bench(),
        Chore::Size { accept } => size::size(if accept { Action::Accept } else { Action::Compare }),
        Chore::Firmware { board } => firmware(board),
    }
}

fn bench() -> Result<(), Box<dyn Error>> {
    let fixture = Fixture::build(&BOARDS[0])?;
    let lookup = lookup::measure(&fixture)?;
    println!(
        "a hundred imports of a thousand exports, in instructions: {} by dlmodule, {} by us",
        lookup.stock, lookup.ours
    );
    process::run(process::cargo().args(["bench", "--package", "mkmod", "--bench", "large_module"]))?;
    cost::compare(&fixture)
}

fn firmware(board: &'static Board) -> Result<(), Box<dyn Error>> {
    setup::ensure(&board.build_needs())?;
    let elf = firmware::build(board)?.elf;
    let symbols = Mkmod::build()?.write_symbols(&elf)?;
    println!("{}\n{}", elf.display(), symbols.display());
    Ok(())
}
