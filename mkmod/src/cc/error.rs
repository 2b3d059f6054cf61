//! Why nothing was compiled, beside what GCC says itself.

use crate::symbols::Processor;
use std::path::PathBuf;

/// An error.
#[derive(Debug, thiserror::Error)]
pub enum CompileError {
    /// The compiler is not there.
    #[error("can't start {program}: {source}; install it, or name another one by `--prefix`")]
    Start {
        /// The compiler.
        program: String,
        /// What the system says.
        source: std::io::Error,
    },
    /// There is no room for temporary files.
    #[error("can't write temporary files: {0}")]
    Scratch(std::io::Error),
    /// The linker is not where it was installed.
    #[error("{} is missing; install mkmod again", .0.display())]
    NoLinker(PathBuf),
    /// The kernel is for a processor that no flags are known for.
    #[error("no flags of GCC are known for {0}: modules in C run on Cortex-M, Cortex-A and RISC-V")]
    Processor(Processor),
    /// What stands in for the C library does not compile.
    #[error("the compiler refuses what stands in for the C library:\n{0}")]
    Shim(String),
}
