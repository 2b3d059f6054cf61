//! Who calls whom, at which depth of the caller's stack.
//!
//! A call through a pointer goes to what may be there:
//!
//! - Through a vtable, to the methods in its slot: rustc always calls them at a constant distance from its beginning.
//! - In `core::fmt`, to a formatter of which a function that is still running has taken the address: the arguments of a
//!   text are borrowed from there.
//! - Else to any function whose address is taken, or is in a constant that is no vtable.
//!
//! What `rtt-mod` gives to the kernel, only the kernel calls: see [`Kind`].

use std::collections::{BTreeMap, BTreeSet};

use super::body::{self, Body, Site, Target};
use super::kernel::{self, Import};
use super::kind::Kind;
use super::program::{Known, Pointer, Program};
use crate::size::Source;

/// The first call of a module.
const FIRST: &str = "rtt_mod_abi_1";

/// Finds functions of other modules.
const FINDS: &str = "rttm_library_symbol";

/// What panics for a wrong slice of a text cuts the text for its message, at the borders of characters: by the same function,
/// which does not fail then.
const CUTS_TEXT: (&str, &str) = ("core::str::slice_error_fail_rt", "core::str::slice_error_fail");

/// The functions of a program, by where they begin.
#[derive(Debug, Default)]
pub struct Graph {
    /// The functions.
    pub nodes: BTreeMap<u64, Node>,
    /// Formatters in constants: those of the arguments of a text that never change.
    pub constant_formatters: BTreeSet<u64>,
    /// What the module gives the kernel in its first call: its `struct rttm_app`.
    pub app: Option<u64>,
}

/// A function.
#[derive(Clone, Debug, Default)]
pub struct Node {
    /// What it is called.
    pub name: String,
    /// The most that it has on the stack itself.
    pub frame: u64,
    /// Whether it may have more, by a size that it calculates.
    pub is_dynamic: bool,
    /// Whether it only ever panics.
    pub panics: bool,
    /// What it calls.
    pub calls: Vec<Call>,
    /// What it gives others to write a text with.
    pub formatters: BTreeSet<u64>,
    /// Whether it calls something that others gave it to write a text with, itself or by what it calls.
    pub formats: bool,
}

/// A call, or a jump to another function.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// What is on the stack of the caller.
    pub depth: u64,
    /// What is called.
    pub to: Callee,
}

/// What is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Callee {
    /// A function.
    Function(u64),
    /// One of several functions.
    OneOf(BTreeSet<u64>),
    /// One of several functions, or one of another module's.
    OneOfOrForeign(BTreeSet<u64>),
    /// A formatter that somebody has given.
    Formatter,
    /// A function of the module ABI.
    Kernel(String, &'static Import),
    /// A function of the kernel's that is not of the module ABI.
    Foreign(String),
    /// Not known.
    Unknown,
}

impl Graph {
    /// Reads the code of a program.
    pub fn of(program: &Program, source: &Source) -> Self {
        let bodies = bodies(program);
        let pointers = Pointers::of(program, &bodies, source);
        let constant_formatters = pointers.constant_formatters.clone();
        let mut graph = Self { app: app(program, &bodies), constant_formatters, ..Self::default() };
        for (start, body) in &bodies {
            let function = &program.functions[start];
            let name = demangled(&function.name);
            let calls = body.sites.iter().map(|site| Call { depth: site.depth, to: pointers.callee(*start, site) });
            let calls = calls.filter(|call| !is_cut_of_text(program, &name, &call.to));
            graph.nodes.insert(
                *start,
                Node {
                    name: name.clone(),
                    frame: body.frame,
                    is_dynamic: body.is_dynamic,
                    calls: calls.collect(),
                    formatters: pointers.given_by(*start),
                    ..Node::default()
                },
            );
        }
        graph.find_panics(&bodies);
        graph.find_formatting();
        graph.hand_on_formatters();
        graph
    }

    /// A function only panics if it does not return, does not go round in circles, and ends in nothing else.
    fn find_panics(&mut self, bodies: &BTreeMap<u64, Body>) {
        self.spread(
            |node| node.panics,
            |graph, start, node| {
                let body = &bodies[&start];
                let ends: Vec<bool> = node.calls.iter().filter_map(|call| graph.end(&call.to, bodies)).collect();
                !body.returns && !body.loops && !ends.is_empty() && ends.iter().all(|panics| *panics)
            },
            |node| node.panics = true,
        );
    }

    /// Whether a call that does not return panics. `None` if it returns.
    fn end(&self, callee: &Callee, bodies: &BTreeMap<u64, Body>) -> Option<bool> {
        match callee {
            Callee::Function(function) => {
                let returns = bodies.get(function).is_none_or(|body| body.returns);
                (!returns).then(|| self.nodes.get(function).is_some_and(|node| node.panics))
            }
            Callee::Kernel(name, import) => (!import.returns).then(|| name == kernel::PANIC),
            _ => None,
        }
    }

    fn find_formatting(&mut self) {
        self.spread(
            |node| node.formats,
            |graph, _, node| {
                node.calls.iter().any(|call| match &call.to {
                    Callee::Formatter => true,
                    Callee::Kernel(_, import) => import.calls.contains(&Kind::Format),
                    Callee::Function(function) => graph.formats(*function),
                    Callee::OneOf(functions) | Callee::OneOfOrForeign(functions) => {
                        functions.iter().any(|function| graph.formats(*function))
                    }
                    Callee::Foreign(_) | Callee::Unknown => false,
                })
            },
            |node| node.formats = true,
        );
    }

    fn formats(&self, function: u64) -> bool {
        self.nodes.get(&function).is_some_and(|node| node.formats)
    }

    /// A function that only makes the arguments of a text has returned when they are used: its caller gives them.
    fn hand_on_formatters(&mut self) {
        loop {
            let handed = |node: &Node| -> BTreeSet<u64> {
                let makers = node.calls.iter().filter_map(|call| match call.to {
                    Callee::Function(function) => self.nodes.get(&function).filter(|made| !made.formats),
                    _ => None,
                });
                makers.flat_map(|maker| maker.formatters.difference(&node.formatters)).copied().collect()
            };
            let found: Vec<(u64, BTreeSet<u64>)> = self
                .nodes
                .iter()
                .map(|(start, node)| (*start, handed(node)))
                .filter(|(_, handed)| !handed.is_empty())
                .collect();
            if found.is_empty() {
                return;
            }
            for (start, handed) in found {
                self.nodes.entry(start).or_default().formatters.extend(handed);
            }
        }
    }

    /// Finds all functions that have a property by those that they call.
    fn spread(
        &mut self,
        has: impl Fn(&Node) -> bool,
        gets: impl Fn(&Self, u64, &Node) -> bool,
        set: impl Fn(&mut Node),
    ) {
        loop {
            let others = self.nodes.iter().filter(|(_, node)| !has(node));
            let found: Vec<u64> =
                others.filter(|(start, node)| gets(self, **start, node)).map(|(start, _)| *start).collect();
            if found.is_empty() {
                return;
            }
            for start in found {
                self.nodes.entry(start).and_modify(&set);
            }
        }
    }
}

/// Whether a call is the second of [`CUTS_TEXT`] by the first.
fn is_cut_of_text(program: &Program, caller: &str, callee: &Callee) -> bool {
    let Callee::Function(function) = callee else { return false };
    let callee = program.functions.get(function).map(|function| demangled(&function.name));
    caller == CUTS_TEXT.0 && callee.as_deref() == Some(CUTS_TEXT.1)
}

/// Reads all functions, until it is known which of them return.
fn bodies(program: &Program) -> BTreeMap<u64, Body> {
    let imports = program.functions.iter().filter(|(_, function)| function.is_import);
    let returns = |name: &str| kernel::import(name).is_none_or(|import| import.returns);
    let returning = imports.filter(|(_, import)| returns(&import.name)).map(|(start, _)| *start);
    let mut returning: BTreeSet<u64> = returning.collect();
    loop {
        let known = Known { program, returning: &returning };
        let own = program.functions.iter().filter(|(_, function)| !function.is_import);
        let read = own.filter_map(|(start, function)| Some((*start, body::read(&program.source(function)?, &known))));
        let bodies: BTreeMap<u64, Body> = read.collect();
        let found = bodies.iter().filter(|(start, body)| body.returns && !returning.contains(start));
        let found: BTreeSet<u64> = found.map(|(start, _)| *start).collect();
        if found.is_empty() {
            return bodies;
        }
        returning.extend(found);
    }
}

/// The second argument of the module's first call.
fn app(program: &Program, bodies: &BTreeMap<u64, Body>) -> Option<u64> {
    let (first, _) = program.functions.iter().find(|(_, function)| function.is_import && function.name == FIRST)?;
    let mut sites = bodies.values().flat_map(|body| &body.sites);
    let site = sites.find(|site| site.target == Target::Function(*first))?;
    site.arguments[1]
}

/// Where calls through pointers go.
struct Pointers<'a> {
    program: &'a Program,
    source: &'a Source,
    /// Functions whose address is taken by code, but for those that only the kernel calls.
    taken: BTreeSet<u64>,
    /// Where a pointer may go that is in no vtable, but for formatters.
    loose: BTreeSet<u64>,
    /// Formatters in constants that are no vtables.
    constant_formatters: BTreeSet<u64>,
    /// Functions in constants, by their distance from the beginning.
    slots: BTreeMap<i64, BTreeSet<u64>>,
    /// The same of vtables of `core::fmt::Write`.
    writers: BTreeMap<i64, BTreeSet<u64>>,
    /// The same of vtables with one method, as those of `core::fmt::Debug`.
    singles: BTreeMap<i64, BTreeSet<u64>>,
    /// The same of tables of wakers.
    wakers: BTreeMap<i64, BTreeSet<u64>>,
    /// What is passed to functions that are only called directly.
    passed: BTreeMap<(u64, usize), Option<BTreeSet<u64>>>,
}

impl<'a> Pointers<'a> {
    fn of(program: &'a Program, bodies: &BTreeMap<u64, Body>, source: &'a Source) -> Self {
        let marked: BTreeSet<u64> = program.kinds.values().flatten().copied().collect();
        let all_taken = program.taken.values().flatten().copied();
        let taken: BTreeSet<u64> = all_taken.filter(|function| !marked.contains(function)).collect();
        let mut objects: BTreeMap<u64, Vec<Pointer>> = BTreeMap::new();
        for pointer in &program.pointers {
            objects.entry(pointer.object).or_default().push(*pointer);
        }
        let mut pointers = Self {
            program,
            source,
            loose: BTreeSet::new(),
            taken,
            constant_formatters: BTreeSet::new(),
            slots: BTreeMap::new(),
            writers: BTreeMap::new(),
            singles: BTreeMap::new(),
            wakers: BTreeMap::new(),
            passed: passed(program, bodies),
        };
        let taken = pointers.taken.iter().copied();
        pointers.loose = taken.filter(|function| !pointers.is_formatter(*function)).collect();
        let wakers = program.kinds.get(&Kind::Waker).cloned().unwrap_or_default();
        for object in objects.values() {
            pointers.enter(object, object.iter().all(|pointer| wakers.contains(&pointer.function)));
        }
        pointers
    }

    fn is_formatter(&self, function: u64) -> bool {
        is_formatter(&demangled(&self.program.functions[&function].name))
    }

    fn enter(&mut self, object: &[Pointer], is_own_waker: bool) {
        let word = self.program.word;
        // Behind the destructor there are the size and the alignment.
        let is_vtable = object.iter().all(|pointer| pointer.slot != word && pointer.slot != 2 * word);
        let is_waker = object.iter().map(|pointer| pointer.slot).eq([0, word, 2 * word, 3 * word]);
        let methods = object.iter().map(|pointer| pointer.slot).filter(|slot| *slot > 0);
        let is_writer = is_vtable && methods.clone().eq([3 * word, 4 * word, 5 * word]);
        let is_single = is_vtable && methods.eq([3 * word]);
        for pointer in object {
            let slot = pointer.slot as i64;
            if is_waker {
                self.wakers.entry(slot).or_default().insert(pointer.function);
            }
            if is_writer {
                self.writers.entry(slot).or_default().insert(pointer.function);
            }
            if is_single {
                self.singles.entry(slot).or_default().insert(pointer.function);
            }
            if !is_own_waker {
                self.slots.entry(slot).or_default().insert(pointer.function);
            }
            match self.is_formatter(pointer.function) {
                _ if is_vtable || is_own_waker => {}
                true => drop(self.constant_formatters.insert(pointer.function)),
                false => drop(self.loose.insert(pointer.function)),
            }
        }
    }

    fn callee(&self, caller: u64, site: &Site) -> Callee {
        match site.target {
            Target::Function(address) => self.function(address),
            Target::Slot(slot) => self.slot(caller, site.address, slot),
            Target::Argument(number) => match self.passed.get(&(caller, usize::from(number))) {
                Some(Some(functions)) => one_of(functions.clone()),
                _ => self.anything(),
            },
            Target::Unknown => self.anything(),
        }
    }

    fn function(&self, address: u64) -> Callee {
        match self.program.functions.get(&address) {
            Some(function) if function.is_import => match kernel::import(&function.name) {
                Some(import) => Callee::Kernel(function.name.clone(), import),
                None => Callee::Foreign(function.name.clone()),
            },
            Some(_) => Callee::Function(address),
            None => Callee::Unknown,
        }
    }

    fn slot(&self, caller: u64, address: u64, slot: i64) -> Callee {
        let frames = self.source.frames(address);
        let innermost = frames.first().map_or("", |frame| frame.function.as_str());
        let caller = demangled(&self.program.functions[&caller].name);
        let innermost = if frames.is_empty() { caller.as_str() } else { innermost };
        let at = |slots: &BTreeMap<i64, BTreeSet<u64>>| slots.get(&slot).cloned().unwrap_or_default();
        let is_method = slot >= 3 * self.program.word as i64;
        match Within::of(innermost) {
            Within::Argument if slot == self.program.word as i64 => Callee::Formatter,
            // Without debug information, what is inlined can't be told apart.
            Within::Write if !is_method => Callee::Formatter,
            Within::Formatter | Within::Write if is_method => one_of(at(&self.writers)),
            Within::Builder if is_method => one_of(at(&self.singles)),
            Within::Waker => one_of(at(&self.wakers)),
            _ => {
                let methods = if frames.is_empty() { &at(&self.slots) | &at(&self.wakers) } else { at(&self.slots) };
                if methods.is_empty() { self.anything() } else { one_of(&methods | &self.loose) }
            }
        }
    }

    /// Whatever a pointer may point to.
    fn anything(&self) -> Callee {
        let has_foreign = self.program.functions.values().any(|function| function.is_import && function.name == FINDS);
        // Formatters are called by `core::fmt`, unless there is nothing else.
        let functions = if self.loose.is_empty() { self.taken.clone() } else { self.loose.clone() };
        if has_foreign { Callee::OneOfOrForeign(functions) } else { one_of(functions) }
    }

    /// What a function may put into the arguments of a text.
    fn given_by(&self, function: u64) -> BTreeSet<u64> {
        let formats = self.program.kinds.get(&Kind::Format);
        let is_given =
            |taken: &&u64| self.is_formatter(**taken) || formats.is_some_and(|formats| formats.contains(taken));
        self.program.taken.get(&function).into_iter().flatten().filter(is_given).copied().collect()
    }
}

/// The functions of `core` that call through pointers of a certain kind only. They are inlined as a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Within {
    /// `core::fmt::write`, which writes the pieces of a text.
    Write,
    /// The formatter of an argument is called.
    Argument,
    /// A method of `core::fmt::Formatter`: it writes to what implements `core::fmt::Write`.
    Formatter,
    /// Code that writes values of which only `core::fmt::Debug` and its like are known.
    Builder,
    /// A method of `core::task::Waker`.
    Waker,
    /// Any other function.
    Other,
}

impl Within {
    fn of(function: &str) -> Self {
        const WRITING: [&str; 3] = [
            "<core::fmt::Formatter>::",
            "<core::fmt::PostPadding>::",
            "<core::fmt::builders::PadAdapter as core::fmt::Write>::",
        ];
        const BUILDING: [&str; 2] = ["<core::fmt::builders::", "<&dyn core::fmt::"];
        let is_of = |types: &[&str]| types.iter().any(|name| function.starts_with(name));
        match function {
            "core::fmt::write" => Self::Write,
            _ if is_of(&["<core::fmt::rt::Argument>::"]) => Self::Argument,
            _ if is_of(&WRITING) => Self::Formatter,
            _ if is_of(&BUILDING) => Self::Builder,
            _ if is_of(&["<core::task::wake::Waker"]) => Self::Waker,
            _ => Self::Other,
        }
    }
}

fn one_of(functions: BTreeSet<u64>) -> Callee {
    match functions.first() {
        Some(function) if functions.len() == 1 => Callee::Function(*function),
        Some(_) => Callee::OneOf(functions),
        None => Callee::Unknown,
    }
}

/// What is passed to functions in each of the first registers. `None`: not only addresses of functions.
fn passed(program: &Program, bodies: &BTreeMap<u64, Body>) -> BTreeMap<(u64, usize), Option<BTreeSet<u64>>> {
    let mut passed: BTreeMap<(u64, usize), Option<BTreeSet<u64>>> = BTreeMap::new();
    let pointed = program.pointers.iter().map(|pointer| pointer.function);
    for function in program.taken.values().flatten().copied().chain(pointed) {
        for number in 0..4 {
            passed.insert((function, number), None);
        }
    }
    for site in bodies.values().flat_map(|body| &body.sites) {
        let Target::Function(function) = site.target else { continue };
        for (number, argument) in site.arguments.into_iter().enumerate() {
            let pointer = argument.and_then(|argument| program.function_with_pointer(argument));
            let known = passed.entry((function, number)).or_insert_with(|| Some(BTreeSet::new()));
            match (known.as_mut(), pointer) {
                (Some(functions), Some(pointer)) => drop(functions.insert(pointer)),
                _ => *known = None,
            }
        }
    }
    passed
}

/// Whether a function writes a value as a text: the method of one of `core::fmt`'s traits.
pub fn is_formatter(name: &str) -> bool {
    // Copies of a function have a number behind their name.
    name.contains(" as core::fmt::")
        && name.trim_end_matches(|last: char| last == '.' || last.is_ascii_digit()).ends_with(">::fmt")
}

/// The path of a symbol, without its hash.
pub fn demangled(symbol: &str) -> String {
    format!("{:#}", rustc_demangle::demangle(symbol))
}
