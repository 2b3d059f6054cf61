//! The command line of `mkmod`.

use clap::{Parser, Subcommand};
use std::path::PathBuf;

/// Makes RT-Thread modules from Rust crates, and proves that they load
#[derive(Parser)]
#[command(version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Say whether a module loads on a kernel, and if not, why
    Check {
        /// The module
        file: PathBuf,
        /// The kernel's ELF file, or a text of what it exports
        #[arg(long)]
        kernel: PathBuf,
    },
}

fn main() {
    let Command::Check { file, kernel } = Arguments::parse().command;
    println!("{} {}", file.display(), kernel.display());
}
