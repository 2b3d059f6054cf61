//! Why the need for stack can't be told.

use crate::elf::ElfError;
use crate::module::ModuleError;
use crate::size::SizeError;

/// Why the need for stack can't be told.
#[derive(Debug, thiserror::Error)]
pub enum StackError {
    /// The module can't be read.
    #[error(transparent)]
    Module(#[from] ModuleError),
    /// The program can't be read, or is not that of the module.
    #[error(transparent)]
    Program(#[from] SizeError),
    /// The program is damaged.
    #[error("{module}: its program can't be understood: {source}; build it again")]
    Malformed {
        /// The module.
        module: String,
        /// The parser's reason.
        source: ElfError,
    },
    /// The program has no relocations, by which calls through pointers are found.
    #[error("{module}: its program was not linked by mkmod-ld, or is stripped; build it with `mkmod build`")]
    NoRelocations {
        /// The module.
        module: String,
    },
}
