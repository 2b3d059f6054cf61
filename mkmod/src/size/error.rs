//! Why the sizes in a module can't be told.

use std::path::PathBuf;

use crate::module::ModuleError;

/// Why the sizes in a module can't be told.
#[derive(Debug, thiserror::Error)]
pub enum SizeError {
    /// The module can't be read.
    #[error(transparent)]
    Module(#[from] ModuleError),
    /// The module was not made by `mkmod-ld`, so nothing tells which program it is made from.
    #[error("{module} has no note, so nothing tells which program it is made from; only modules of mkmod-ld have one")]
    NoNote {
        /// The module.
        module: String,
    },
    /// The program with symbols is not there.
    #[error(
        "can't read {}, the program with the symbols of {module}: {source}; build it again, or put it there",
        program.display()
    )]
    NoProgram {
        /// Where it should be.
        program: PathBuf,
        /// The module.
        module: String,
        /// What the system says.
        source: std::io::Error,
    },
    /// The program with symbols can't be parsed.
    #[error("{program} is no ELF file: {source}; build it again")]
    Malformed {
        /// The program.
        program: String,
        /// The parser's reason.
        source: object::read::Error,
    },
    /// The program with symbols is not what the module was made from.
    #[error(
        "{program} is not what {module} was made from: its build id is {of_program}, the module's {of_module}; \
         build it again, or put the files of one build side by side"
    )]
    OtherBuild {
        /// The program.
        program: String,
        /// The module.
        module: String,
        /// The build id in the program.
        of_program: String,
        /// The build id in the module's note.
        of_module: String,
    },
    /// The program has no symbols.
    #[error("{program} has no symbols; build it again without `strip` in its profile")]
    Stripped {
        /// The program.
        program: String,
    },
}
