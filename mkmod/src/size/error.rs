//! Why a module can't be measured.

use std::path::PathBuf;

use crate::elf::ElfError;
use crate::module::ModuleError;

/// Why a module can't be measured.
#[derive(Debug, thiserror::Error)]
pub enum SizeError {
    /// The module can't be read.
    #[error(transparent)]
    Module(#[from] ModuleError),
    /// The module has no note.
    #[error("{module} has no note, so its ELF file can't be identified; link it with mkmod-ld")]
    NoNote {
        /// The module.
        module: String,
    },
    /// The ELF file can't be read.
    #[error(
        "can't read {}, the ELF file with the symbols of {module}: {source}; build it again, or copy it there",
        program.display()
    )]
    NoProgram {
        /// The path of the ELF file.
        program: PathBuf,
        /// The module.
        module: String,
        /// The error of the system.
        source: std::io::Error,
    },
    /// The ELF file is malformed.
    #[error("{program} is not an ELF file: {source}; build it again")]
    Malformed {
        /// The ELF file.
        program: String,
        /// The error of the parser.
        source: ElfError,
    },
    /// The ELF file is from another build than the module.
    #[error(
        "{program} and {module} are from different builds: their build ids are {of_program} and {of_module}; \
         build again, or copy both files of one build"
    )]
    OtherBuild {
        /// The ELF file.
        program: String,
        /// The module.
        module: String,
        /// The build id of the ELF file.
        of_program: String,
        /// The build id in the module's note.
        of_module: String,
    },
    /// The ELF file has no symbols.
    #[error("{program} has no symbols; build it without `strip` in the profile")]
    Stripped {
        /// The ELF file.
        program: String,
    },
}
