//! What each thread and callback of a module needs, with the way that needs the most.

use std::collections::BTreeSet;
use std::path::Path;

use serde::Serialize;

use super::Input;
use super::decode::Code;
use super::entry::{self, Start};
use super::error::StackError;
use super::graph::Graph;
use super::guard::Frames;
use super::kernel::{self, Figures, Floats};
use super::kind::Kind;
use super::need::{Open, Panics, Search, Stack, Step};
use super::program::Program;
use crate::elf::ElfFile;
use crate::elf::flags::{EF_ARM_ABI_FLOAT_HARD, EF_RISCV_FLOAT_ABI};
use crate::machine::Machine;
use crate::size::Source;

/// What each thread and callback of a module needs. As JSON, its fields are those of `mkmod stack --json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Report {
    /// The name of the module's file.
    pub file: String,
    /// The stack that the module asks for, for its main thread or its `init`, and for each shell command.
    pub stack_bytes: Option<u32>,
    /// The smallest stack that a thread can have on this processor.
    pub smallest_stack: u32,
    /// What the worker's stack has for a timer's closure, in its usual size.
    #[serde(skip)]
    pub worker_stack: u64,
    /// What is allowed of the stack of interrupts, if the package does not say.
    #[serde(skip)]
    pub interrupt_stack: u64,
    /// The largest frame of a single function, in bytes.
    pub largest_frame: u64,
    /// Which of them may lie past the end of a stack.
    #[serde(skip)]
    pub frames: Frames,
    /// Where the module has what it asks of the kernel: its `struct rttm_app`.
    #[serde(skip)]
    pub app: Option<u64>,
    /// What is called from outside: `main` first.
    pub entries: Vec<Entry>,
}

/// A function that is called from outside, and what it needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// What calls it.
    pub kind: EntryKind,
    /// What it is called.
    pub name: String,
    /// The file and line of the application's that it begins at.
    pub line: Option<String>,
    /// What it needs if it does not panic.
    pub without_panics: Way,
    /// What it needs in any case.
    pub with_panics: Way,
    /// What it needs if it does not panic, as far as measured figures tell: no estimates are in it.
    #[serde(skip)]
    pub least: Way,
    /// What it needs of the stack of interrupts in any case, if it is called there.
    #[serde(skip)]
    pub in_interrupt: Option<Way>,
}

/// What calls a function from outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum EntryKind {
    /// The main thread of the module.
    Main,
    /// The thread that a resident module begins with.
    Init,
    /// The main thread, before `main`; of a library, the thread that opens it.
    Constructor,
    /// The main thread, after `main`; of a library, the thread that closes it.
    Destructor,
    /// Another module.
    Export,
    /// The loader.
    Loader,
    /// The kernel, for what `rtt-mod` has given it.
    #[serde(untagged)]
    Kernel(Kind),
}

/// A need, and where it comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Way {
    /// How much.
    #[serde(flatten)]
    pub need: Need,
    /// What is on the stack then, from the caller's end.
    pub frames: Vec<Frame>,
    /// Whether safe code alone may go on until any stack is used up.
    #[serde(skip)]
    pub is_endless: bool,
}

/// How much stack is needed, in bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "need", rename_all = "kebab-case")]
pub enum Need {
    /// Never more than that.
    Proven {
        /// How much.
        bytes: u64,
    },
    /// That and perhaps more.
    AtLeast {
        /// How much.
        bytes: u64,
        /// What stopped the proof.
        reason: String,
    },
}

impl Need {
    /// How much, proven or not.
    pub fn bytes(&self) -> u64 {
        match self {
            Self::Proven { bytes } | Self::AtLeast { bytes, .. } => *bytes,
        }
    }

    /// How much, if that is proven.
    pub fn proven(&self) -> Option<u64> {
        match self {
            Self::Proven { bytes } => Some(*bytes),
            Self::AtLeast { .. } => None,
        }
    }
}

/// What is on a stack.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Frame {
    /// Whose it is.
    pub name: String,
    /// Its size in bytes.
    pub bytes: u64,
}

impl Report {
    /// Measures a module. Source files are told from `root` on.
    ///
    /// # Errors
    /// When the program can't be read.
    pub fn of(input: Input<'_>, root: Option<&Path>) -> Result<Self, StackError> {
        let malformed = |source| StackError::Malformed { module: input.name.to_owned(), source };
        let file = ElfFile::parse(input.program).map_err(malformed)?;
        let program = Program::read(&file, input.imports).map_err(malformed)?;
        let source = Source::new(&file, root);
        let graph = Graph::of(&program, &source);
        let floats = floats(&file);
        let starts = entry::all(&file, &program, &graph, &source);
        let measure = Measure { program: &program, graph: &graph, floats };
        Ok(Self {
            file: input.name.to_owned(),
            stack_bytes: input.stack_bytes,
            smallest_stack: measure.smallest_stack(&starts),
            worker_stack: measure.of_processor(&starts, kernel::worker_stack),
            interrupt_stack: measure.of_processor(&starts, kernel::interrupt_stack),
            largest_frame: graph.nodes.values().map(|node| node.frame).max().unwrap_or_default(),
            frames: measure.frames(&starts),
            app: graph.app,
            entries: starts.into_iter().map(|start| measure.entry(start)).collect(),
        })
    }

    /// Whether nothing that runs on a stack of the size that the module asks for can need more than `stack_bytes`.
    pub fn is_proven_in(&self, stack_bytes: u32) -> bool {
        let most = |entry: &Entry| entry.with_panics.need.proven();
        self.on_its_stack().all(|entry| most(entry).is_some_and(|bytes| bytes <= stack_bytes.into()))
    }

    /// Whether all closures of soft timers are proven to need no more than the worker's stack, in its usual size.
    pub fn timers_fit_worker(&self) -> bool {
        let timers = self.entries.iter().filter(|entry| entry.kind == EntryKind::Kernel(Kind::Timer));
        let mut most = timers.map(|entry| entry.with_panics.need.proven());
        most.all(|most| most.is_some_and(|bytes| bytes <= self.worker_stack))
    }

    /// What runs on a stack of the size that the module asks for.
    pub fn on_its_stack(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter().filter(|entry| entry.kind.is_on_its_stack())
    }
}

/// What the header says of where floats are passed.
fn floats(file: &ElfFile<'_>) -> Floats {
    let mask = match Machine::of(file) {
        Some(Machine::Arm) => EF_ARM_ABI_FLOAT_HARD,
        _ => EF_RISCV_FLOAT_ABI,
    };
    if file.flags() & mask == 0 { Floats::InSoftware } else { Floats::InRegisters }
}

struct Measure<'a> {
    program: &'a Program,
    graph: &'a Graph,
    floats: Floats,
}

impl Measure<'_> {
    fn smallest_stack(&self, starts: &[Start]) -> u32 {
        let code = starts.first().map(|start| self.program.code_at(start.function));
        let bytes = code.map_or(0, |code| kernel::smallest_stack(code, self.floats));
        u32::try_from(bytes).unwrap_or(u32::MAX)
    }

    fn of_processor(&self, starts: &[Start], figure: fn(Code) -> u64) -> u64 {
        starts.first().map_or(0, |start| figure(self.program.code_at(start.function)))
    }

    fn frames(&self, starts: &[Start]) -> Frames {
        let on_its_stack = starts.iter().filter(|start| start.kind.is_on_its_stack());
        let on_its_stack: BTreeSet<u64> = on_its_stack.map(|start| start.function).collect();
        // Whoever has a pointer may call the function where he likes.
        let pointed = self.program.pointers.iter().map(|pointer| pointer.function);
        let taken = self.program.taken.values().chain(self.program.kinds.values()).flatten().copied();
        let elsewhere = starts.iter().map(|start| start.function).chain(pointed).chain(taken);
        let elsewhere: BTreeSet<u64> = elsewhere.filter(|function| !on_its_stack.contains(function)).collect();
        let code = starts.first().map(|start| self.program.code_at(start.function));
        let above = code.map_or(0, |code| kernel::above_entry(code, Figures::All));
        Frames::of(self.graph, &on_its_stack, &elsewhere, above)
    }

    fn entry(&self, start: Start) -> Entry {
        let without_panics = self.way(&start, Panics::Ignored, Figures::All, Stack::Thread);
        let with_panics = self.way(&start, Panics::Counted, Figures::All, Stack::Thread);
        let least = self.way(&start, Panics::Ignored, Figures::Measured, Stack::Thread);
        let in_interrupt = || self.way(&start, Panics::Counted, Figures::All, Stack::Interrupt);
        let in_interrupt = start.kind.is_in_interrupt().then(in_interrupt);
        Entry { kind: start.kind, name: start.name, line: start.line, without_panics, with_panics, least, in_interrupt }
    }

    fn way(&self, start: &Start, panics: Panics, figures: Figures, stack: Stack) -> Way {
        let code = self.program.code_at(start.function);
        let mut search = Search::new(self.program, self.graph, code, panics, figures).on(stack);
        let found = search.from(start.function);
        let mut frames = Vec::new();
        if start.kind.is_thread() {
            frames.push(Frame { name: "the kernel, above it".into(), bytes: kernel::above_entry(code, figures) });
        }
        let mut next = Some(&found);
        while let Some(way) = next {
            frames.push(Frame { name: self.name(&way.step), bytes: way.depth });
            next = way.next.as_ref();
        }
        frames.push(Frame {
            name: "an exception and a switch of threads".into(),
            bytes: kernel::around_call(code, self.floats),
        });
        let bytes = frames.iter().fold(0u64, |sum, frame| sum.saturating_add(frame.bytes));
        let need = match &found.open {
            None => Need::Proven { bytes },
            Some(open) => Need::AtLeast { bytes, reason: self.reason(open) },
        };
        Way { need, frames, is_endless: found.open.as_ref().is_some_and(Open::is_endless) }
    }

    fn name(&self, step: &Step) -> String {
        match step {
            Step::Function(function) => self.function(*function),
            Step::Kernel(name) => format!("{name} (kernel)"),
            Step::Unknown => "what is not known".to_owned(),
        }
    }

    fn function(&self, function: u64) -> String {
        match self.graph.nodes.get(&function) {
            Some(node) => node.name.clone(),
            None => format!("the code at {function:#x}"),
        }
    }

    fn reason(&self, open: &Open) -> String {
        match open {
            Open::Nesting(ring) | Open::Recursion(ring) => {
                let names: Vec<String> = ring.iter().map(|function| self.function(*function)).collect();
                match &names[..] {
                    [one] => format!("{one} calls itself"),
                    names => format!("recursion: {} → {}", names.join(" → "), names[0]),
                }
            }
            Open::UnknownCall(function) => {
                format!("{} calls a function that is not known before it runs", self.function(*function))
            }
            Open::Foreign(name) => format!("what {name} needs is not known: it is not of the module ABI"),
            Open::Dynamic(function) => {
                format!("{} has variables of a size that it calculates", self.function(*function))
            }
            Open::TooMany => "there are too many ways through the program, or they are too long".to_owned(),
        }
    }
}

impl EntryKind {
    /// Whether it is called on the stack of interrupts, or may be.
    pub fn is_in_interrupt(self) -> bool {
        matches!(self, Self::Kernel(kind) if kind.is_in_interrupt())
    }

    /// Whether it has a stack of its own, that the kernel's frames are on already.
    pub fn is_thread(self) -> bool {
        self.is_on_its_stack() || self == Self::Kernel(Kind::Thread)
    }

    /// Whether that is of the size that the module asks for.
    pub fn is_on_its_stack(self) -> bool {
        matches!(self, Self::Main | Self::Init | Self::Constructor | Self::Destructor | Self::Kernel(Kind::Command))
    }
}

/// The size of each function's own part of the stack, by its symbol.
///
/// # Errors
/// When the program can't be read.
pub fn frames(input: Input<'_>) -> Result<Vec<(String, u64)>, StackError> {
    let malformed = |source| StackError::Malformed { module: input.name.to_owned(), source };
    let file = ElfFile::parse(input.program).map_err(malformed)?;
    let program = Program::read(&file, input.imports).map_err(malformed)?;
    let graph = Graph::of(&program, &Source::new(&file, None));
    let of = |(start, node): (&u64, &super::graph::Node)| (program.functions[start].name.clone(), node.frame);
    Ok(graph.nodes.iter().map(of).collect())
}
