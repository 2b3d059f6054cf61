//! `mkmod-ld`: links a program with lld, twice, and writes the module.
//!
//! The first link lets anything pass, and is read for what the program wants of the kernel ([`first_pass`]). The second has
//! a thunk for each imported function ([`thunks`]); its result stays as the ELF for the debugger, and is what the `.mo`
//! is made from ([`image`], [`mod@write`]).

pub mod args;
pub mod diagnostic;
pub mod error;
pub mod files;
pub mod first_pass;
pub mod image;
pub mod isa;
mod kernel;
pub mod lld;
mod load_order;
pub mod map;
pub mod module;
mod note;
pub mod objects;
pub mod output;
mod passes;
pub mod relocatable;
pub mod script;
mod stack;
mod stale_outputs;
pub mod symbol_order;
pub mod target;
pub mod thunks;
pub mod usage;
pub mod write;

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use self::args::Invocation;
use self::error::LinkError;
use self::passes::Passes;
use crate::budget;
use crate::check::Subject;
use crate::manifest::{Memheap, Package};
use crate::run;
use crate::size::Files;
use crate::stack::InterruptStack;
use format::note::MEMHEAP_MARKER;

/// Links as `args` say (those of an ld, without the program's name) and returns the exit code.
pub fn run(args: impl IntoIterator<Item = OsString>) -> u8 {
    match Invocation::parse(args).and_then(|invocation| link(&invocation)) {
        Ok(()) => 0,
        Err(error) => {
            report(&error);
            error.exit_code()
        }
    }
}

fn report(error: &LinkError) {
    match error {
        // Which of these are errors, lld has said, or the report.
        LinkError::Lld { messages: text, .. } | LinkError::Check(text) => eprint!("{text}"),
        LinkError::Refused(diagnostics) => {
            diagnostics.iter().for_each(|found| eprintln!("error: {}", diagnostic::with_help(found)));
        }
        error => eprintln!("error: {error}"),
    }
}

/// Links a program and writes its ELF and its module.
///
/// # Errors
///
/// When lld fails, or the result would not load.
pub fn link(invocation: &Invocation) -> Result<(), LinkError> {
    if std::env::var_os(relocatable::ASKED).is_some() {
        return relocatable::link(invocation);
    }
    let elf_path = &invocation.output;
    let passes = Passes::new(invocation)?;
    let package = Package::being_built()?;
    let memheap = package.as_ref().and_then(|package| package.settings.memory.clone());
    let (mut first_pass, target) = passes.first_pass()?;
    if memheap.is_some() {
        first_pass.functions.insert(MEMHEAP_MARKER.to_owned());
    }
    let (mut elf, mut module) = passes.module(&first_pass, target)?;
    let mut note = note::complete(&elf, &module, &first_pass, target, elf_path)?;
    note.memheap = memheap.map(|Memheap(name)| name);
    let interrupt_stack = package.as_ref().map_or(InterruptStack::Usual, |package| package.settings.interrupt_stack());
    stack::resolve(&mut elf, &mut module, &mut note, interrupt_stack)?;
    let written = write::write(&module, &note);
    note::enter_build_id(&mut elf, written.build_id);
    let file_name = format!("{}.mo", note.name);
    if let Some(package) = package {
        kernel::check(Subject { file_name: &file_name, bytes: &written.bytes, unstripped: Some(&elf) }, &package)?;
        // Budgets are those of the program, not of its tests.
        if !run::is_tests(&elf) {
            let files =
                Files { module_name: &file_name, module: &written.bytes, program_name: &note.name, program: &elf };
            budget::check(files, &package.settings, &previous(elf_path, &note.name))?;
        }
    }
    stale_outputs::remove(elf_path, &note.name);
    files::write(elf_path, &elf)?;
    if let Some(program) = output::program(elf_path, &note.name) {
        files::write(&program, &elf)?;
    }
    files::write(&output::copy(elf_path), &written.bytes)?;
    files::write(&output::module(elf_path, &note.name), &written.bytes)
}

/// Where the last build's module may be. Cargo removes some of what is built again.
fn previous(elf: &Path, name: &str) -> [PathBuf; 2] {
    [output::copy(elf), output::module(elf, name)]
}
