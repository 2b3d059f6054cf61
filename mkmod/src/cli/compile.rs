//! The arguments of the commands that call a compiler.

use clap::Args;
use std::ffi::OsString;
use std::path::PathBuf;

/// Compile C with GCC, and link it as a module
///
/// Calls GCC with the flags for the processor of a kernel, and mkmod-ld as its linker. All other arguments are GCC's: use it
/// in a Makefile as `CC = mkmod cc --kernel kernel.syms`. The headers rtt_mod.h and rttm_module.h are found.
///
/// What the program calls of the C library, and the kernel does not export, is linked in: <string.h>, malloc, snprintf,
/// printf, errno, assert, exit. A module is checked against the kernel.
#[derive(Args)]
#[command(after_help = "\
Examples:
  mkmod cc --kernel kernel.syms -Os hello.c -o hello.mo
  mkmod cc --target thumbv7m-none-eabi -c -Os hello.c")]
pub struct Cc {
    #[command(flatten)]
    pub compile: Compile,
}

/// Compile C++ with GCC, and link it as a module
///
/// As `mkmod cc`, without exceptions and type information at run time. Constructors of static objects run before `main`,
/// destructors after it; `new` and `delete` are those of `malloc`.
#[derive(Args)]
#[command(after_help = "\
Examples:
  mkmod c++ --kernel kernel.syms -Os shapes.cpp -o shapes.mo
  mkmod c++ --target armv7a-none-eabi -c -Os shapes.cpp")]
pub struct Cxx {
    #[command(flatten)]
    pub compile: Compile,
}

/// What both have in common.
#[derive(Args)]
pub struct Compile {
    /// Kernel that the module runs on: its ELF file, or the output of `mkmod symbols`
    #[arg(long, value_name = "KERNEL", required_unless_present = "target")]
    pub kernel: Option<PathBuf>,
    /// Target as rustc calls it, such as thumbv7m-none-eabi [default: that of the kernel]
    #[arg(long, value_name = "TARGET")]
    pub target: Option<String>,
    /// What the names of GCC's programs begin with [default: arm-none-eabi- or riscv64-unknown-elf-]
    #[arg(long, value_name = "PREFIX")]
    pub prefix: Option<String>,
    /// Arguments of GCC
    #[arg(trailing_var_arg = true, allow_hyphen_values = true, required = true, value_name = "GCC ARGUMENTS")]
    pub gcc: Vec<OsString>,
}
