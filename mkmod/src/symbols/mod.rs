//! What a kernel exports, and what it is made for.
//!
//! A kernel can be given as its ELF file, as the text that `mkmod symbols` makes of it, or as a capture of the console
//! after `list_symbols`. All three tell the same exports; the console does not tell the rest.

pub(crate) mod dwarf;
mod elf;
mod processor;
mod prototypes;
mod text;

use crate::prototype::Prototype;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

pub use processor::{Architecture, FloatAbi, Processor, Profile};

/// A kernel, as far as a module has to do with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kernel {
    /// What it is called in messages: the name of its file.
    pub name: String,
    /// The address of every symbol that it exports (`RTM_EXPORT`).
    pub exports: BTreeMap<String, u64>,
    /// What the exported functions take and return, as far as it says so.
    pub prototypes: BTreeMap<String, Declaration>,
    /// What it is compiled for, if it says so.
    pub processor: Option<Processor>,
    /// `RT_NAME_MAX`, if it says so.
    pub name_max: Option<u32>,
    /// `RT_ALIGN_SIZE`, what `rt_malloc` aligns to, if it says so.
    pub align_size: Option<u32>,
    /// `RT_THREAD_PRIORITY_MAX`, if it says so.
    pub priority_max: Option<u32>,
}

/// What a function of the kernel takes and returns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Declaration {
    /// The sizes of its arguments and its result.
    pub prototype: Prototype,
    /// File and line, such as `include/rtthread.h:145`.
    pub source: Option<String>,
}

/// Why a file does not tell what a kernel exports.
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
        source: object::read::Error,
    },
    /// The ELF file is no kernel that RT-Thread's modules run on.
    #[error("the kernel {name} is made for {machine}; modules run on 32-bit ARM and on RISC-V 64, little-endian")]
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
        let versions = self.exports.keys().filter_map(|name| name.strip_prefix("rtt_mod_abi_")?.parse().ok());
        versions.max()
    }
}
