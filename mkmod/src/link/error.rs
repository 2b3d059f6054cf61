//! Why a link failed.

use std::path::PathBuf;

use super::diagnostic::{self, Diagnostic};
use crate::budget::BudgetError;
use crate::elf::ElfError;
use crate::manifest::ManifestError;
use crate::module::ModuleError;
use crate::stack::{InterruptRefusal, Refusal, StackError};
use crate::symbols::KernelError;

/// Why a link failed.
#[derive(Debug, thiserror::Error)]
pub enum LinkError {
    /// The command line is not that of a linker.
    #[error("no output file is named; mkmod-ld is called by rustc, as `linker = \"mkmod-ld\"`")]
    NoOutput,
    /// A file can't be read.
    #[error("can't read {}: {source}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// A file can't be written.
    #[error("can't write {}: {source}", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// There is no lld.
    #[error(
        "no lld is found in $MKMOD_LLD, the sysroot of rustc, rustup's toolchains or the PATH; \
         install the package `lld`, or a toolchain with `rustup toolchain install stable`"
    )]
    NoLld,
    /// The lld that was found does not start.
    #[error("can't start {}: {source}", program.display())]
    StartLld {
        /// The lld.
        program: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// lld has reported errors, in its own words.
    #[error("{messages}")]
    Lld {
        /// lld's exit code.
        code: i32,
        /// What it wrote.
        messages: String,
    },
    /// What lld wrote, or an object in it, is not what we expect.
    #[error("{what} can't be understood: {source}")]
    Malformed {
        /// The file, or the part of it.
        what: String,
        /// The parser's reason.
        source: ElfError,
    },
    /// The thunks can't be written.
    #[error("can't make the import thunks: {0}")]
    Thunks(#[from] object::write::Error),
    /// The code is for a processor that is not supported.
    #[error(
        "code for an unknown processor (Tag_CPU_arch {arch}, profile {profile}); \
         a module is built for a target such as thumbv7m-none-eabi: see `mkmod build --target`"
    )]
    UnknownTarget {
        /// `Tag_CPU_arch`.
        arch: u64,
        /// `Tag_CPU_arch_profile`.
        profile: u64,
    },
    /// The code is for a kind of RISC-V that is not supported.
    #[error(
        "code for an unknown RISC-V (e_flags {flags:#x}); a module is built for riscv32imac-unknown-none-elf or \
         riscv64imac-unknown-none-elf: \
         see `mkmod build --target`"
    )]
    UnknownRiscv {
        /// `e_flags` of the objects.
        flags: u32,
    },
    /// The note of the program is cut or malformed.
    #[error("`.rtt_mod.note` is malformed; build the program with the same version of rtt-mod as mkmod")]
    Note,
    /// The program can't be a module.
    #[error("{}", diagnostic::list(.0))]
    Refused(Vec<Diagnostic>),
    /// The package's settings for mkmod can't be used.
    #[error(transparent)]
    Manifest(#[from] ManifestError),
    /// The module is past a budget of its package.
    #[error(transparent)]
    Budget(#[from] BudgetError),
    /// The stack is too small.
    #[error(transparent)]
    Stack(#[from] Box<Refusal>),
    /// A closure takes too much of the stack of interrupts.
    #[error(transparent)]
    InterruptStack(#[from] Box<InterruptRefusal>),
    /// How much stack the program needs can't be told.
    #[error(transparent)]
    StackUnknown(#[from] StackError),
    /// The kernel that the package names can't be used.
    #[error("{source} (`package.metadata.mkmod.kernel` in {})", manifest.display())]
    Kernel {
        /// The `Cargo.toml`.
        manifest: PathBuf,
        /// What is wrong with the kernel.
        source: Box<KernelError>,
    },
    /// The module can't be read back.
    #[error(transparent)]
    Module(#[from] ModuleError),
    /// The module does not load on the kernel that the package is made for: the report.
    #[error("{0}")]
    Check(String),
    /// The program is for another kind of processor.
    #[error("the program is for {0}; modules are built for little-endian ARM and RISC-V: see `mkmod build --target`")]
    Machine(String),
}

impl LinkError {
    /// The exit code that tells it: lld's own where lld failed.
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::Lld { code, .. } => u8::try_from(*code).unwrap_or(1),
            _ => 1,
        }
    }
}
