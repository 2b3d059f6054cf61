//! Who calls whom, at which depth of the caller's stack.
//!
//! A call through a pointer goes to what may be there:
//!
//! - To what the function has as an argument, or to a method in the vtable that it has: to what its caller has passed.
//! - Through another vtable, to the methods in its slot: rustc always calls them at a constant distance from its beginning.
//! - In `core::fmt`, to a formatter of which a function that is still running has taken the address: the arguments of a
//!   text are borrowed from there.
//! - From the fields of a struct with more than `core::fmt` has parameters for, to the vtables that its formatter takes.
//! - Else to any function whose address is taken, or is in a constant that is no vtable.
//!
//! What `rtt-mod` gives to the kernel, only the kernel calls: see [`Kind`].

use std::collections::{BTreeMap, BTreeSet};

use super::body::{self, Body, Site, Target};
use super::kernel::{self, Import};
use super::kind::Kind;
use super::program::{Known, Pointer, Program};
use super::state::{Base, Value};
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
    /// What is in each vtable, by its distance from the beginning.
    pub tables: BTreeMap<u64, BTreeMap<i64, u64>>,
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
    /// The methods of the vtables that it takes, of those with one method.
    pub methods: BTreeSet<u64>,
    /// The arguments that matter for where it calls, or what it calls.
    pub parameters: BTreeSet<u8>,
    /// Whether it writes what it has as `&dyn Debug`.
    pub is_dynamic_formatter: bool,
    /// How many [`PadAdapter`](PAD)s it may have on its stack at a time. `None`: that is not known.
    pub pads: Option<usize>,
    /// Whether it is a method of one of them.
    pub is_of_pad: bool,
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
    /// What it gets, by the number of the argument.
    pub passes: BTreeMap<u8, Passed>,
    /// Whether the fields of a struct are written there, which are in an array.
    pub is_of_fields: bool,
}

impl Call {
    /// A call that passes nothing that matters.
    #[cfg(test)]
    pub fn to(depth: u64, to: Callee) -> Self {
        Self { depth, to, passes: BTreeMap::new(), is_of_fields: false }
    }
}

/// An argument that may be called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Passed {
    /// One of these functions.
    Functions(BTreeSet<u64>),
    /// One of these vtables.
    Tables(BTreeSet<u64>),
    /// What the caller has as an argument.
    Parameter(u8),
    /// What is in the vtable that the caller has as an argument, at a distance from its beginning; one of the functions, if
    /// that vtable is not known.
    Slot(u8, i64, BTreeSet<u64>),
}

/// What is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Callee {
    /// What the function has as an argument, or what is in the vtable that it has there, at a distance from its beginning. If
    /// its caller has not passed what is known, the other one.
    Parameter(u8, Option<i64>, Box<Callee>),
    /// A method of a vtable in the array of fields that are written. Without such an array, one of the functions.
    Field(BTreeSet<u64>),
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
        let pointers = Pointers::of(program, source);
        let constant_formatters = pointers.constant_formatters.clone();
        let (app, tables) = (app(program, &bodies), pointers.tables.clone());
        let mut graph = Self { app, constant_formatters, tables, ..Self::default() };
        for (start, body) in &bodies {
            let function = &program.functions[start];
            let name = demangled(&function.name);
            let calls = body.sites.iter().map(|site| pointers.call(*start, site));
            let calls = calls.filter(|call| !is_cut_of_text(program, &name, &call.to));
            graph.nodes.insert(
                *start,
                Node {
                    name: name.clone(),
                    frame: body.frame,
                    is_dynamic: body.is_dynamic,
                    calls: calls.collect(),
                    formatters: pointers.given_by(*start),
                    methods: pointers.methods_taken_by(*start),
                    is_dynamic_formatter: name.starts_with(DYNAMIC),
                    pads: pointers.pads_of(*start, body),
                    is_of_pad: name.starts_with(PAD),
                    ..Node::default()
                },
            );
        }
        graph.find_panics(&bodies);
        graph.find_formatting(&(&pointers.taken | &pointers.slots.values().flatten().copied().collect()));
        graph.find_parameters();
        graph.hand_on_formatters();
        graph
    }

    /// Whether it is known how many [`PadAdapter`](PAD)s there may be.
    pub fn pads_are_known(&self) -> bool {
        self.nodes.values().all(|node| node.pads.is_some())
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

    fn find_formatting(&mut self, taken: &BTreeSet<u64>) {
        self.spread(
            |node| node.formats,
            |graph, _, node| node.calls.iter().any(|call| graph.formats_in(&call.to, taken)),
            |node| node.formats = true,
        );
    }

    /// `taken` are the functions that may be passed.
    fn formats_in(&self, callee: &Callee, taken: &BTreeSet<u64>) -> bool {
        let any = |functions: &BTreeSet<u64>| functions.iter().any(|function| self.formats(*function));
        match callee {
            Callee::Parameter(_, _, other) => any(taken) || self.formats_in(other, taken),
            Callee::Formatter => true,
            Callee::Kernel(_, import) => import.calls.contains(&Kind::Format),
            Callee::Function(function) => self.formats(*function),
            Callee::OneOf(functions) | Callee::OneOfOrForeign(functions) | Callee::Field(functions) => any(functions),
            Callee::Foreign(_) | Callee::Unknown => false,
        }
    }

    /// Which arguments are called, and which are passed on to where they are. Others are forgotten.
    fn find_parameters(&mut self) {
        loop {
            let any: BTreeSet<u8> = self.nodes.values().flat_map(|node| node.parameters.iter().copied()).collect();
            let found = |node: &Node| -> BTreeSet<u8> {
                let found = node.calls.iter().flat_map(|call| self.parameters_of(call, &any));
                found.filter(|parameter| !node.parameters.contains(parameter)).collect()
            };
            let found: Vec<(u64, BTreeSet<u8>)> =
                self.nodes.iter().map(|(start, node)| (*start, found(node))).collect();
            if found.iter().all(|(_, parameters)| parameters.is_empty()) {
                return self.forget_passed(&any);
            }
            for (start, parameters) in found {
                self.nodes.entry(start).or_default().parameters.extend(parameters);
            }
        }
    }

    /// The caller's arguments that matter for a call. `any` matter for some function.
    fn parameters_of(&self, call: &Call, any: &BTreeSet<u8>) -> BTreeSet<u8> {
        let called = match &call.to {
            Callee::Parameter(parameter, ..) => Some(*parameter),
            _ => None,
        };
        let needed = self.parameters_at(call, any);
        let passed = call.passes.iter().filter(|(number, _)| needed.contains(number));
        let passed = passed.filter_map(|(_, passed)| match passed {
            Passed::Parameter(parameter) | Passed::Slot(parameter, ..) => Some(*parameter),
            Passed::Functions(_) | Passed::Tables(_) => None,
        });
        passed.chain(called).collect()
    }

    /// The arguments that matter for what is called.
    fn parameters_at<'a>(&'a self, call: &Call, any: &'a BTreeSet<u8>) -> &'a BTreeSet<u8> {
        match &call.to {
            Callee::Function(function) => self.nodes.get(function).map_or(any, |node| &node.parameters),
            _ => any,
        }
    }

    fn forget_passed(&mut self, any: &BTreeSet<u8>) {
        let needed = |call: &Call| self.parameters_at(call, any).clone();
        let of_node = |node: &Node| node.calls.iter().map(needed).collect::<Vec<_>>();
        let needed: Vec<Vec<BTreeSet<u8>>> = self.nodes.values().map(of_node).collect();
        for (node, needed) in self.nodes.values_mut().zip(needed) {
            for (call, needed) in node.calls.iter_mut().zip(needed) {
                call.passes.retain(|number, _| needed.contains(number));
            }
        }
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
    let own = program.functions.iter().filter(|(_, function)| !function.is_import);
    let mut due: BTreeSet<u64> = own.map(|(start, _)| *start).collect();
    let mut bodies: BTreeMap<u64, Body> = BTreeMap::new();
    while !due.is_empty() {
        let known = Known { program, returning: &returning };
        let read = |start: &u64| Some((*start, body::read(&program.source(&program.functions[start])?, &known)));
        let read: Vec<(u64, Body)> = due.iter().filter_map(read).collect();
        let found = read.iter().filter(|(start, body)| body.returns && !returning.contains(start));
        let found: BTreeSet<u64> = found.map(|(start, _)| *start).collect();
        bodies.extend(read);
        // What calls them goes on behind that.
        let calls = |body: &Body| {
            body.sites.iter().any(|site| matches!(site.target, Target::Function(function) if found.contains(&function)))
        };
        due = bodies.iter().filter(|(_, body)| calls(body)).map(|(start, _)| *start).collect();
        returning.extend(found);
    }
    bodies
}

/// The second argument of the module's first call.
fn app(program: &Program, bodies: &BTreeMap<u64, Body>) -> Option<u64> {
    let (first, _) = program.functions.iter().find(|(_, function)| function.is_import && function.name == FIRST)?;
    let mut sites = bodies.values().flat_map(|body| &body.sites);
    let site = sites.find(|site| site.target == Target::Function(*first))?;
    match site.arguments.get(&1)? {
        Value::Number(app) => Some(*app),
        _ => None,
    }
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
    /// What is in each vtable, by its distance from the beginning.
    tables: BTreeMap<u64, BTreeMap<i64, u64>>,
}

impl<'a> Pointers<'a> {
    fn of(program: &'a Program, source: &'a Source) -> Self {
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
            tables: BTreeMap::new(),
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
        if is_vtable && self.program.is_constant(object[0].object) {
            let slots = object.iter().map(|pointer| (pointer.slot as i64, pointer.function));
            self.tables.entry(object[0].object).or_default().extend(slots);
        }
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

    fn call(&self, caller: u64, site: &Site) -> Call {
        let place = Place::of(self, caller, site.address);
        let passes = site.arguments.iter().filter_map(|(number, value)| Some((*number, self.passed(&place, *value)?)));
        let to = self.callee(&place, site.target);
        let called = match &to {
            Callee::Function(function) => demangled(&self.program.functions[function].name),
            _ => String::new(),
        };
        let is_of_fields = place.is_of_fields || writes_fields(&called);
        Call { depth: site.depth, to, passes: passes.collect(), is_of_fields }
    }

    fn callee(&self, place: &Place, target: Target) -> Callee {
        match target {
            Target::Function(address) => self.function(address),
            Target::OneOf(addresses) => self.functions(&addresses.all()).map_or_else(|| self.pointer(place), one_of),
            Target::Slot(slot, base @ Base::Argument(number)) => {
                Callee::Parameter(number, Some(slot), Box::new(self.slot(place, slot, base)))
            }
            Target::Slot(slot, base) => self.slot(place, slot, base),
            Target::Argument(number) => Callee::Parameter(number, None, Box::new(self.pointer(place))),
            Target::Unknown => self.pointer(place),
        }
    }

    /// An argument of a call, if it may be called.
    fn passed(&self, place: &Place, value: Value) -> Option<Passed> {
        match value {
            Value::Argument(number) => Some(Passed::Parameter(number)),
            Value::Loaded(slot, base) => {
                let loaded = self.slot(place, slot, base).functions();
                match base {
                    Base::Argument(number) => Some(Passed::Slot(number, slot, loaded)),
                    _ => (!loaded.is_empty()).then_some(Passed::Functions(loaded)),
                }
            }
            value => {
                let numbers = value.numbers()?;
                let tables = || numbers.iter().all(|number| self.tables.contains_key(number));
                let functions = self.functions(&numbers).map(Passed::Functions);
                functions.or_else(|| tables().then(|| Passed::Tables(numbers.clone())))
            }
        }
    }

    /// The functions that pointers point to, if all of them do.
    fn functions(&self, pointers: &BTreeSet<u64>) -> Option<BTreeSet<u64>> {
        pointers.iter().map(|pointer| self.program.function_with_pointer(*pointer)).collect()
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

    fn slot(&self, place: &Place, slot: i64, base: Base) -> Callee {
        let at = |slots: &BTreeMap<i64, BTreeSet<u64>>| slots.get(&slot).cloned().unwrap_or_default();
        let is_method = slot >= 3 * self.program.word as i64;
        match place.within {
            Within::Argument if slot == self.program.word as i64 => Callee::Formatter,
            // Without debug information, what is inlined can't be told apart.
            Within::Write if !is_method => Callee::Formatter,
            Within::Formatter | Within::Write if is_method => one_of(at(&self.writers)),
            // Its second argument is the `Formatter`.
            Within::Other if is_method && place.is_in_formatter && base == Base::In(1) => one_of(at(&self.writers)),
            Within::Dynamic if is_method => Callee::Field(at(&self.singles)),
            Within::Builder if is_method => one_of(at(&self.singles)),
            Within::Waker => one_of(at(&self.wakers)),
            _ => {
                let methods = if place.is_named { at(&self.slots) } else { &at(&self.slots) | &at(&self.wakers) };
                if methods.is_empty() { self.anything() } else { one_of(&methods | &self.loose) }
            }
        }
    }

    /// What is called through a pointer that is not in memory there. Of a vtable that is only used for one method, the compiler
    /// passes the method.
    fn pointer(&self, place: &Place) -> Callee {
        let methods =
            |slots: &BTreeMap<i64, BTreeSet<u64>>| slots.values().flatten().copied().collect::<BTreeSet<u64>>();
        match place.within {
            Within::Builder | Within::Dynamic => {
                let formatters = self.taken.iter().copied().filter(|function| self.is_formatter(*function));
                one_of(methods(&self.singles).into_iter().chain(formatters).collect())
            }
            Within::Formatter | Within::Write => one_of(&methods(&self.writers) | &self.taken),
            _ => self.anything(),
        }
    }

    /// Whatever a pointer may point to.
    fn anything(&self) -> Callee {
        let has_foreign = self.program.functions.values().any(|function| function.is_import && function.name == FINDS);
        // Formatters are called by `core::fmt`, unless there is nothing else.
        let functions = if self.loose.is_empty() { self.taken.clone() } else { self.loose.clone() };
        if has_foreign { Callee::OneOfOrForeign(functions) } else { one_of(functions) }
    }

    fn methods_taken_by(&self, function: u64) -> BTreeSet<u64> {
        let objects = self.program.taken_objects.get(&function).into_iter().flatten();
        let tables = objects.filter_map(|object| self.tables.get(object));
        let method = |table: &BTreeMap<i64, u64>| {
            let mut methods = table.range(3 * self.program.word as i64..).map(|(_, method)| *method);
            methods.next().filter(|_| methods.next().is_none())
        };
        tables.filter_map(method).collect()
    }

    /// How many writers that indent a function may make, one around the other: it stores the address of what they do in each.
    fn pads_of(&self, function: u64, body: &Body) -> Option<usize> {
        let is_of_pad = |method: &u64| demangled(&self.program.functions[method].name).starts_with(PAD);
        let objects = self.program.taken_objects.get(&function).into_iter().flatten();
        let tables =
            objects.filter(|object| self.tables.get(object).is_some_and(|table| table.values().any(is_of_pad)));
        let methods = self.program.taken.get(&function).into_iter().flatten().filter(|method| is_of_pad(method));
        let pointers: Vec<u64> = tables.copied().chain(methods.flat_map(|method| [*method, *method + 1])).collect();
        let places: BTreeSet<&Option<i64>> =
            pointers.iter().filter_map(|pointer| body.stores.get(pointer)).flatten().collect();
        match (pointers.is_empty(), places.contains(&None)) {
            (true, _) => Some(0),
            (false, true) => None,
            // It has been given one, and passes it on.
            (false, false) => Some(places.len().max(1)),
        }
    }

    /// What a function may put into the arguments of a text.
    fn given_by(&self, function: u64) -> BTreeSet<u64> {
        let formats = self.program.kinds.get(&Kind::Format);
        let is_given =
            |taken: &&u64| self.is_formatter(**taken) || formats.is_some_and(|formats| formats.contains(taken));
        self.program.taken.get(&function).into_iter().flatten().filter(is_given).copied().collect()
    }
}

/// Where a call is, as far as it matters for where it goes.
struct Place {
    within: Within,
    /// Whether what is inlined there is known.
    is_named: bool,
    /// Whether that is what writes a value as a text.
    is_in_formatter: bool,
    /// Whether the fields of a struct are written there, which are in an array.
    is_of_fields: bool,
}

impl Place {
    fn of(pointers: &Pointers<'_>, caller: u64, address: u64) -> Self {
        let frames = pointers.source.frames(address);
        let caller = demangled(&pointers.program.functions[&caller].name);
        let names: Vec<&str> = frames.iter().map(|frame| frame.function.as_str()).chain([caller.as_str()]).collect();
        Self {
            within: Within::of(names[0]),
            is_named: !frames.is_empty(),
            is_in_formatter: is_formatter(&caller),
            is_of_fields: names.iter().any(|name| writes_fields(name)),
        }
    }
}

fn writes_fields(function: &str) -> bool {
    function.starts_with(FORMATTER) && function.ends_with(FIELDS)
}

/// What writes the fields of a struct with more of them than `core::fmt` has parameters for. Only derived code calls it, with an
/// array of the fields as `&dyn Debug`.
const FIELDS: &str = "_fields_finish";

const FORMATTER: &str = "<core::fmt::Formatter>::";

/// The writer that indents the fields of a `{:#?}`, and writes to that of what is around them.
const PAD: &str = "<core::fmt::builders::PadAdapter as core::fmt::Write>::";

/// What writes a value of which only the trait is known.
const DYNAMIC: &str = "<&dyn core::fmt::";

/// The functions of `core` that call through pointers of a certain kind only. They are inlined as a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Within {
    /// `core::fmt::write`, which writes the pieces of a text.
    Write,
    /// The formatter of an argument is called.
    Argument,
    /// A method of `core::fmt::Formatter`: it writes to what implements `core::fmt::Write`.
    Formatter,
    /// Code that writes values that it has as an argument, of which only `core::fmt::Debug` and its like are known.
    Builder,
    /// Code that writes such a value that is in memory.
    Dynamic,
    /// A method of `core::task::Waker`.
    Waker,
    /// Any other function.
    Other,
}

impl Within {
    fn of(function: &str) -> Self {
        const WRITING: [&str; 3] = [FORMATTER, "<core::fmt::PostPadding>::", PAD];
        let is_of = |types: &[&str]| types.iter().any(|name| function.starts_with(name));
        match function {
            "core::fmt::write" => Self::Write,
            _ if is_of(&["<core::fmt::rt::Argument>::"]) => Self::Argument,
            _ if is_of(&WRITING) => Self::Formatter,
            _ if is_of(&["<core::fmt::builders::"]) => Self::Builder,
            _ if is_of(&[DYNAMIC]) => Self::Dynamic,
            _ if is_of(&["<core::task::wake::Waker"]) => Self::Waker,
            _ => Self::Other,
        }
    }
}

impl Passed {
    /// The functions that it may be.
    pub fn functions(&self) -> BTreeSet<u64> {
        match self {
            Self::Functions(functions) | Self::Slot(_, _, functions) => functions.clone(),
            Self::Tables(_) | Self::Parameter(_) => BTreeSet::new(),
        }
    }
}

impl Callee {
    /// The functions of the module's that it may be.
    pub fn functions(&self) -> BTreeSet<u64> {
        match self {
            Self::Function(function) => BTreeSet::from([*function]),
            Self::OneOf(functions) | Self::OneOfOrForeign(functions) | Self::Field(functions) => functions.clone(),
            Self::Parameter(_, _, other) => other.functions(),
            Self::Formatter | Self::Kernel(..) | Self::Foreign(_) | Self::Unknown => BTreeSet::new(),
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

/// Whether a function writes a value as a text: the method of one of `core::fmt`'s traits.
fn is_formatter(name: &str) -> bool {
    // Copies of a function have a number behind their name.
    name.contains(" as core::fmt::")
        && name.trim_end_matches(|last: char| last == '.' || last.is_ascii_digit()).ends_with(">::fmt")
}

/// The path of a symbol, without its hash.
pub fn demangled(symbol: &str) -> String {
    format!("{:#}", rustc_demangle::demangle(symbol))
}
