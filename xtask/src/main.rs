//! The repository's own chores: `cargo xtask demo`, `cargo xtask test`, `cargo xtask bench`, `cargo xtask firmware`.

mod bench;
mod demo;
mod fuzz;
mod page;
mod size;
mod test;

use std::error::Error;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use e2e::Fixture;
use e2e::soak::Kinds;
use firmware::{Board, Mkmod};

use crate::demo::User;
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
        /// Type these commands, print the transcript, and exit; fails on a fault, an assertion or a hang
        #[arg(long, value_name = "CMD; CMD")]
        script: Option<String>,
        /// Give the console to programs on this computer that connect to this TCP port, such as `mkmod run`
        #[arg(long, value_name = "PORT", num_args = 0..=1, default_missing_value = "5555", conflicts_with = "script")]
        listen: Option<u16>,
        /// Also put the files of this folder on the card
        #[arg(long, value_name = "DIR")]
        card: Option<PathBuf>,
    },
    /// Run all checks and tests, on the host and in QEMU
    Test {
        /// Run only the tests whose names contain this text
        filter: Option<String>,
        /// Run only the checks whose names contain this text; the summary of a whole run lists them
        #[arg(long, value_name = "NAME")]
        check: Option<String>,
    },
    /// Change modules at random, and load them: `mkmod check` and the kernel must agree on each, and none may stop the kernel
    Fuzz {
        /// Seed of the random changes; a fresh one is taken and printed if there is none
        #[arg(long, value_name = "N")]
        seed: Option<u64>,
        /// Number of changed modules
        #[arg(long, value_name = "N", default_value_t = 1000)]
        count: usize,
    },
    /// Load and end modules of all kinds many times; the kernel must have what it had before
    Soak {
        /// The board to do it on
        #[arg(long, value_name = "NAME", default_value = "an385", value_parser = Board::by_name)]
        board: &'static Board,
        /// Seed of the order; a fresh one is taken and printed if there is none
        #[arg(long, value_name = "N")]
        seed: Option<u64>,
        /// Number of loads
        #[arg(long, value_name = "N", default_value_t = 1000)]
        count: usize,
        /// Only kill modules
        #[arg(long)]
        kills: bool,
    },
    /// Measure programs, calls and loads in Rust and in C, and mkmod's time; write docs/measurements.md and its plots
    Bench,
    /// Measure the size of kernel-glue in the firmware, and fail if it has grown
    Size {
        /// Write the measured sizes to kernel-glue/size.toml, its Kconfig and docs/measurements.md
        #[arg(long)]
        accept: bool,
    },
    /// Build the firmware and the list of its exports
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
        Chore::Demo { board, script, listen, card } => {
            let user = match (&script, listen) {
                (Some(script), _) => User::Script(script),
                (None, Some(port)) => User::Network(port),
                (None, None) => User::Terminal,
            };
            demo::demo(board, &user, card.as_deref())
        }
        Chore::Test { filter, check } => Ok(test::test(filter.as_deref(), check.as_deref())?),
        Chore::Fuzz { seed, count } => fuzz::fuzz(seed, count),
        Chore::Soak { board, seed, count, kills } => {
            let kinds = if kills { Kinds::Kills } else { Kinds::All };
            soak(board, seed.unwrap_or_else(fuzz::fresh_seed), count, kinds)
        }
        Chore::Bench => bench::bench(),
        Chore::Size { accept } => size::size(if accept { Action::Accept } else { Action::Compare }),
        Chore::Firmware { board } => firmware(board),
    }
}

fn soak(board: &'static Board, seed: u64, count: usize, kinds: Kinds) -> Result<(), Box<dyn Error>> {
    println!("seed {seed}");
    let tally = e2e::soak::soak(&Fixture::build(board)?, seed, count, kinds, |done| eprint!("\r{done} of {count}"))?;
    eprintln!();
    print!("{tally}");
    println!("{count} loads and ends: the kernel has what it had before");
    Ok(())
}

fn firmware(board: &'static Board) -> Result<(), Box<dyn Error>> {
    setup::ensure(&board.build_needs())?;
    let elf = firmware::build(board)?.elf;
    let symbols = Mkmod::build()?.write_symbols(&elf)?;
    println!("{}\n{}", elf.display(), symbols.display());
    Ok(())
}
