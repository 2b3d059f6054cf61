//! What a check can find.

use crate::prototype::Prototype;
use std::fmt;

/// Something found: what, where it is used, and what mends it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What is wrong.
    pub cause: Cause,
    /// Who in the program is concerned, as far as the unstripped ELF tells.
    pub uses: Vec<Use>,
    /// What else helps to understand or to mend it, one line each.
    pub help: Vec<String>,
}

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The module does not load, or goes wrong after.
    Error,
    /// It works, but perhaps not as expected.
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
    /// A table, address or symbol is wrong.
    #[error("{0}")]
    Structure(loader::Problem),
    /// A section is wrong.
    #[error("{name} {fault}")]
    Section {
        /// Its name, or its index where it has none.
        name: String,
        /// What is wrong.
        fault: loader::TableFault,
    },
    /// A relocation is wrong.
    #[error("the relocation {kind} at {place:#x}{} {fault}", of(symbol.as_deref()))]
    Relocation {
        /// Its type.
        kind: String,
        /// Its place.
        place: u32,
        /// The symbol that it is for.
        symbol: Option<String>,
        /// What is wrong.
        fault: loader::RelocationFault,
    },
    /// RT-Thread's own loader goes wrong.
    #[error("RT-Thread's own loader goes wrong: {0}")]
    Stock(super::stock::Fault),
    /// The kernel does not have what the module needs.
    #[error("`{name}` is not exported by {kernel}")]
    Missing {
        /// The name that the module wants.
        name: String,
        /// The kernel.
        kernel: String,
    },
    /// The kernel's function is another one than the module was compiled for.
    #[error("{}", super::prototypes::difference(name, kernel, theirs, ours))]
    Prototype {
        /// The function.
        name: String,
        /// The kernel, and where the function is declared.
        kernel: String,
        /// What the kernel's takes and returns.
        theirs: Prototype,
        /// What the module passes and expects.
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
    /// The module is for another kind of core.
    #[error("made for {module}, but {kernel} is made for {runs}")]
    Architecture {
        /// What the module is made for.
        module: String,
        /// The kernel.
        kernel: String,
        /// What the kernel is made for.
        runs: String,
    },
    /// Floating-point numbers are passed in other registers.
    #[error("passes floating-point numbers in registers of the FPU (hard float), which {kernel} does not")]
    HardFloat {
        /// The kernel.
        kernel: String,
    },
    /// Floating-point numbers are passed in other registers.
    #[error("passes floating-point numbers in integer registers (soft float), but {kernel} is made for hard float")]
    SoftFloat {
        /// The kernel.
        kernel: String,
    },
    /// The kernel does not keep the registers of the FPU.
    #[error("has floating-point instructions, but {kernel} is compiled without, and does not keep their registers")]
    FloatUnit {
        /// The kernel.
        kernel: String,
    },
    /// ARM code for a core that has only Thumb.
    #[error("`{function}` is ARM code, but a Cortex-M runs only Thumb code")]
    ArmCode {
        /// The function.
        function: String,
    },
    /// The ELF flags are of another ABI.
    #[error("its ELF flags {flags:#010x} are not those of the ARM EABI, version 5")]
    Flags {
        /// `e_flags`.
        flags: u32,
    },
    /// The ELF flags contradict the note.
    #[error("its ELF flags {flags:#010x} say another float ABI than its target {target}")]
    FlagsContradict {
        /// `e_flags`.
        flags: u32,
        /// The target.
        target: String,
    },
    /// Nothing says what the kernel is made for.
    #[error("{kernel} does not say what processor it is made for: the instruction set was not checked")]
    UnknownKernel {
        /// The kernel.
        kernel: String,
    },
    /// Nothing says what the module is made for.
    #[error("neither a note nor .ARM.attributes say what it is made for: the instruction set was not checked")]
    UnknownModule,
    /// A function of the module has a name of the kernel's.
    #[error("exports `{name}`, which {kernel} exports too; other modules would still get the kernel's")]
    Shadow {
        /// The function.
        name: String,
        /// The kernel.
        kernel: String,
    },
    /// An import that stock dlmodule lists among the exports.
    #[error("imports `{name}` as a function symbol, which dlmodule takes for an export of the module")]
    ImportLooksExported {
        /// The import.
        name: String,
    },
    /// A base name that overwrites the kernel's memory.
    #[error(
        "`{stem}` has {} characters, and {kernel} has room for {name_max} with the end: \
         dlmodule writes past it, and the kernel asserts when the module ends", stem.len()
    )]
    NameOverflow {
        /// The file name without `.mo`.
        stem: String,
        /// The kernel.
        kernel: String,
        /// `RT_NAME_MAX`.
        name_max: u32,
    },
    /// A base name that is shown cut.
    #[error("`{stem}` has {} characters, and {kernel} shows the first {}", stem.len(), name_max - 1)]
    NameCut {
        /// The file name without `.mo`.
        stem: String,
        /// The kernel.
        kernel: String,
        /// `RT_NAME_MAX`.
        name_max: u32,
    },
    /// A stack that the kernel does not give.
    #[error("asks for a stack of {bytes} bytes; a module can have 512 to 32768")]
    Stack {
        /// What it asks for.
        bytes: u32,
    },
    /// A stack size that dlmodule does not look at.
    #[error("`dlmodule_thread_stacksize` has no effect: every version of dlmodule gives 2048 bytes")]
    StackSymbol,
    /// A priority that the kernel does not have.
    #[error("asks for priority {priority}; on {kernel}, a module can have 0 to {highest}")]
    Priority {
        /// What it asks for.
        priority: u8,
        /// The kernel.
        kernel: String,
        /// The last above the idle thread's.
        highest: u32,
    },
    /// Not enough memory to load it.
    #[error("needs {peak} bytes while it is loaded ({file} file + {image} image), and there are {ram}")]
    Memory {
        /// File and image.
        peak: u64,
        /// The file.
        file: u64,
        /// The image.
        image: u64,
        /// What there is.
        ram: u64,
    },
    /// More memory than any kernel has.
    #[error("its image has {bytes} bytes, and no kernel has room for more than {most}")]
    ImageSize {
        /// The image.
        bytes: u32,
        /// The most.
        most: u32,
    },
    /// An alignment that `rt_malloc` does not give.
    #[error("needs memory aligned to {needed} bytes; rt_malloc of {kernel} aligns to {given} at most")]
    Alignment {
        /// What it needs.
        needed: u32,
        /// The kernel.
        kernel: String,
        /// `RT_ALIGN_SIZE`.
        given: u32,
    },
    /// An alignment that `rt_malloc` gives at every other address only, to code that does not fault without.
    #[error(
        "has variables aligned to {needed} bytes, but {kernel} {}: they may lie at other addresses",
        given.map_or("does not say what rt_malloc aligns to".into(), |it| format!("aligns to {it} in rt_malloc"))
    )]
    AlignmentByChance {
        /// What it needs.
        needed: u32,
        /// The kernel.
        kernel: String,
        /// `RT_ALIGN_SIZE`, if the kernel says it.
        given: Option<u32>,
    },
    /// Memory between two segments.
    #[error("{bytes} bytes between two of its segments take memory for nothing, and dlmodule warns of them")]
    Gap {
        /// How many.
        bytes: u64,
    },
    /// There is no note.
    #[error(
        "it has no note (`{}`): {}",
        loader::note::SECTION,
        "nothing says what it was made for, or whether it is complete"
    )]
    NoNote,
    /// There was a note.
    #[error("its note is gone (`{}`), though it uses the module ABI", loader::note::SECTION)]
    NoteLost,
    /// The note is damaged.
    #[error("{0}")]
    NoteDamaged(loader::note::Error),
    /// The file is not as it was written.
    #[error("its checksum is {found:#010x}, but its note says {told:#010x}: the file was damaged or changed")]
    Checksum {
        /// Of the file.
        found: u32,
        /// In the note.
        told: u32,
    },
    /// The note tells another ABI than the code uses.
    #[error("its note says version {told} of the module ABI, but it imports {}", imported.map_or("none".into(), |it| format!("version {it}")))]
    NoteAbi {
        /// In the note.
        told: u16,
        /// What the marker says.
        imported: Option<u16>,
    },
    /// The note tells of a heap that can't be.
    #[error("its note says that its heap arena has {heap} bytes, but the image has only {image}")]
    NoteHeap {
        /// In the note.
        heap: u32,
        /// The image.
        image: u64,
    },
    /// A program that can't be run, or a note that is wrong.
    #[error("its note says that it is a program, but it has no entry")]
    NoteEntry,
    /// The note's name is not a name.
    #[error("its note is not complete: it has no {field}")]
    NoteField {
        /// What is missing.
        field: &'static str,
    },
    /// The unstripped ELF belongs to something else.
    #[error("the ELF file beside it is of another build: who calls what is not told")]
    OtherBuild,
}

fn of(symbol: Option<&str>) -> String {
    symbol.map(|symbol| format!(" for `{symbol}`")).unwrap_or_default()
}

impl Finding {
    /// Something found, without more words.
    pub fn new(cause: Cause) -> Self {
        Self { cause, uses: vec![], help: vec![] }
    }

    /// Adds what helps.
    #[must_use]
    pub fn help(mut self, line: impl Into<String>) -> Self {
        self.help.push(line.into());
        self
    }

    /// Adds who is concerned.
    #[must_use]
    pub fn used_by(mut self, uses: Vec<Use>) -> Self {
        self.uses.extend(uses);
        self
    }
}

impl Cause {
    /// How bad it is.
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
            | Self::OtherBuild => Severity::Warning,
            _ => Severity::Error,
        }
    }

    /// Whether the file ends before what its tables name.
    pub fn is_cut_short(&self) -> bool {
        matches!(
            self,
            Self::Section { fault: loader::TableFault::PastTheEnd { .. }, .. }
                | Self::Structure(
                    loader::Problem::Segment { fault: loader::SegmentFault::PastTheEnd { .. }, .. }
                        | loader::Problem::Read(loader::ReadError::PastTheEnd)
                )
        )
    }
}

impl fmt::Display for Use {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.function, &self.source) {
            (Some(function), Some(source)) => write!(out, "{source}, in {function}"),
            (Some(function), None) => write!(out, "in {function}"),
            (None, Some(source)) => out.write_str(source),
            (None, None) => out.write_str("in code without a name"),
        }
    }
}
