//! What can be said to `mkmod`.

use clap::{Args, Parser, Subcommand};
use clap_complete::Shell;
use mkmod::bytes;
use mkmod::new::{Name, Target};
use std::ffi::OsString;
use std::path::PathBuf;

/// Make RT-Thread modules (NAME.mo) of Rust crates, and prove that they load
///
/// A module is a program that RT-Thread loads from its file system and runs by name.
#[derive(Parser)]
#[command(version, after_help = EXIT_CODES)]
pub struct Arguments {
    #[command(subcommand)]
    pub command: Command,
}

const EXIT_CODES: &str = "\
Exit codes: 0 done, 1 refused or failed, 2 the arguments are wrong.
Colours are for terminals; NO_COLOR=1 turns them off.";

#[derive(Subcommand)]
pub enum Command {
    New(New),
    Build(Build),
    Check(Check),
    Info(Info),
    Install(Install),
    Pack(Pack),
    #[cfg(unix)]
    Send(Send),
    Size(Size),
    Symbols(Symbols),
    Completions(Completions),
}

/// Begin an application: a crate in a folder of its own
///
/// Writes NAME/Cargo.toml with the profiles of a module, NAME/.cargo/config.toml with the target and the linker, and
/// NAME/src/main.rs, which says hello. `mkmod build` makes a module of it, and so does `cargo build` where the target's
/// `core` is installed and mkmod-ld is on the PATH.
#[derive(Args)]
#[command(after_help = "\
Examples:
  mkmod new blink
  mkmod new blink --target thumbv7em-none-eabihf
  cd blink && mkmod build")]
pub struct New {
    /// The name of the crate, its folder and its module; at most 7 characters where RT_NAME_MAX is 8
    pub name: Name,
    /// What the kernel is compiled for
    #[arg(long, value_name = "TARGET", default_value = "thumbv7m-none-eabi")]
    pub target: Target,
    /// The folder of rtt-mod, if it is not to come from the registry
    #[arg(long, value_name = "PATH")]
    pub rtt_mod: Option<PathBuf>,
}

/// Build the crate in this folder, and its modules
///
/// Runs cargo with a toolchain that can compile for the target, and with mkmod-ld as the linker. Prints the path of each
/// module. NAME without `.mo` beside it is the same program with symbols, for the debugger.
#[derive(Args)]
#[command(after_help = "\
Examples:
  mkmod build
  mkmod build --target thumbv7em-none-eabihf -- --features fast
  mkmod build --kernel kernel.syms

With `[package.metadata.mkmod] kernel = \"rtthread.elf\"` in its Cargo.toml, a package
is checked against that kernel, and the build fails if it would not load.
With `max-resident = \"8K\"`, `max-file` or `max-stack` there, the build fails
past them, and tells what has grown.")]
pub struct Build {
    /// Build with optimizations; the default
    #[arg(long, conflicts_with = "dev")]
    pub release: bool,
    /// Build without optimizations, quickly
    #[arg(long)]
    pub dev: bool,
    /// The Rust target, such as thumbv7m-none-eabi; else cargo's configuration decides
    #[arg(long, value_name = "TARGET")]
    pub target: Option<String>,
    /// Check each module against this kernel: its ELF file, or what `mkmod symbols` prints of it
    #[arg(long, value_name = "KERNEL")]
    pub kernel: Option<PathBuf>,
    /// Make NAME.o and NAME.c of each program instead, which are linked into the firmware: a command of its shell
    #[arg(long = "static", conflicts_with = "kernel")]
    pub is_static: bool,
    /// More arguments for cargo
    #[arg(trailing_var_arg = true, allow_hyphen_values = true, value_name = "CARGO ARGUMENTS")]
    pub cargo: Vec<OsString>,
}

/// Say whether a module loads on a kernel, and if not, why
///
/// Rehearses the load as RT-Thread's own loader and as kernel-glue's do it, and looks at what no loader looks at:
/// instruction set, float ABI, every import, the note, names, stack, memory. Tells all that is wrong, with what mends it.
///
/// FILE without `.mo`, if it is beside it, tells who calls what.
#[derive(Args)]
#[command(after_help = "\
Examples:
  mkmod check hello.mo --kernel rtthread.elf
  mkmod check hello.mo --kernel kernel.syms --ram 32K

KERNEL is one of
  - the ELF file of the firmware, with its symbols (debug information tells RT_NAME_MAX too)
  - a text made by `mkmod symbols`
  - a capture of the console after `list_symbols`, which tells the exports only")]
pub struct Check {
    /// The module
    pub file: PathBuf,
    /// The kernel's ELF file, or a text of what it exports
    #[arg(long)]
    pub kernel: PathBuf,
    /// How much memory the kernel has free, such as 24576 or 24K
    #[arg(long, value_name = "BYTES", value_parser = bytes::parse)]
    pub ram: Option<u64>,
}

/// Tell what a module is and what it costs
#[derive(Args)]
pub struct Info {
    /// The module
    pub file: PathBuf,
    /// Tell it as JSON; sizes are in bytes
    #[arg(long)]
    pub json: bool,
}

/// Put modules on a card, where the kernel and its shell look for them
///
/// A module whose attribute says `cmd = true` goes into the card's folder `bin`, where the shell finds it by its bare name;
/// any other into the root. One that says `run = true` goes into the folder of what starts at boot as well.
#[derive(Args)]
#[command(after_help = "\
Examples:
  mkmod install --card /media/card
  mkmod install blink.mo greet.mo --card /media/card")]
pub struct Install {
    /// The modules; else those of the crate in this folder, which is built
    pub files: Vec<PathBuf>,
    /// Where the card is mounted, or a folder that is to become one
    #[arg(long, value_name = "FOLDER")]
    pub card: PathBuf,
    /// The card's folder of what starts at boot: RTT_MOD_AUTOSTART_FOLDER of the firmware
    #[arg(long, value_name = "FOLDER", default_value = "autostart")]
    pub autostart: String,
}

/// Make a module of a shared object that GCC has linked
///
/// FILE is a program or a library in C, built with `-fPIC -shared -nostdlib -e main`, where a library has no `-e`. What only
/// the loader reads is cut from memory, and a note is added. A program keeps `module_init`, `module_cleanup` and the variables
/// `dlmodule_thread_*`; a library, all its global functions.
#[derive(Args)]
#[command(after_help = "\
Examples:
  arm-none-eabi-gcc -mcpu=cortex-m3 -mthumb -Os -fPIC -shared -nostdlib -e main -o hello.so hello.c
  mkmod pack hello.so

-Wl,-z,max-page-size=4 keeps the variables from a page of their own, of which the rest is lost.")]
pub struct Pack {
    /// The shared object
    pub file: PathBuf,
    /// The module; else FILE with the extension `.mo`, which may be FILE itself
    #[arg(short, long, value_name = "OUT")]
    pub output: Option<PathBuf>,
    /// Keep all global functions of a program, for others that `dlsym` in it
    #[arg(long)]
    pub keep_exports: bool,
}

/// Send a module to a kernel that runs, in place of the old one
///
/// Types `mod receive` at the shell's prompt, and sends the file by YMODEM. The kernel keeps the old file until the new one
/// is complete and would load. A program that runs goes on; its next run is the new version.
#[cfg(unix)]
#[derive(Args)]
#[command(after_help = "\
Examples:
  mkmod send hello.mo --port /dev/ttyUSB0
  mkmod send build/hello.mo --port /dev/ttyACM0 --baud 921600 --to /bin/hello.mo

The firmware has kernel-glue and RT_USING_RYM. No other program may be at the port.")]
pub struct Send {
    /// The module, or any other file
    pub file: PathBuf,
    /// The serial port of the kernel's console
    #[arg(long, value_name = "PORT")]
    pub port: PathBuf,
    /// Bits a second
    #[arg(long, value_name = "RATE", default_value_t = 115_200)]
    pub baud: u32,
    /// The file's path in the kernel; else its own name, in the shell's working directory
    #[arg(long, value_name = "PATH")]
    pub to: Option<String>,
}

/// Tell what the memory of a module is spent on
///
/// By crate and by function, and who uses what is costly: core::fmt, formatting of floats, panic messages. Every table adds
/// up to what `mkmod info` calls resident.
///
/// The names are in the program for the debugger, NAME beside NAME.mo.
#[derive(Args)]
#[command(after_help = "\
Examples:
  mkmod size target/thumbv7m-none-eabi/release/hello.mo
  mkmod size target/thumbv7m-none-eabi/release/hello --top 5

A method of a trait is from the crate of its type, an instance of a generic
function from the crate that it is written in. A constant that one function
refers to is part of it. What is in parentheses is no crate's.")]
pub struct Size {
    /// The module, or the program beside it
    pub file: PathBuf,
    /// How many functions to tell; else 20, with --json all
    #[arg(long, value_name = "N")]
    pub top: Option<usize>,
    /// Tell it as JSON; sizes are in bytes
    #[arg(long)]
    pub json: bool,
}

/// Print what a kernel exports, as a text for `mkmod check --kernel`
#[derive(Args)]
#[command(after_help = "\
Example:
  mkmod symbols rtthread.elf > kernel.syms")]
pub struct Symbols {
    /// The kernel's ELF file, or a capture of the console after `list_symbols`
    pub kernel: PathBuf,
}

/// Print what completes the words of mkmod in a shell
#[derive(Args)]
#[command(after_help = "\
Examples:
  mkmod completions bash > ~/.local/share/bash-completion/completions/mkmod
  mkmod completions fish > ~/.config/fish/completions/mkmod.fish
  mkmod completions zsh > ~/.zfunc/_mkmod    # a folder of fpath")]
pub struct Completions {
    /// The shell
    pub shell: Shell,
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_arguments_are_consistent() {
        Arguments::command().debug_assert();
    }
}
