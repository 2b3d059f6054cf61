//! Why GDB is not started.

use std::path::PathBuf;

use crate::elf::FileError;

/// Why GDB is not started.
#[derive(Debug, thiserror::Error)]
pub enum GdbError {
    /// There is no GDB.
    #[error("there is no gdb-multiarch, arm-none-eabi-gdb or the like on the PATH; install one, or name it with --gdb")]
    NoGdb,
    /// The program can't be read, or is no ELF file.
    #[error(transparent)]
    File(#[from] FileError),
    /// The program has no function to stop at.
    #[error("{} has no `main`: it is not the program of a module", .0.display())]
    NoMain(PathBuf),
    /// No program of the module's build is there.
    #[error(
        "no program in target has build {build:016x}, which `{name}` on the board has; build it again and send it, \
         or name its ELF file with --elf"
    )]
    NoProgram {
        /// The name of the module.
        name: String,
        /// Its build.
        build: u64,
    },
}
