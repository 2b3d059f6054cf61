//! The unstripped ELF of a module: who calls what, and where that is in the source.

use super::Use;
use super::branches::{Branch, State, branches, states};
use crate::elf::{ElfFile, Section, Symbol, SymbolKind};
use crate::module::Import;
use crate::prototype::{self, Prototype};
use crate::symbols::dwarf;
use addr2line::{Context, Frame};
use gimli::{DwarfSections, EndianSlice, LittleEndian};
use std::borrow::Cow;
use std::cell::OnceCell;
use std::path::Path;

type Sections<'e> = DwarfSections<Cow<'e, [u8]>>;

/// Crates whose functions stand between the program and the kernel: their callers tell more.
const BETWEEN: [&str; 5] = ["rtt_mod", "core", "alloc", "std", "compiler_builtins"];

/// The unstripped ELF of a module.
pub struct Program<'e> {
    file: ElfFile<'e>,
    sections: Sections<'e>,
    /// Found when someone asks who calls what.
    branches: OnceCell<Vec<Branch>>,
}

impl<'e> Program<'e> {
    /// `None` if the bytes are no ELF file.
    pub fn parse(bytes: &'e [u8]) -> Option<Self> {
        let file = ElfFile::parse(bytes).ok()?;
        let sections = dwarf::sections(&file)?;
        Some(Self { file, sections, branches: OnceCell::new() })
    }

    /// The first eight bytes of the build id.
    pub fn build_id(&self) -> Option<[u8; 8]> {
        self.file.build_id()?.first_chunk().copied()
    }

    /// What the functions that it imports take and return, as they were declared.
    pub fn prototypes(&self) -> Vec<(String, Prototype)> {
        let section = self.file.section_by_name(prototype::SECTION);
        let bytes = section.map_or(&[][..], |section| section.data);
        prototype::records(bytes).collect()
    }

    /// The functions that are ARM code.
    pub fn arm_functions(&self) -> Vec<String> {
        let states = states(&self.file);
        let arm = states.iter().filter(|(_, state)| *state == State::Arm);
        let name = |address| self.function_at(address).unwrap_or_else(|| format!("{address:#x}"));
        let mut names: Vec<_> = arm.map(|(address, _)| name(*address)).collect();
        names.dedup();
        names
    }

    /// Who calls an import, or holds its address. Source files are told from `root` on.
    pub fn users(&self, import: &Import, root: Option<&Path>) -> Vec<Use> {
        let dwarf = self.sections.borrow(|section| EndianSlice::new(section, LittleEndian));
        let context = Context::from_dwarf(dwarf).ok();
        let thunks = self.thunk(&import.name).into_iter();
        let branches = self.branches.get_or_init(|| branches(&self.file));
        let callers = thunks.flat_map(|thunk| branches.iter().filter(move |branch| branch.to == thunk));
        let mut users: Vec<_> = callers.map(|branch| self.user(context.as_ref(), branch.from, root)).collect();
        if users.is_empty() {
            let holders = import.places.iter().filter_map(|&place| self.symbol_at(place.into()));
            let named = holders.filter(|(name, _)| *name != import.name);
            users = named.map(|(name, _)| Use { function: Some(demangled(&name)), source: None }).collect();
        }
        users.dedup();
        users
    }

    /// The address of the thunk that the linker has made for an import: it has the import's name.
    fn thunk(&self, name: &str) -> Option<u64> {
        let symbol = self.file.symbol_by_name(name).filter(Symbol::is_function)?;
        (!symbol.is_undefined()).then(|| symbol.start())
    }

    fn user(&self, context: Option<&Context<EndianSlice<'_, LittleEndian>>>, address: u64, root: Option<&Path>) -> Use {
        let frames = context.map(|context| frames(context, address, root)).unwrap_or_default();
        let is_telling = |place: &&Use| {
            let function = place.function.as_deref().unwrap_or_default();
            let home = function.trim_start_matches('<').split("::").next().unwrap_or_default();
            !BETWEEN.contains(&home)
        };
        let telling = frames.iter().find(is_telling).or(frames.first()).cloned().unwrap_or_default();
        let function = telling.function.or_else(|| self.function_at(address));
        Use { function, source: telling.source }
    }

    fn function_at(&self, address: u64) -> Option<String> {
        self.symbol_at(address).map(|(name, _)| demangled(&name))
    }

    /// The name and address of the function or variable that `address` is in.
    fn symbol_at(&self, address: u64) -> Option<(String, u64)> {
        let is_loaded = |symbol: &Symbol<'_>| {
            let section = symbol.section().and_then(|index| self.file.section(index));
            section.is_some_and(Section::is_allocated)
        };
        let is_named = |symbol: &Symbol<'_>| symbol.is_function() || symbol.kind() == SymbolKind::Variable;
        let mut named = self.file.symbols().filter(is_named).filter(is_loaded);
        let found = named.find(|symbol| symbol.range().contains(&address))?;
        Some((found.name().ok()?.into(), found.start()))
    }
}

/// The function at `address` and those that it is inlined into, innermost first.
fn frames(context: &Context<EndianSlice<'_, LittleEndian>>, address: u64, root: Option<&Path>) -> Vec<Use> {
    let Ok(mut frames) = context.find_frames(address).skip_all_loads() else { return vec![] };
    let mut uses = vec![];
    while let Ok(Some(frame)) = frames.next() {
        uses.push(describe(&frame, root));
    }
    uses
}

fn describe(frame: &Frame<'_, EndianSlice<'_, LittleEndian>>, root: Option<&Path>) -> Use {
    let function = frame.function.as_ref().and_then(|function| function.demangle().ok()).map(|name| shorn(&name));
    let source = frame.location.as_ref().and_then(|location| {
        let file = Path::new(location.file?);
        let file = root.and_then(|root| file.strip_prefix(root).ok()).unwrap_or(file);
        let line = location.line.map(|line| format!(":{line}")).unwrap_or_default();
        Some(format!("{}{line}", file.display()))
    });
    Use { function, source }
}

fn demangled(name: &str) -> String {
    shorn(&format!("{:#}", rustc_demangle::demangle(name)))
}

/// Without the hash that rustc's older names end with.
fn shorn(name: &str) -> String {
    let is_hash = |hash: &str| hash.len() == 17 && hash.starts_with('h');
    match name.rsplit_once("::") {
        Some((path, hash)) if is_hash(hash) => path.into(),
        _ => name.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lose_their_hash() {
        assert_eq!(demangled("_ZN5blink3led17h0123456789abcdefE"), "blink::led");
        assert_eq!(demangled("main"), "main");
    }
}
