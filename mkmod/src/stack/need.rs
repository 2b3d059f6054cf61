//! The deepest way through the call graph.
//!
//! What a function needs depends on the way to it: on which formatters those have given that are still running, and on
//! whether the program panics already. A panic within the message of a panic ends the module at once.
//!
//! A formatter is used up when it is called: the value that it writes contains others, but not itself. Where a formatter
//! takes its own address, the search finds it again, and that is a recursion.

use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

use super::decode::Code;
use super::graph::{Callee, Graph, is_formatter};
use super::kernel::{self, Figures, Import};
use super::kind::Kind;
use super::program::Program;

/// So many states of the search are enough to give up.
const MAX_STATES: usize = 200_000;

/// So many functions are on the longest way.
const MAX_DEPTH: usize = 1000;

/// Whether a function is of `core::fmt`, or writes a type of `core` or `alloc` as a text: none of these contains itself.
fn is_text_of_core(function: &str) -> bool {
    const FORMATTING: [&str; 2] = ["core::fmt::", "<core::fmt::"];
    const TYPES: [&str; 3] = ["<core::", "<alloc::", "<&"];
    let is_of = |paths: &[&str]| paths.iter().any(|path| function.starts_with(path));
    is_of(&FORMATTING) || is_formatter(function) && is_of(&TYPES)
}

/// Whether ways that panic count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Panics {
    /// They do.
    Counted,
    /// They do not.
    Ignored,
}

/// The deepest way from a function on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Way {
    /// All bytes from here on.
    pub bytes: u64,
    /// What is here.
    pub step: Step,
    /// What is on the stack before the next one.
    pub depth: u64,
    /// The next one.
    pub next: Option<Rc<Way>>,
    /// Why it may be deeper.
    pub open: Option<Open>,
}

/// What is on a way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// A function of the module's.
    Function(u64),
    /// A function of the kernel's.
    Kernel(String),
    /// What is not known.
    Unknown,
}

/// Why a way may be deeper than what was found. Of several reasons, the greatest is kept.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Open {
    /// A function calls what is not known.
    UnknownCall(u64),
    /// A function calls one of the kernel's of which the need is not known.
    Foreign(String),
    /// A function has variables whose size it calculates.
    Dynamic(u64),
    /// What writes a text calls itself, as often as the values in the text are nested. Where that has no end, a type of the
    /// application's contains itself, and writes itself in a recursion of its own.
    Nesting(Vec<u64>),
    /// There are too many ways.
    TooMany,
    /// A function calls itself, through the others.
    Recursion(Vec<u64>),
}

impl Open {
    /// Whether safe code alone can go on so until the stack is used up.
    pub fn is_endless(&self) -> bool {
        matches!(self, Self::Recursion(_) | Self::TooMany)
    }
}

/// Whose stack a search is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stack {
    /// That of a thread.
    Thread,
    /// That of interrupts: nothing is released there, the worker does it later.
    Interrupt,
}

/// A search of the deepest ways.
pub struct Search<'a> {
    program: &'a Program,
    graph: &'a Graph,
    code: Code,
    panics: Panics,
    figures: Figures,
    stack: Stack,
    known: HashMap<State, Rc<Way>>,
    /// The way so far.
    running: Vec<State>,
}

/// Where the search is.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct State {
    function: u64,
    is_panicking: bool,
    /// The formatters that those have given that are still running.
    given: BTreeSet<u64>,
}

impl<'a> Search<'a> {
    /// Of a program, by its call graph.
    pub fn new(program: &'a Program, graph: &'a Graph, code: Code, panics: Panics, figures: Figures) -> Self {
        let (known, running) = (HashMap::new(), Vec::new());
        Self { program, graph, code, panics, figures, stack: Stack::Thread, known, running }
    }

    /// The same on another stack.
    pub fn on(self, stack: Stack) -> Self {
        Self { stack, ..self }
    }

    /// The deepest way from a function that the kernel calls.
    pub fn from(&mut self, function: u64) -> Rc<Way> {
        self.way(State { function, is_panicking: false, given: BTreeSet::new() })
    }

    fn way(&mut self, mut state: State) -> Rc<Way> {
        let Some(node) = self.graph.nodes.get(&state.function) else {
            return Rc::new(leaf(Step::Function(state.function), 0, Some(Open::UnknownCall(state.function))));
        };
        if node.formats {
            state.given.extend(&node.formatters);
        } else {
            // Whoever writes no text does not care.
            state.given.clear();
        }
        if let Some(known) = self.known.get(&state) {
            return Rc::clone(known);
        }
        if self.known.len() > MAX_STATES || self.running.len() > MAX_DEPTH {
            return Rc::new(leaf(Step::Function(state.function), node.frame, Some(Open::TooMany)));
        }
        if let Some(start) = self.running.iter().position(|running| *running == state) {
            let ring = self.running[start..].iter().map(|running| running.function).collect();
            return Rc::new(leaf(Step::Function(state.function), 0, Some(self.recursion(ring))));
        }
        self.running.push(state.clone());
        let dynamic = node.is_dynamic.then_some(Open::Dynamic(state.function));
        let mut deepest = leaf(Step::Function(state.function), node.frame, dynamic);
        for call in &node.calls {
            for way in self.callee(&state, &call.to) {
                deepest.open = deepest.open.max(way.open.clone());
                let bytes = call.depth.saturating_add(way.bytes);
                if bytes > deepest.bytes || bytes == deepest.bytes && deepest.next.is_none() {
                    deepest = Way { bytes, depth: call.depth, next: Some(way), ..deepest };
                }
            }
        }
        self.running.pop();
        let deepest = Rc::new(deepest);
        self.known.insert(state, Rc::clone(&deepest));
        deepest
    }

    fn recursion(&self, ring: Vec<u64>) -> Open {
        let is_of_text = |function: &u64| is_text_of_core(&self.graph.nodes[function].name);
        if ring.iter().all(is_of_text) { Open::Nesting(ring) } else { Open::Recursion(ring) }
    }

    fn callee(&mut self, state: &State, callee: &Callee) -> Vec<Rc<Way>> {
        match callee {
            Callee::Function(function) => self.function(state, *function).into_iter().collect(),
            Callee::OneOf(functions) => {
                functions.iter().filter_map(|function| self.function(state, *function)).collect()
            }
            Callee::OneOfOrForeign(functions) => {
                let unknown = Rc::new(leaf(Step::Unknown, 0, Some(Open::UnknownCall(state.function))));
                functions.iter().filter_map(|function| self.function(state, *function)).chain([unknown]).collect()
            }
            Callee::Formatter => self.formatters(state),
            Callee::Kernel(name, import) => self.kernel(state, name, import).into_iter().collect(),
            Callee::Foreign(name) => {
                vec![Rc::new(leaf(Step::Kernel(name.clone()), 0, Some(Open::Foreign(name.clone()))))]
            }
            Callee::Unknown => {
                vec![Rc::new(leaf(Step::Unknown, 0, Some(Open::UnknownCall(state.function))))]
            }
        }
    }

    fn function(&mut self, state: &State, function: u64) -> Option<Rc<Way>> {
        let import = self.program.functions.get(&function).filter(|function| function.is_import);
        if let Some((name, import)) = import.and_then(|found| Some((&found.name, kernel::import(&found.name)?))) {
            return self.kernel(state, name, import);
        }
        let panics = self.graph.nodes.get(&function).is_some_and(|node| node.panics);
        let is_ignored = panics && self.panics == Panics::Ignored;
        (!is_ignored).then(|| self.way(State { function, ..state.clone() }))
    }

    /// Formatters other than those that the kernel calls.
    fn formatters(&mut self, state: &State) -> Vec<Rc<Way>> {
        let by_kernel = self.program.kinds.get(&Kind::Format);
        let given = state.given.iter().filter(|given| by_kernel.is_none_or(|formats| !formats.contains(given)));
        let given: Vec<u64> = given.chain(&self.graph.constant_formatters).copied().collect();
        given.into_iter().filter_map(|function| self.used_up(state, function)).collect()
    }

    fn used_up(&mut self, state: &State, function: u64) -> Option<Rc<Way>> {
        let mut state = state.clone();
        state.given.remove(&function);
        self.function(&state, function)
    }

    fn kernel(&mut self, state: &State, name: &str, import: &Import) -> Option<Rc<Way>> {
        let is_panic = name == kernel::PANIC;
        if is_panic && self.panics == Panics::Ignored {
            return None;
        }
        let imports = self.program.functions.values().filter(|function| function.is_import);
        let own = import.own_bytes(self.code, self.figures, imports.map(|import| import.name.as_str()));
        let mut deepest = leaf(Step::Kernel(name.to_owned()), own, None);
        if is_panic && state.is_panicking {
            return Some(Rc::new(deepest));
        }
        let state = State { is_panicking: state.is_panicking || is_panic, ..state.clone() };
        for function in self.called_back(&state, import) {
            let Some(way) = self.used_up(&state, function) else { continue };
            deepest.open = deepest.open.max(way.open.clone());
            let bytes = own.saturating_add(way.bytes);
            if bytes > deepest.bytes {
                deepest = Way { bytes, depth: own, next: Some(way), ..deepest };
            }
        }
        Some(Rc::new(deepest))
    }

    /// The functions of the module's that a function of the kernel's calls on the same stack.
    fn called_back(&self, state: &State, import: &Import) -> Vec<u64> {
        let of_kind = |kind: &Kind| {
            let functions = self.program.kinds.get(kind).into_iter().flatten().copied();
            let is_called = move |function: &u64| match kind {
                Kind::Format => state.given.contains(function),
                Kind::Release => self.stack == Stack::Thread,
                _ => true,
            };
            functions.filter(is_called).collect::<Vec<_>>()
        };
        import.calls.iter().flat_map(of_kind).collect()
    }
}

fn leaf(step: Step, bytes: u64, open: Option<Open>) -> Way {
    Way { bytes, step, depth: bytes, next: None, open }
}
