//! The arguments of the commands that use a board.

use clap::Args;
use mkmod::board::{BAUD, PortName};
use std::path::{Path, PathBuf};

/// How the board is reached.
#[derive(Args)]
pub struct Port {
    /// Console of the board: COM3, /dev/ttyUSB0, tcp:HOST:PORT [default: the only serial port there is]
    #[arg(long, value_name = "PORT", env = "MKMOD_PORT", hide_env_values = true)]
    pub port: Option<PortName>,
    /// Bits per second of a serial port
    #[arg(long, value_name = "RATE", default_value_t = BAUD)]
    pub baud: u32,
}

/// Where the names of functions are, for reports of faults.
#[derive(Args)]
pub struct Symbolized {
    /// ELF files of modules, for the names in reports of faults [default: those in target of the same build]
    #[arg(long, value_name = "ELF")]
    pub elf: Vec<PathBuf>,
    /// ELF file of the kernel, for its names
    #[arg(long, value_name = "ELF")]
    pub kernel: Option<PathBuf>,
}

/// Run a module on a board, as the runner of `cargo run`
///
/// Sends the module if the board does not have the same, runs it, shows what is printed, and passes on what is typed. Ctrl-C
/// ends the module. Everything behind FILE is for the module. The exit code is that of the module: 101 after a panic, 102 after a fault.
#[derive(Args)]
#[command(after_help = "\
Examples:
  mkmod run target/thumbv7m-none-eabi/release/hello.mo -- a b
  mkmod run --port COM3 hello a b       # the one on the card
  MKMOD_PORT=tcp:localhost:5555 cargo run -- a b

With `runner = \"mkmod run\"` in .cargo/config.toml, `cargo run` calls it with the
ELF file. The module is the file NAME.mo beside it.

The firmware needs `mod serve` (RTT_MOD_USING_SERVE). No other program may use
the port. Exit codes have 8 bits: -1, that of a module that was killed, is 255.")]
pub struct Run {
    #[command(flatten)]
    pub port: Port,
    /// Path of the file on the board [default: its name, in the working directory of the shell]
    #[arg(long, value_name = "PATH")]
    pub to: Option<String>,
    #[command(flatten)]
    pub symbols: Symbolized,
    /// Module, the ELF file beside it, or the name of a module on the board; then its arguments
    #[arg(required = true, num_args = 1.., trailing_var_arg = true, allow_hyphen_values = true, value_names = ["FILE", "ARGUMENTS"])]
    words: Vec<String>,
}

impl Run {
    /// The module.
    pub fn file(&self) -> &Path {
        Path::new(self.words.first().map_or("", String::as_str))
    }

    /// What is behind the file, or behind `--` there: also what looks like an option of ours.
    pub fn arguments(&self) -> &[String] {
        let arguments = self.words.get(1..).unwrap_or_default();
        arguments.strip_prefix(&["--".to_owned()]).unwrap_or(arguments)
    }
}

/// Send a module to a board over its console
///
/// The board keeps the old file until the new one is complete, was read again and would load. Programs may run and print
/// meanwhile; the next run of a module is the new version.
#[derive(Args)]
#[command(after_help = "\
Examples:
  mkmod send hello.mo
  mkmod send build/hello.mo --port /dev/ttyACM0 --baud 921600 --to /bin/hello.mo

The firmware needs `mod serve` (RTT_MOD_USING_SERVE). No other program may use
the port.")]
pub struct Send {
    /// Module, or any other file
    pub file: PathBuf,
    #[command(flatten)]
    pub port: Port,
    /// Path of the file on the board [default: its name, in the working directory of the shell]
    #[arg(long, value_name = "PATH")]
    pub to: Option<String>,
}

/// List the files of a board
#[derive(Args)]
pub struct Files {
    /// Folder
    #[arg(default_value = "/")]
    pub folder: String,
    #[command(flatten)]
    pub port: Port,
}

/// Copy a file from a board
#[derive(Args)]
pub struct Get {
    /// Path on the board
    pub path: String,
    /// File to write [default: its name, in this folder]
    #[arg(short, long, value_name = "OUT")]
    pub output: Option<PathBuf>,
    #[command(flatten)]
    pub port: Port,
}

/// Delete files of a board
#[derive(Args)]
pub struct Remove {
    /// Paths on the board
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<String>,
    #[command(flatten)]
    pub port: Port,
}

/// Show the console of a board
///
/// What is typed goes to the board's shell. Ctrl-] quits.
#[derive(Args)]
#[command(after_help = "\
Examples:
  mkmod monitor
  mkmod monitor --port COM3 --log console.txt")]
pub struct Monitor {
    #[command(flatten)]
    pub port: Port,
    /// File to which the console's text is appended
    #[arg(long, value_name = "FILE")]
    pub log: Option<PathBuf>,
    #[command(flatten)]
    pub symbols: Symbolized,
}

/// Show function, file and line of the addresses in reports of faults
///
/// Prints LOG, the text of a console, and behind each report of a fault, a stack overflow or a quarantine the functions at its
/// addresses, inlined ones too. `mkmod run` and `mkmod monitor` do the same.
#[derive(Args)]
#[command(after_help = "\
Examples:
  mkmod trace console.txt
  mkmod trace console.txt --elf build/hello --kernel rtthread.elf

The names are those of the ELF file that has the same build as the module in
the report. It is looked for in the target folders of this folder and of those
around it.")]
pub struct Trace {
    /// Text of a console [default: the standard input]
    pub log: Option<PathBuf>,
    #[command(flatten)]
    pub symbols: Symbolized,
}

/// Debug a module on a board with GDB
///
/// A program is sent if the board does not have the same, loaded, and stopped before its `main`: `continue` starts it. A module
/// that is loaded already, such as a resident one, is only looked up. GDB gets the symbols at the place of the module.
#[derive(Args)]
#[command(after_help = "\
Examples:
  mkmod gdb target/thumbv7m-none-eabi/release/hello --target localhost:1234
  mkmod gdb greeter --kernel rtthread.elf -- -ex continue

--target is QEMU's -gdb, OpenOCD (localhost:3333) or probe-rs (localhost:1337).
The console is used as well, to load the module and to show what it prints.")]
pub struct Gdb {
    /// Module, the ELF file beside it, or the name of a module that is loaded
    pub file: PathBuf,
    /// Stub of the debugger
    #[arg(long, value_name = "HOST:PORT", default_value = "localhost:3333")]
    pub target: String,
    /// GDB to start [default: gdb-multiarch or the like]
    #[arg(long, value_name = "PROGRAM")]
    pub gdb: Option<PathBuf>,
    /// ELF file of the module [default: the one in target of the same build]
    #[arg(long, value_name = "ELF")]
    pub elf: Option<PathBuf>,
    /// ELF file of the kernel, for its symbols
    #[arg(long, value_name = "ELF")]
    pub kernel: Option<PathBuf>,
    #[command(flatten)]
    pub port: Port,
    /// More arguments for GDB
    #[arg(trailing_var_arg = true, allow_hyphen_values = true, value_name = "GDB ARGUMENTS")]
    pub arguments: Vec<String>,
}
