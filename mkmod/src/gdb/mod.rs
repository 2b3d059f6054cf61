//! `mkmod gdb`: GDB on a module that is loaded, with the symbols at its place in memory.
//!
//! A program is loaded, but starts only when GDB lets the processor run, so that breakpoints are set before `main`.

mod error;

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

pub use error::GdbError;

use crate::board::Image;
use crate::elf::{self, ElfFile, Symbol};
use crate::escape::escaped_lines;

/// GDBs that know the processors, the most general one first.
const GDBS: &[&str] = &["gdb-multiarch", "arm-none-eabi-gdb", "riscv64-unknown-elf-gdb", "riscv-none-elf-gdb", "gdb"];

/// The function that a breakpoint is set at.
const MAIN: &str = "main";

/// What GDB is started with.
#[derive(Debug, Clone)]
pub struct Debugging {
    /// The program of the module.
    pub elf: PathBuf,
    /// Where it is.
    pub image: Image,
    /// The stub of QEMU, OpenOCD or probe-rs: `HOST:PORT`.
    pub target: String,
    /// The ELF file of the kernel.
    pub kernel: Option<PathBuf>,
    /// A file that GDB writes when it has stopped the processor and set the breakpoint.
    pub ready: PathBuf,
}

impl Debugging {
    /// The arguments of GDB.
    ///
    /// # Errors
    /// When the ELF file can't be read or has no `main`.
    pub fn arguments(&self) -> Result<Vec<OsString>, GdbError> {
        let base = self.image.address;
        let mut arguments: Vec<OsString> = self.kernel.iter().map(Into::into).collect();
        let commands = [
            "set confirm off".to_owned(),
            format!("target remote {}", self.target),
            format!("add-symbol-file {} -o {base:#x}", quoted(&self.elf)),
            format!("break *{:#x}", base + main_of(&self.elf)?),
            format!("save breakpoints {}", self.ready.display()),
        ];
        for command in commands {
            arguments.extend(["-ex".into(), command.into()]);
        }
        Ok(arguments)
    }
}

/// GDB needs quotes around spaces, and a backslash before a backslash.
fn quoted(path: &Path) -> String {
    let path = escaped_lines(&path.display().to_string()).replace('\\', "\\\\").replace('"', "\\\"");
    format!("\"{path}\"")
}

/// The address of the first instruction of `main`. A resident module has its `module_init` instead.
fn main_of(path: &Path) -> Result<u64, GdbError> {
    let found = elf::read_file(path, |bytes| {
        let file = ElfFile::parse(bytes)?;
        let function = |name| file.symbol_by_name(name).filter(Symbol::is_function);
        Ok(function(MAIN).or_else(|| function("module_init")).map(|symbol| symbol.start()))
    })?;
    found.ok_or_else(|| GdbError::NoMain(path.to_owned()))
}

/// `named`, or the first GDB on the PATH that knows the processors.
///
/// # Errors
/// When there is none.
pub fn command(named: Option<&Path>) -> Result<Command, GdbError> {
    if let Some(named) = named {
        return Ok(Command::new(named));
    }
    let folders: Vec<_> =
        env::var_os("PATH").iter().flat_map(|path| env::split_paths(path).collect::<Vec<_>>()).collect();
    let file =
        |name: &&&str| folders.iter().any(|folder| folder.join(format!("{name}{}", env::consts::EXE_SUFFIX)).is_file());
    GDBS.iter().find(file).map(Command::new).ok_or(GdbError::NoGdb)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_quoted() {
        assert_eq!(quoted(Path::new("C:\\my target\\hello")), "\"C:\\\\my target\\\\hello\"");
    }
}
