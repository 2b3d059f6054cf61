//! The functions of a module that are called from outside.

use super::graph::{Callee, Graph};
use super::program::Program;
use super::report::EntryKind;
use crate::elf::{ElfFile, Section};
use crate::size::Source;

/// Called by the loader, in the thread that loads the module.
const HOOKS: [&str; 2] = ["module_init", "module_cleanup"];

/// What `#[rtt_mod::init]` makes.
const INIT: &str = "__rtt_mod_init";

/// Lists of functions that are called in the thread of `main`, before and after it.
const LISTS: [(&str, EntryKind); 2] = [(".init_array", EntryKind::Constructor), (".fini_array", EntryKind::Destructor)];

/// A function that is called from outside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Start {
    /// What calls it.
    pub kind: EntryKind,
    /// Where it begins.
    pub function: u64,
    /// What it is called: that of the application's function in it.
    pub name: String,
    /// Where that is.
    pub line: Option<String>,
}

/// All of them: `main` first, then by what calls them.
pub fn all(file: &ElfFile<'_>, program: &Program, graph: &Graph, source: &Source) -> Vec<Start> {
    let named = |name: &str, kind: EntryKind| {
        let symbol = file.symbol_by_name(name).filter(|symbol| !symbol.is_undefined())?;
        let function = program.function_with_pointer(symbol.address())?;
        Some(Start { kind, function, name: name.to_owned(), line: None })
    };
    let main = named("main", EntryKind::Main);
    let init = named(INIT, EntryKind::Init).map(|start| Start { name: "init".into(), ..start });
    let hooks = HOOKS.into_iter().filter_map(|hook| named(hook, EntryKind::Loader));
    let marked = program.kinds.iter().filter(|(kind, _)| kind.is_entry()).flat_map(|(kind, functions)| {
        functions.iter().map(|function| {
            let (name, line) = application(*function, program, graph, source);
            Start { kind: EntryKind::Kernel(*kind), function: *function, name, line }
        })
    });
    let exports = exports(file).into_iter().filter_map(|name| named(&name, EntryKind::Export));
    let listed = LISTS.into_iter().flat_map(|(section, kind)| listed(file, section, kind, program, graph));
    main.into_iter().chain(init).chain(marked).chain(exports).chain(hooks).chain(listed).collect()
}

/// The functions in a list of constructors or destructors.
fn listed(file: &ElfFile<'_>, section: &str, kind: EntryKind, program: &Program, graph: &Graph) -> Vec<Start> {
    let Some(range) = file.section_by_name(section).map(Section::range) else { return Vec::new() };
    let pointers = program.pointers.iter().filter(|pointer| range.contains(&(pointer.object + pointer.slot)));
    let start = |function: u64| Start { kind, function, name: graph.nodes[&function].name.clone(), line: None };
    pointers.map(|pointer| start(pointer.function)).collect()
}

/// What `#[rtt_mod::export]` has marked.
fn exports(file: &ElfFile<'_>) -> Vec<String> {
    let section = file.section_by_name(".rtt_mod.exports");
    let names = section.map_or(&[][..], |section| section.data);
    let names = names.split(|&byte| byte == 0).filter(|name| !name.is_empty());
    names.map(|name| String::from_utf8_lossy(name).into_owned()).collect()
}

/// What a function of `rtt-mod`'s runs: the first function of another crate that is inlined into it, or that it calls.
fn application(function: u64, program: &Program, graph: &Graph, source: &Source) -> (String, Option<String>) {
    let range = program.functions[&function].range.clone();
    let inlined = range.step_by(2).find_map(|address| {
        let frames = source.frames(address);
        frames.into_iter().rev().find(|frame| is_of_application(&frame.function))
    });
    if let Some(frame) = inlined {
        return (frame.function, frame.line);
    }
    let calls = graph.nodes.get(&function).into_iter().flat_map(|node| &node.calls);
    let called = calls.filter_map(|call| match &call.to {
        Callee::Function(function) => Some(graph.nodes.get(function)?.name.clone()),
        _ => None,
    });
    let name = called.into_iter().find(|name| is_of_application(name));
    (name.unwrap_or_else(|| graph.nodes[&function].name.clone()), None)
}

fn is_of_application(function: &str) -> bool {
    const OTHERS: [&str; 5] = ["rtt_mod::", "core::", "alloc::", "compiler_builtins::", "__rustc::"];
    let path = function.trim_start_matches(['<', '&']);
    !path.is_empty() && path.contains("::") && !OTHERS.iter().any(|other| path.starts_with(other))
}
