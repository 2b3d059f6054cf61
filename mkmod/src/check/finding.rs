//! The findings of a check: causes, places and help.

use super::memory::Peak;
use crate::prototype::Prototype;
use format::{Code, ReadError};
use std::fmt;

/// A finding: its cause, the places that it concerns, and help.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What is wrong.
    pub cause: Cause,
    /// The places in the program that it concerns, where the ELF file with symbols shows them.
    pub uses: Vec<Use>,
    /// How to mend it; each item is a line.
    pub help: Vec<String>,
}

/// The severity of a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The module does not load, or fails when it runs.
    Error,
    /// The module works, but perhaps not as expected.
    Warning,
}

/// A place in the program.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Use {
    /// The function, with its crate where it is Rust.
    pub function: Option<String>,
    /// File and line.
    pub source: Option<String>,
}

/// What can be wrong.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Cause {
    /// A part of the module is wrong, whatever the kernel.
    #[error("{0}")]
    Structure(format::Diagnostic<String>),
    /// RT-Thread's own dlmodule does not load it correctly.
    #[error("RT-Thread's {0}")]
    Dlmodule(super::dlmodule::Fault),
    /// The kernel does not export a function or variable that the module needs.
    #[error("`{name}` is not exported by {kernel}")]
    Missing {
        /// The name that the module imports.
        name: String,
        /// The kernel.
        kernel: String,
    },
    /// The kernel's function has other parameters or another result than the module was compiled for.
    #[error("{}", super::prototypes::difference(name, kernel, theirs, ours))]
    Prototype {
        /// The function.
        name: String,
        /// The kernel, and where the function is declared.
        kernel: String,
        /// The prototype in the kernel.
        theirs: Prototype,
        /// The prototype in the module.
        ours: Prototype,
    },
    /// The kernel does not have the module ABI.
    #[error("{kernel} does not have version {wanted} of the module ABI (`rtt_mod_abi_{wanted}`)")]
    Abi {
        /// The version that the module needs.
        wanted: u16,
        /// The kernel.
        kernel: String,
    },
    /// The kernel does not call the constructors of a module.
    #[error("the module has constructors or destructors, which {kernel} does not call")]
    Constructors {
        /// The kernel.
        kernel: String,
    },
    /// The module is compiled for another kind of core.
    #[error("the module is compiled for {module}, but {kernel} for {runs}")]
    Architecture {
        /// The processor of the module.
        module: String,
        /// The kernel.
        kernel: String,
        /// The processor of the kernel.
        runs: String,
    },
    /// The module passes floating-point numbers in registers of the FPU, and the kernel does not.
    #[error("the module is compiled for hard float, but {kernel} for soft float")]
    HardFloat {
        /// The kernel.
        kernel: String,
    },
    /// The kernel passes floating-point numbers in registers of the FPU, and the module does not.
    #[error("the module is compiled for soft float, but {kernel} for hard float")]
    SoftFloat {
        /// The kernel.
        kernel: String,
    },
    /// The kernel does not save the registers of the FPU.
    #[error("the module has floating-point instructions, but {kernel} does not save the registers of the FPU")]
    FloatUnit {
        /// The kernel.
        kernel: String,
    },
    /// Arm code for a core that has only Thumb.
    #[error("`{function}` is Arm code, but a Cortex-M runs only Thumb code")]
    ArmCode {
        /// The function.
        function: String,
    },
    /// The ELF flags are of another ABI.
    #[error("the ELF flags {flags:#010x} are not those of the Arm EABI, version 5")]
    Flags {
        /// `e_flags`.
        flags: u32,
    },
    /// The ELF flags contradict the note.
    #[error("the float ABI in the ELF flags {flags:#010x} is not that of the target {target}")]
    FlagsContradict {
        /// `e_flags`.
        flags: u32,
        /// The target.
        target: String,
    },
    /// The processor of the kernel is not known.
    #[error("the processor of {kernel} is not known, so the instruction set was not checked")]
    UnknownKernel {
        /// The kernel.
        kernel: String,
    },
    /// The processor of the module is not known.
    #[error("the module has neither a note nor .ARM.attributes, so the instruction set was not checked")]
    UnknownModule,
    /// An exported function of the module has the name of a function of the kernel.
    #[error("the module exports `{name}`, which {kernel} exports, too; other modules get the function of the kernel")]
    Shadow {
        /// The function.
        name: String,
        /// The kernel.
        kernel: String,
    },
    /// An import that dlmodule adds to the exports.
    #[error("the import `{name}` is a function symbol, which dlmodule adds to the exports of the module")]
    ImportLooksExported {
        /// The import.
        name: String,
    },
    /// A file name that is too long for dlmodule.
    #[error(
        "the name `{stem}` has {} characters, but RT_NAME_MAX of {kernel} is {name_max}: \
         dlmodule writes past the end, and the kernel asserts when the module ends", stem.len()
    )]
    NameOverflow {
        /// The file name without `.mo`.
        stem: String,
        /// The kernel.
        kernel: String,
        /// `RT_NAME_MAX`.
        name_max: u32,
    },
    /// A file name that is shown in part.
    #[error("the name `{stem}` has {} characters, and {kernel} shows only the first {}", stem.len(), name_max - 1)]
    NameCut {
        /// The file name without `.mo`.
        stem: String,
        /// The kernel.
        kernel: String,
        /// `RT_NAME_MAX`.
        name_max: u32,
    },
    /// A stack that the kernel does not give.
    #[error("the module asks for a stack of {bytes} bytes; it can have 512 to 32768")]
    Stack {
        /// The size in bytes.
        bytes: u32,
    },
    /// A stack size that dlmodule ignores.
    #[error("`dlmodule_thread_stacksize` has no effect: dlmodule always gives a stack of 2048 bytes")]
    StackSymbol,
    /// A priority that the kernel does not have.
    #[error("the module asks for priority {priority}; on {kernel} it can have 0 to {lowest}")]
    Priority {
        /// The priority.
        priority: u8,
        /// The kernel.
        kernel: String,
        /// The lowest priority above that of the idle thread.
        lowest: u32,
    },
    /// Not enough memory to load it.
    #[error(
        "to load and start it takes {} bytes of heap ({} image + {} {}), but {ram} are free",
        peak.bytes(), peak.image, peak.beside, peak.what
    )]
    Memory {
        /// The heap that it needs.
        peak: Peak,
        /// The free heap in bytes.
        ram: u64,
    },
    /// An alignment that `rt_malloc` does not give.
    #[error("the module needs memory aligned to {needed} bytes, but rt_malloc of {kernel} aligns to {given}")]
    Alignment {
        /// The alignment of the module in bytes.
        needed: u32,
        /// The kernel.
        kernel: String,
        /// `RT_ALIGN_SIZE`.
        given: u32,
    },
    /// An alignment that `rt_malloc` gives only by chance, for code that runs without it.
    #[error(
        "the module needs memory aligned to {needed} bytes, but {}",
        given.map_or(format!("RT_ALIGN_SIZE of {kernel} is not known"), |it| format!("rt_malloc of {kernel} aligns to {it}"))
    )]
    AlignmentByChance {
        /// The alignment of the module in bytes.
        needed: u32,
        /// The kernel.
        kernel: String,
        /// `RT_ALIGN_SIZE`, if known.
        given: Option<u32>,
    },
    /// Memory between two segments.
    #[error("a gap between two segments wastes {bytes} bytes of memory")]
    Gap {
        /// The size of the gap in bytes.
        bytes: u64,
    },
    /// There is no note.
    #[error("the module has no note (`{}`), so its target and its checksum were not checked", format::note::SECTION)]
    NoNote,
    /// The note names another version of the ABI than the code uses.
    #[error(
        "the note names version {told} of the module ABI, but the module imports {}",
        imported.map_or("none".into(), |it| format!("version {it}"))
    )]
    NoteAbi {
        /// The version in the note.
        told: u16,
        /// The version of the marker.
        imported: Option<u16>,
    },
    /// The note names a heap that does not fit into the image.
    #[error("the heap arena has {heap} bytes by its note, but the image has only {image}")]
    NoteHeap {
        /// The heap in the note, in bytes.
        heap: u32,
        /// The image in bytes.
        image: u64,
    },
    /// A program without an entry.
    #[error("the module is a program by its note, but has no entry")]
    NoteEntry,
    /// The texts of the note are damaged. No loader reads more of them than the target.
    #[error("{0}, so the stack, the heap and the priority that the module asks for were not checked")]
    NoteTexts(format::note::Error),
    /// The note lacks a text.
    #[error("the note is not complete: it has no {field}")]
    NoteField {
        /// What is missing.
        field: &'static str,
    },
    /// The ELF file with symbols belongs to another build.
    #[error("the ELF file beside the module is from another build, so callers are not shown")]
    OtherBuild,
}

impl Finding {
    /// A part of the module that is wrong, with its help.
    pub fn of_structure(diagnostic: format::Diagnostic<String>) -> Self {
        let help = diagnostic.help();
        Self::new(Cause::Structure(diagnostic)).help(help)
    }

    /// A finding without places and help.
    pub fn new(cause: Cause) -> Self {
        Self { cause, uses: vec![], help: vec![] }
    }

    /// Adds a line of help.
    #[must_use]
    pub fn help(mut self, line: impl Into<String>) -> Self {
        self.help.push(line.into());
        self
    }

    /// Adds places in the program.
    #[must_use]
    pub fn used_by(mut self, uses: Vec<Use>) -> Self {
        self.uses.extend(uses);
        self
    }
}

impl Cause {
    /// The severity of the cause.
    pub fn severity(&self) -> Severity {
        match self {
            Self::SoftFloat { .. }
            | Self::UnknownKernel { .. }
            | Self::UnknownModule
            | Self::ImportLooksExported { .. }
            | Self::NameCut { .. }
            | Self::AlignmentByChance { .. }
            | Self::Gap { .. }
            | Self::StackSymbol
            | Self::NoNote
            | Self::NoteTexts(_)
            | Self::OtherBuild => Severity::Warning,
            _ => Severity::Error,
        }
    }

    /// Whether the file ends before its tables do.
    pub fn is_cut_short(&self) -> bool {
        let Self::Structure(diagnostic) = self else { return false };
        let is_read = diagnostic.code == Code::Unreadable(ReadError::PastTheEnd);
        is_read || matches!(diagnostic.code, Code::PastTheEnd { .. })
    }
}

impl fmt::Display for Use {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.function, &self.source) {
            (Some(function), Some(source)) => write!(out, "{source}, in {function}"),
            (Some(function), None) => write!(out, "in {function}"),
            (None, Some(source)) => out.write_str(source),
            (None, None) => out.write_str("in code without symbols"),
        }
    }
}
