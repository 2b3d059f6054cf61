//! `mkmod cc` and `mkmod c++`: GCC with the flags for a kernel's processor, and with `mkmod-ld` as its linker.
//!
//! 1. **Whatever GCC takes, this takes.** The arguments are GCC's own. So it stands in a Makefile, or in CMake, where the
//!    compiler stands.
//! 2. **It adds what a module needs**: position-independent code, no start files, the header of the module ABI.
//! 3. **What of the C library a program calls, and the kernel does not export, is linked in** ([`Shim`]): over the module ABI,
//!    so that it is given back when the module ends.

mod arguments;
mod error;
mod flags;
mod shim;

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

pub use arguments::Call;
pub use error::CompileError;
pub use shim::Shim;

use crate::symbols::{Processor, Profile};

/// A language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// C, and assembly.
    C,
    /// C++.
    Cxx,
}

/// A compiler for modules.
#[derive(Clone, Debug)]
pub struct Compiler {
    /// The language.
    pub language: Language,
    /// The processor that the modules run on.
    pub processor: Processor,
    /// What the kernel exports, as far as it is known.
    pub exports: BTreeSet<String>,
    /// What GCC's programs begin with, such as `arm-none-eabi-`. `None`: as usual for the processor.
    pub prefix: Option<String>,
}

/// What was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// GCC has failed with this exit code, and has said why.
    Failed(u8),
    /// What GCC makes without its linker.
    Compiled,
    /// A module.
    Linked(PathBuf),
}

impl Compiler {
    /// Calls GCC with `arguments`.
    ///
    /// # Errors
    /// When GCC can't be started, or there is no room for temporary files.
    pub fn run(&self, arguments: Vec<OsString>) -> Result<Outcome, CompileError> {
        let call = Call::new(arguments);
        let scratch = tempfile::tempdir().map_err(CompileError::Scratch)?;
        let headers = Headers::write(scratch.path())?;
        let mut gcc = self.gcc(self.language, &headers)?;
        if call.links() {
            gcc.arg("-nostdlib").arg("-B").arg(linker_folder(scratch.path())?);
        }
        gcc.args(&call.arguments);
        if call.links() {
            gcc.args(self.shim(&headers, scratch.path())?).arg("-lgcc");
        }
        let status = gcc.status().map_err(|source| self.not_started(self.language, source))?;
        Ok(match status.code() {
            Some(0) if call.links() => Outcome::Linked(call.module()),
            Some(0) => Outcome::Compiled,
            code => Outcome::Failed(code.and_then(|code| u8::try_from(code).ok()).unwrap_or(1)),
        })
    }

    /// GCC with what all calls have in common.
    fn gcc(&self, language: Language, headers: &Headers) -> Result<Command, CompileError> {
        let mut gcc = Command::new(self.program(language));
        gcc.args(flags::processor(self.processor)?).args(flags::COMMON);
        if language == Language::Cxx {
            gcc.args(flags::CXX);
        }
        gcc.arg("-isystem").arg(&headers.abi).arg("-idirafter").arg(&headers.libc);
        Ok(gcc)
    }

    /// Compiles what stands in for the C library, and returns what the linker takes it by.
    fn shim(&self, headers: &Headers, scratch: &Path) -> Result<Vec<OsString>, CompileError> {
        let shim = Shim::write(&scratch.join("shim")).map_err(CompileError::Scratch)?;
        let mut gcc = self.gcc(Language::C, headers)?;
        gcc.current_dir(&shim.folder).args(Shim::FLAGS).args(shim.definitions(&self.exports)).args(&shim.sources);
        let output = gcc.output().map_err(|source| self.not_started(Language::C, source))?;
        if !output.status.success() {
            return Err(CompileError::Shim(String::from_utf8_lossy(&output.stderr).into_owned()));
        }
        Ok(shim.linker_arguments())
    }

    fn program(&self, language: Language) -> String {
        let usual = match self.processor.profile {
            Profile::Riscv => "riscv64-unknown-elf-",
            _ => "arm-none-eabi-",
        };
        let name = match language {
            Language::C => "gcc",
            Language::Cxx => "g++",
        };
        format!("{}{name}", self.prefix.as_deref().unwrap_or(usual))
    }

    fn not_started(&self, language: Language, source: std::io::Error) -> CompileError {
        CompileError::Start { program: self.program(language), source }
    }
}

/// The folders of headers that every call gets.
struct Headers {
    /// That of the module ABI.
    abi: PathBuf,
    /// Those of the C library, for a compiler that has none.
    libc: PathBuf,
}

impl Headers {
    fn write(scratch: &Path) -> Result<Self, CompileError> {
        let headers = Self { abi: scratch.join("include"), libc: scratch.join("libc") };
        shim::write_all(&headers.abi, shim::ABI).map_err(CompileError::Scratch)?;
        shim::write_all(&headers.libc, shim::LIBC).map_err(CompileError::Scratch)?;
        Ok(headers)
    }
}

/// A folder in which GCC finds `mkmod-ld` by the name of its own linker.
fn linker_folder(scratch: &Path) -> Result<PathBuf, CompileError> {
    let name = format!("mkmod-ld{}", env::consts::EXE_SUFFIX);
    let linker = env::current_exe().map_err(CompileError::Scratch)?.with_file_name(name);
    if !linker.is_file() {
        return Err(CompileError::NoLinker(linker));
    }
    let folder = scratch.join("bin");
    let found_as = folder.join(format!("ld{}", env::consts::EXE_SUFFIX));
    fs::create_dir_all(&folder).map_err(CompileError::Scratch)?;
    fs::hard_link(&linker, &found_as)
        .or_else(|_| fs::copy(&linker, &found_as).map(drop))
        .map_err(CompileError::Scratch)?;
    Ok(folder)
}
