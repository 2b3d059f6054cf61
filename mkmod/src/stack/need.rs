//! The deepest way through the call graph.
//!
//! What a function needs depends on the way to it: on what it has got as arguments, on which formatters those have given
//! that are still running, and on whether the program panics already. A panic within the message of a panic ends the module
//! at once.
//!
//! A formatter is used up when it is called: the value that it writes contains others, but not itself. Where a formatter
//! takes its own address, the search finds it again, and that is a recursion.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

use super::decode::Code;
use super::graph::{Call, Callee, Graph, Node, Passed};
use super::kernel::{self, Figures, Import};
use super::kind::Kind;
use super::program::Program;

/// So many states of the search are enough to give up.
const MAX_STATES: usize = 200_000;

/// So many functions are on the longest way.
const MAX_DEPTH: usize = 1000;

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
    /// A writer that indents calls another one, as often as values in a text are nested. Where that has no end, what writes the
    /// values is a recursion of its own.
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
    /// The arguments that matter for where it calls, as far as they are known.
    arguments: BTreeMap<u8, Argument>,
    /// What writes the fields of the struct that is written, if they are in an array.
    fields: BTreeSet<u64>,
    /// How many writers that indent are around each other.
    pads: usize,
}

/// What a function has as an argument.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Argument {
    /// One of these functions.
    Functions(BTreeSet<u64>),
    /// One of these vtables.
    Tables(BTreeSet<u64>),
}

impl State {
    /// Where a function begins that is called by somebody else.
    fn at_entry(function: u64) -> Self {
        let (given, arguments, fields) = (BTreeSet::new(), BTreeMap::new(), BTreeSet::new());
        Self { function, is_panicking: false, given, arguments, fields, pads: 0 }
    }

    /// Whether what leads from one to the other may lead on so for ever.
    fn goes_on_as(&self, later: &Self) -> bool {
        self.pads <= later.pads && *self == Self { pads: self.pads, ..later.clone() }
    }
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
        self.way(State::at_entry(function))
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
            state.fields.clear();
        }
        state.arguments.retain(|number, _| node.parameters.contains(number));
        state.pads += node.pads.unwrap_or_default();
        if let Some(known) = self.known.get(&state) {
            return Rc::clone(known);
        }
        if self.known.len() > MAX_STATES || self.running.len() > MAX_DEPTH {
            return Rc::new(leaf(Step::Function(state.function), node.frame, Some(Open::TooMany)));
        }
        if let Some(start) = self.running.iter().position(|running| running.goes_on_as(&state)) {
            let ring = self.running[start..].iter().map(|running| running.function).collect();
            return Rc::new(leaf(Step::Function(state.function), 0, Some(self.recursion(ring))));
        }
        self.running.push(state.clone());
        let dynamic = node.is_dynamic.then_some(Open::Dynamic(state.function));
        let mut deepest = leaf(Step::Function(state.function), node.frame, dynamic);
        for call in &node.calls {
            let at_call = self.at_call(&state, node, call);
            for way in self.callee(&state, &at_call, &call.to) {
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
        if ring.iter().all(|function| self.graph.nodes[function].is_of_pad) {
            Open::Nesting(ring)
        } else {
            Open::Recursion(ring)
        }
    }

    /// What is so for the function that is called. Its arguments are among those.
    fn at_call(&self, state: &State, node: &Node, call: &Call) -> State {
        let passes = call.passes.iter();
        let arguments = passes.filter_map(|(number, passed)| Some((*number, self.argument(state, passed)?))).collect();
        let has_fields = call.is_of_fields && !node.methods.is_empty();
        let fields = if has_fields { node.methods.clone() } else { state.fields.clone() };
        State { arguments, fields, ..state.clone() }
    }

    fn argument(&self, state: &State, passed: &Passed) -> Option<Argument> {
        match passed {
            Passed::Functions(functions) => Some(Argument::Functions(functions.clone())),
            Passed::Tables(tables) => Some(Argument::Tables(tables.clone())),
            Passed::Parameter(number) => state.arguments.get(number).cloned(),
            Passed::Slot(number, slot, others) => {
                let others = || (!others.is_empty()).then(|| others.clone());
                self.called(state, *number, Some(*slot)).or_else(others).map(Argument::Functions)
            }
        }
    }

    /// What an argument is that is called, or the method in its vtable.
    fn called(&self, state: &State, number: u8, slot: Option<i64>) -> Option<BTreeSet<u64>> {
        match (state.arguments.get(&number)?, slot) {
            (Argument::Functions(functions), None) => Some(functions.clone()),
            (Argument::Tables(tables), Some(slot)) => {
                tables.iter().map(|table| self.graph.tables.get(table)?.get(&slot).copied()).collect()
            }
            _ => None,
        }
    }

    fn callee(&mut self, caller: &State, state: &State, callee: &Callee) -> Vec<Rc<Way>> {
        match callee {
            Callee::Function(function) => {
                self.function(&self.by_name(state, *function), *function).into_iter().collect()
            }
            Callee::Parameter(number, slot, other) => match self.called(caller, *number, *slot) {
                Some(functions) => self.pointers(state, &functions),
                None => self.callee(caller, state, other),
            },
            Callee::OneOf(functions) => self.pointers(state, functions),
            Callee::OneOfOrForeign(functions) => {
                let unknown = Rc::new(leaf(Step::Unknown, 0, Some(Open::UnknownCall(state.function))));
                self.pointers(state, functions).into_iter().chain([unknown]).collect()
            }
            Callee::Field(functions) => {
                let fields = if state.fields.is_empty() { functions } else { &state.fields };
                self.pointers(&State { fields: BTreeSet::new(), ..state.clone() }, fields)
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

    /// One of several functions is called by a pointer.
    fn pointers(&mut self, state: &State, functions: &BTreeSet<u64>) -> Vec<Rc<Way>> {
        let called = functions.iter().filter_map(|function| Some((*function, self.by_pointer(state, *function)?)));
        let called: Vec<(u64, State)> = called.collect();
        called.into_iter().filter_map(|(function, state)| self.function(&state, function)).collect()
    }

    /// What is so in a function that is called by a pointer. `None`: it can't be that one.
    fn by_pointer(&self, state: &State, function: u64) -> Option<State> {
        let mut state = state.clone();
        let node = self.graph.nodes.get(&function);
        if node.is_some_and(|node| node.is_of_pad) && self.graph.pads_are_known() {
            // A writer is not around itself.
            state.pads = state.pads.checked_sub(1)?;
        }
        if !node.is_some_and(|node| node.is_dynamic_formatter) {
            state.fields.clear();
        }
        Some(state)
    }

    /// What is so in a function that is called by its name.
    fn by_name(&self, state: &State, function: u64) -> State {
        let is_of_pad = |function: &u64| self.graph.nodes.get(function).is_some_and(|node| node.is_of_pad);
        let uses_one = is_of_pad(&function) && !is_of_pad(&state.function);
        State { pads: state.pads.saturating_sub(uses_one.into()), ..state.clone() }
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
        let mut state = State { arguments: BTreeMap::new(), fields: BTreeSet::new(), ..state.clone() };
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
        let state = State { is_panicking: state.is_panicking || is_panic, pads: 0, ..state.clone() };
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
