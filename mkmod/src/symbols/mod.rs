//! What a kernel exports, which loader it has, and what it is compiled for.
//!
//! A kernel can be given as its ELF file, as the text that `mkmod symbols` makes of it, or as a capture of the console
//! after `list_symbols`. All three contain the same exports. The capture contains nothing else.

mod diff;
pub(crate) mod dwarf;
mod elf;
mod loader;
mod processor;
mod prototypes;
mod text;

use crate::elf::ElfError;
use crate::prototype::Prototype;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

pub use diff::{Changed, Difference};
pub use loader::Loader;
pub use processor::{Architecture, FloatAbi, Processor, Profile};

/// What a check of a module needs to know about a kernel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kernel {
    /// Its name in messages: that of its file.
    pub name: String,
    /// The address of every symbol that it exports (`RTM_EXPORT`).
    pub exports: BTreeMap<String, u64>,
    /// The parameters and results of the exported functions, where the debug information describes them.
    pub prototypes: BTreeMap<String, Declaration>,
    /// The loader. Where the kernel does not say it, the exports decide: with the module ABI it is kernel-glue's.
    pub loader: Loader,
    /// The processor that it is compiled for, if known.
    pub processor: Option<Processor>,
    /// `RT_NAME_MAX`, if known.
    pub name_max: Option<u32>,
    /// `RT_ALIGN_SIZE`, the alignment of `rt_malloc` in bytes, if known.
    pub align_size: Option<u32>,
    /// `RT_THREAD_PRIORITY_MAX`, if known.
    pub priority_max: Option<u32>,
}

/// The declaration of a function of the kernel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Declaration {
    /// The sizes of its parameters and of its result.
    pub prototype: Prototype,
    /// File and line, such as `include/rtthread.h:145`.
    pub source: Option<String>,
}

/// Why the exports of a kernel can't be read from a file.
#[derive(Debug, thiserror::Error)]
pub enum KernelError {
    /// The file can't be read.
    #[error("can't read the kernel {}: {source}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// The file is an ELF file, but damaged.
    #[error("the kernel {name} is a damaged ELF file: {source}")]
    Damaged {
        /// The kernel.
        name: String,
        /// What the parser says.
        source: ElfError,
    },
    /// The ELF file is no kernel that RT-Thread's modules run on.
    #[error("the kernel {name} is made for {machine}; modules run on 32-bit ARM and on RISC-V, little-endian")]
    Machine {
        /// The kernel.
        name: String,
        /// What it is made for.
        machine: String,
    },
    /// The ELF file has no export table.
    #[error(
        "the kernel {name} has no export table (RTMSymTab): build it with RT_USING_MODULE, \
         and give the ELF file with its symbols, before `strip` and `objcopy`"
    )]
    NoTable {
        /// The kernel.
        name: String,
    },
    /// The export table points at nothing.
    #[error("the export table of the kernel {name} is damaged: entry {index} has no name")]
    NoName {
        /// The kernel.
        name: String,
        /// The entry, from 0.
        index: usize,
    },
    /// The file is no ELF file, and has no line of `list_symbols` in it.
    #[error(
        "{name} is no kernel: neither an ELF file, nor a text with lines as `list_symbols` prints them \
         (`rt_kprintf => 0x00001234`)"
    )]
    NotAKernel {
        /// The file.
        name: String,
    },
    /// A line of the head of a text can't be understood.
    #[error("{name}, line {line}: `{text}` is not understood; make the file again with `mkmod symbols`")]
    Head {
        /// The file.
        name: String,
        /// The line, from 1.
        line: usize,
        /// What is there.
        text: String,
    },
}

impl Kernel {
    /// Reads a kernel from an ELF file or a text.
    ///
    /// # Errors
    /// When the file can't be read, or does not tell what a kernel exports.
    pub fn open(path: &Path) -> Result<Self, KernelError> {
        let bytes = fs::read(path).map_err(|source| KernelError::Read { path: path.into(), source })?;
        let name = path.file_name().unwrap_or(path.as_os_str());
        Self::parse(&name.to_string_lossy(), &bytes)
    }

    /// Reads a kernel from the bytes of an ELF file or of a text. `name` is what messages call it.
    ///
    /// # Errors
    /// When the bytes do not tell what a kernel exports.
    pub fn parse(name: &str, bytes: &[u8]) -> Result<Self, KernelError> {
        if bytes.starts_with(b"\x7fELF") { elf::parse(name, bytes) } else { text::parse(name, bytes) }
    }

    /// The text of this kernel, which [`Kernel::parse`] reads.
    pub fn to_text(&self) -> String {
        text::write(self)
    }

    /// The highest version of the module ABI that the kernel has.
    pub fn abi_major(&self) -> Option<u16> {
        abi_major(&self.exports)
    }
}

fn abi_major(exports: &BTreeMap<String, u64>) -> Option<u16> {
    let versions = exports.keys().filter_map(|name| name.strip_prefix("rtt_mod_abi_")?.parse().ok());
    versions.max()
}
