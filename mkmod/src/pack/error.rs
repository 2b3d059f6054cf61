//! Why a shared object can't be packed.

use crate::check::Finding;
use crate::link::diagnostic::{self, Diagnostic};
use crate::module::ModuleError;
use format::ReadError;

/// Why a shared object can't be packed.
#[derive(Debug, thiserror::Error)]
pub enum PackError {
    /// It is no shared object for ARM or RISC-V, or its tables can't be read.
    #[error(transparent)]
    Module(#[from] ModuleError),
    /// It is a module already.
    #[error("it is a module that mkmod has made: there is nothing left to cut")]
    Packed,
    /// The tables end too early.
    #[error("its tables are damaged: build it again, or copy it again")]
    Damaged,
    /// There is something in it that a module can't have.
    #[error("{}", list(.0))]
    Refused(Vec<Finding>),
    /// Nothing says what it is compiled for.
    #[error("it has no .ARM.attributes: nothing says what it is compiled for; do not strip the section")]
    NoAttributes,
    /// It is compiled for something that RT-Thread's modules are not.
    #[error("it is compiled for {0}, which no target of mkmod is")]
    Machine(String),
    /// Calls to the kernel would fault.
    #[error(
        "its procedure linkage table (.plt) is ARM code, as lld 14 writes it, but a Cortex-M runs only Thumb code; \
         link with arm-none-eabi-gcc, or with mkmod-ld"
    )]
    ArmPlt,
    /// There is something in it that a module can't have.
    #[error("{}", diagnostic::with_help(.0))]
    Wrong(Diagnostic),
    /// There is nothing in it but tables.
    #[error("it has no code and no data, only tables of the linker's")]
    Nothing,
    /// The image is larger than the memory of any target.
    #[error("its image has {0} bytes: link it at low addresses, without gaps between its segments")]
    Large(u64),
    /// It refers to what the module does not have in memory.
    #[error(
        "{address:#x} is not in code or variables{}; a module does not have the headers and tables of its file in memory",
        from(*place)
    )]
    Cut {
        /// What is referred to.
        address: u32,
        /// The address of the word that does.
        place: Option<u32>,
    },
}

fn list(findings: &[Finding]) -> String {
    let lines = findings.iter().map(|finding| {
        let help = finding.help.join("; ");
        format!("{}; {help}", finding.cause)
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn from(place: Option<u32>) -> String {
    place.map(|place| format!(", but the word at {place:#x} refers to it")).unwrap_or_default()
}

impl From<ReadError> for PackError {
    fn from(_: ReadError) -> Self {
        Self::Damaged
    }
}
