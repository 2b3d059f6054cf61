//! The arguments of `mkmod`.

mod board;
mod compile;

pub use board::{Files, Gdb, Get, Monitor, Port, Remove, Run, Send, Symbolized, Trace};
pub use compile::{Cc, Compile, Cxx};

use clap::{Args, Parser, Subcommand};
use clap_complete::Shell;
use mkmod::bytes;
use mkmod::new::{self, Name, Reference, Target, Template, Url};
use std::ffi::OsString;
use std::path::PathBuf;

/// Build RT-Thread modules (NAME.mo) from Rust crates, and check that they load
///
/// A module is a program that RT-Thread loads from its file system and runs by name.
#[derive(Parser)]
#[command(version, after_help = EXIT_CODES)]
pub struct Arguments {
    #[command(subcommand)]
    pub command: Command,
}

const EXIT_CODES: &str = "\
Exit codes: 0 success, 1 failure or a module that does not load, 2 wrong arguments.
The output has colours on a terminal; NO_COLOR=1 switches them off.";

#[derive(Subcommand)]
pub enum Command {
    New(New),
    Build(Build),
    Cc(Cc),
    #[command(name = "c++")]
    Cxx(Cxx),
    Check(Check),
    Info(Info),
    Install(Install),
    Pack(Pack),
    Run(Run),
    Send(Send),
    #[command(name = "ls")]
    List(Files),
    Get(Get),
    #[command(name = "rm")]
    Remove(Remove),
    Monitor(Monitor),
    Trace(Trace),
    Gdb(Gdb),
    Size(Size),
    Stack(Stack),
    Symbols(Symbols),
    Completions(Completions),
}

/// Create an application
///
/// Creates the folder NAME with a crate in which cargo does everything: `cargo build` makes the module, `cargo run` runs it
/// on the board, `cargo t` runs the tests on this PC, and `cargo pc` runs the program there. Editors that use rust-analyzer,
/// such as VS Code, need no settings.
#[derive(Args)]
#[command(after_help = "\
Examples:
  mkmod new blink
  mkmod new blink --target thumbv7em-none-eabihf --template resident
  mkmod new blink --git https://example.com/rtt-mod.git --tag v0.1.0
  cd blink && cargo build")]
pub struct New {
    /// Name of the crate, its folder and its module; at most 7 characters if RT_NAME_MAX is 8
    pub name: Name,
    /// Rust target of the kernel's processor
    #[arg(long, value_name = "TARGET", default_value = "thumbv7m-none-eabi")]
    pub target: Target,
    /// What to create
    #[arg(long, value_name = "TEMPLATE", value_enum, default_value_t)]
    pub template: Template,
    #[command(flatten)]
    pub source: Source,
}

/// Where the application gets rtt-mod from [default: the registry, in the version of mkmod]
#[derive(Args)]
#[group(multiple = true)]
pub struct Source {
    /// Version of rtt-mod in the registry, such as 0.1 [default: that of mkmod]
    #[arg(long, value_name = "VERSION", conflicts_with_all = ["path", "git"])]
    pub version: Option<semver::VersionReq>,
    /// Folder of the crate rtt-mod
    #[arg(long, value_name = "PATH", alias = "rtt-mod", conflicts_with = "git")]
    pub path: Option<PathBuf>,
    /// Git repository of rtt-mod
    #[arg(long, value_name = "URL")]
    pub git: Option<Url>,
    /// Branch of the repository
    #[arg(long, value_name = "BRANCH", requires = "git", conflicts_with_all = ["tag", "rev"])]
    pub branch: Option<String>,
    /// Tag in the repository
    #[arg(long, value_name = "TAG", requires = "git", conflicts_with = "rev")]
    pub tag: Option<String>,
    /// Commit of the repository
    #[arg(long, value_name = "HASH", requires = "git")]
    pub rev: Option<String>,
}

impl From<Source> for new::Source {
    fn from(source: Source) -> Self {
        let Source { version, path, git, branch, tag, rev } = source;
        let reference = branch.map(Reference::Branch).or(tag.map(Reference::Tag)).or(rev.map(Reference::Revision));
        match (version, path, git) {
            (Some(version), _, _) => Self::Version(version),
            (_, Some(path), _) => Self::Path(path),
            (_, _, Some(url)) => Self::Git { url, reference },
            _ => Self::default(),
        }
    }
}

/// Build the modules of the crate in this folder
///
/// Runs cargo with a toolchain that can compile for the target, and with mkmod-ld as the linker. Prints the path of each
/// module, NAME.mo. The file NAME beside it is the same program with symbols, for the debugger.
#[derive(Args)]
#[command(after_help = "\
Examples:
  mkmod build
  mkmod build --target thumbv7em-none-eabihf -- --features fast
  mkmod build --kernel kernel.syms

`[package.metadata.mkmod]` in Cargo.toml can have these settings:
  kernel = \"rtthread.elf\"  fail if a module does not load on this kernel
  max-resident = \"8K\"      fail if a module takes more memory than that
  max-file, max-stack      the same for the size of the file and the stack
  max-interrupt-stack      the same for what its closures may take in interrupts

With --static, RTT_CONFIG can name the folder of the firmware's rtconfig.h: its
options are `cfg`s then, such as `#[cfg(RT_USING_DFS)]`.")]
pub struct Build {
    /// Build with optimizations [default]
    #[arg(long, conflicts_with = "dev")]
    pub release: bool,
    /// Build with the profile `dev`
    #[arg(long)]
    pub dev: bool,
    /// Rust target, such as thumbv7m-none-eabi [default: that of cargo's configuration]
    #[arg(long, value_name = "TARGET")]
    pub target: Option<String>,
    /// Check that each module loads on this kernel: its ELF file, or the output of `mkmod symbols`
    #[arg(long, value_name = "KERNEL")]
    pub kernel: Option<PathBuf>,
    /// Build each program into the firmware: write NAME.o and NAME.c, which add it as a command of the shell
    #[arg(long = "static", conflicts_with = "kernel")]
    pub is_static: bool,
    /// Additional arguments for cargo
    #[arg(trailing_var_arg = true, allow_hyphen_values = true, value_name = "CARGO ARGUMENTS")]
    pub cargo: Vec<OsString>,
}

/// Check that a module loads on a kernel
///
/// Loads the module as the kernel's loader does, and checks the instruction set, the float ABI, every import, the note,
/// names, stack and memory. Reports every error, and how to mend it.
///
/// The rules are those of the loader that the kernel has: kernel-glue's, or RT-Thread's own dlmodule.
///
/// If the ELF file with symbols (NAME) is beside the module (NAME.mo), the report shows the callers of each import.
#[derive(Args)]
#[command(after_help = "\
Examples:
  mkmod check hello.mo --kernel rtthread.elf
  mkmod check hello.mo --kernel kernel.syms --ram 32K

KERNEL is one of
  - the ELF file of the firmware with symbols, and best with debug information
  - the output of `mkmod symbols`
  - a capture of the console after `list_symbols`, which has only the exports
If KERNEL does not say which loader it has, mkmod assumes that of kernel-glue
if the kernel exports rtt_mod_abi_*, and dlmodule if it does not.")]
pub struct Check {
    /// Module
    pub file: PathBuf,
    /// Kernel: its ELF file, or a text with its exports
    #[arg(long)]
    pub kernel: PathBuf,
    /// Free heap of the kernel in bytes, such as 24576 or 24K
    #[arg(long, value_name = "BYTES", value_parser = bytes::parse)]
    pub ram: Option<u64>,
}

/// Show a module's metadata
///
/// Prints the name and the version, sizes, target, stack and priority, imports, exports and relocations.
#[derive(Args)]
pub struct Info {
    /// Module
    pub file: PathBuf,
    /// Print JSON; sizes are in bytes
    #[arg(long)]
    pub json: bool,
}

/// Copy modules to an SD card
///
/// A module with `cmd = true` goes into the folder `bin` of the card, where the shell finds it by name. Any other module goes
/// into the root folder. A module with `run = true` is also copied to the autostart folder.
#[derive(Args)]
#[command(after_help = "\
Examples:
  mkmod install --card /media/card
  mkmod install blink.mo greet.mo --card /media/card")]
pub struct Install {
    /// Modules [default: build the crate in this folder, and take its modules]
    pub files: Vec<PathBuf>,
    /// Mount point of the card
    #[arg(long, value_name = "FOLDER")]
    pub card: PathBuf,
    /// Folder of modules that start at boot: RTT_MOD_AUTOSTART_FOLDER of the firmware
    #[arg(long, value_name = "FOLDER", default_value = "autostart")]
    pub autostart: String,
}

/// Convert a shared object of GCC to a module
///
/// FILE is a C program, built with `-fPIC -shared -nostdlib -e main`, or a library, built without `-e main`. Tables that only
/// the loader reads are removed from the image, and a note is added. A program exports `module_init`, `module_cleanup` and
/// the variables `dlmodule_thread_*`. A library exports all its global functions.
#[derive(Args)]
#[command(after_help = "\
Examples:
  arm-none-eabi-gcc -mcpu=cortex-m3 -mthumb -Os -fPIC -shared -nostdlib -e main -o hello.so hello.c
  mkmod pack hello.so

-Wl,-z,max-page-size=4 saves memory: without it, variables start on a page of their own.")]
pub struct Pack {
    /// Shared object
    pub file: PathBuf,
    /// Module to write; may be FILE itself [default: FILE with the extension .mo]
    #[arg(short, long, value_name = "OUT")]
    pub output: Option<PathBuf>,
    /// Export all global functions of a program, for use by `dlsym`
    #[arg(long)]
    pub keep_exports: bool,
}

/// Show what takes the memory of a module
///
/// Lists the bytes of each crate and function, and the call paths to the large parts of `core`: formatting, formatting of
/// floats, panic messages. The sum of each table is the resident size that `mkmod info` shows.
///
/// The names come from the ELF file with symbols (NAME), which must be beside the module (NAME.mo).
#[derive(Args)]
#[command(after_help = "\
Examples:
  mkmod size target/thumbv7m-none-eabi/release/hello.mo
  mkmod size target/thumbv7m-none-eabi/release/hello --top 5

A method of a trait counts for the crate of its type, an instance of a generic
function for the crate that defines it. A constant that only one function uses
is part of that function. Entries in parentheses belong to no crate.")]
pub struct Size {
    /// Module, or the ELF file beside it
    pub file: PathBuf,
    /// Number of functions to show [default: 20, or all with --json]
    #[arg(long, value_name = "N")]
    pub top: Option<usize>,
    /// Print JSON; sizes are in bytes
    #[arg(long)]
    pub json: bool,
}

/// Show how much stack a module needs
///
/// For the main thread and for each thread, callback and command that the module gives to the kernel: the most that is
/// ever on the stack, with the functions that are on it then. `with panics` counts what a panic takes to print its
/// message. A number with a `+` is a lower bound: the report says what stopped the proof.
///
/// The code is read from the program for the debugger, NAME beside NAME.mo.
#[derive(Args)]
#[command(after_help = "\
Examples:
  mkmod stack target/thumbv7m-none-eabi/release/hello.mo
  mkmod stack target/thumbv7m-none-eabi/release/hello --json

What the kernel's functions take is in the table kernel-glue/stack.toml: some of its
figures are measured, the others are estimates that are too large.")]
pub struct Stack {
    /// The module, or the program beside it
    pub file: PathBuf,
    /// Print JSON; sizes are in bytes
    #[arg(long)]
    pub json: bool,
}

/// Print the symbols that a kernel exports
///
/// The output contains all that `mkmod check` needs to know about the kernel: exports and their prototypes, the loader, the
/// processor and the configuration. It is much smaller than the ELF file and can be committed.
///
/// With --diff, prints what differs between two kernels instead, and which of some modules load on the old one alone.
#[derive(Args)]
#[command(after_help = "\
Examples:
  mkmod symbols rtthread.elf --output kernel.syms
  mkmod check hello.mo --kernel kernel.syms
  mkmod symbols --diff kernel.syms build/rtthread.elf --modules /media/card

The exit code is 1 if a module breaks.")]
pub struct Symbols {
    /// ELF file of the kernel, or a capture of the console after `list_symbols`
    #[arg(required_unless_present = "diff")]
    pub kernel: Option<PathBuf>,
    /// Compare two kernels, each as above or as the output of this command
    #[arg(long, num_args = 2, value_names = ["OLD", "NEW"], conflicts_with_all = ["kernel", "output"])]
    pub diff: Vec<PathBuf>,
    /// Modules to check against both: files, and folders such as a card
    #[arg(long, num_args = 1.., value_name = "MODULE", requires = "diff")]
    pub modules: Vec<PathBuf>,
    /// File to write [default: the standard output]
    #[arg(short, long, value_name = "OUT")]
    pub output: Option<PathBuf>,
}

/// Generate shell completions
#[derive(Args)]
#[command(after_help = "\
Examples:
  mkmod completions bash > ~/.local/share/bash-completion/completions/mkmod
  mkmod completions fish > ~/.config/fish/completions/mkmod.fish
  mkmod completions zsh > ~/.zfunc/_mkmod    # a folder of fpath")]
pub struct Completions {
    /// Shell
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
