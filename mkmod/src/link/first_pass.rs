//! The first pass over a program: its imports and how it uses them, its exports, and what can't be in a module.
//!
//! It reads a static link that lets anything pass and keeps the relocations, after unused sections have gone. What is
//! found here is in the program, and is told by name rather than by lld's refusal of a second link.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::diagnostic::{self, Diagnostic, Functions, Object, Site};
use super::error::LinkError;
use super::map::LinkMap;
use super::script;
use super::usage::Usage;
use crate::elf::{ElfError, ElfFile, Relocation, Section, SymbolKind};
use crate::machine::Machine;
use crate::module::parse_draft;
use format::{Code, note};

/// What the first link tells.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct FirstPass {
    /// Symbols of the kernel that are branched to, in the order of their names: each gets a thunk.
    pub functions: BTreeSet<String>,
    /// Symbols of the kernel of which only the address is used.
    pub addresses: BTreeSet<String>,
    /// Those symbols of the kernel that the program does without.
    pub weak: BTreeSet<String>,
    /// What `#[rtt_mod::export]` has marked.
    pub exports: BTreeSet<String>,
    /// Loaded sections with names of the program's own.
    pub sections: BTreeSet<String>,
    /// Whether the program has a `main`.
    pub has_main: bool,
    /// Whether it is to stay once it is loaded, and begins with an `init` instead.
    pub is_resident: bool,
    /// Why it can't be a module.
    pub diagnostics: Vec<Diagnostic>,
}

/// The section in which `#[rtt_mod::export]` puts names.
const EXPORTS: &str = ".rtt_mod.exports";

/// Sections with functions that other loaders would call.
const UNCALLED: &[&str] = &[".preinit_array", ".ctors", ".dtors"];

impl FirstPass {
    /// Reads the ELF of the first link.
    ///
    /// # Errors
    ///
    /// When it can't be parsed.
    pub fn read(elf: &[u8], map: &LinkMap) -> Result<Self, LinkError> {
        let malformed = |source| LinkError::Malformed { what: "the first link".into(), source };
        let file = ElfFile::parse(elf).map_err(malformed)?;
        let machine = Machine::of(&file).ok_or_else(|| LinkError::Machine(file.machine_name()))?;
        let mut reader = Reader::new(&file, machine, map);
        reader.read().map_err(malformed)?;
        Ok(reader.finish())
    }
}

struct Reader<'a, 'data> {
    file: &'a ElfFile<'data>,
    machine: Machine,
    map: &'a LinkMap,
    names: Names,
    /// Functions with fixed addresses in them, by object.
    fixed: BTreeMap<Object, Vec<String>>,
    found: FirstPass,
}

impl<'a, 'data> Reader<'a, 'data> {
    fn new(file: &'a ElfFile<'data>, machine: Machine, map: &'a LinkMap) -> Self {
        Self { file, machine, map, names: Names::new(file), fixed: BTreeMap::new(), found: FirstPass::default() }
    }

    fn read(&mut self) -> Result<(), ElfError> {
        for section in self.file.sections() {
            self.section(section)?;
        }
        self.symbols()
    }

    fn section(&mut self, section: &Section<'_>) -> Result<(), ElfError> {
        let name = section.name;
        if name == EXPORTS {
            self.found.exports = names(section.data);
        }
        if name == note::DRAFT {
            let draft = parse_draft(section.data);
            self.found.is_resident = draft.is_some_and(|note| note.resident);
        }
        if !section.is_allocated() {
            return Ok(());
        }
        if section.size > 0 && !script::places(name) {
            self.found.sections.insert(name.into());
        }
        if UNCALLED.contains(&name) && section.size > 0 {
            let objects = self.map.objects_in(name).into_iter();
            self.found.diagnostics.extend(objects.map(|object| diagnostic::section(name, object, Code::Constructors)));
        }
        if section.is_thread_local() {
            let objects = self.map.objects_in(name).into_iter();
            self.found.diagnostics.extend(objects.map(|object| diagnostic::thread_local(&object.into())));
        }
        for relocation in self.file.relocations(section) {
            self.relocation(section, &relocation?)?;
        }
        Ok(())
    }

    fn relocation(&mut self, section: &Section<'_>, relocation: &Relocation<'_>) -> Result<(), ElfError> {
        let Relocation { place, kind, symbol: Some(symbol) } = *relocation else {
            return Ok(());
        };
        let imported = symbol.is_undefined() && !symbol.name()?.is_empty();
        let name = || symbol.name().map(str::to_owned);
        match Usage::of(self.machine, kind) {
            Usage::Branch if imported => drop(self.found.functions.insert(name()?)),
            Usage::Address | Usage::GlobalOffset if imported => {
                self.found.addresses.insert(name()?);
            }
            Usage::Distance if imported => {
                let found = diagnostic::distance_to_kernel(&self.site(section, place), &name()?);
                self.found.diagnostics.push(found);
            }
            Usage::Fixed if !symbol.is_absolute() => {
                let Site { name, object } = self.site(section, place);
                self.fixed.entry(object.unit()).or_default().push(name);
            }
            Usage::ThreadLocal => {
                let object = self.site(section, place).object;
                self.found.diagnostics.push(diagnostic::thread_local(&object));
            }
            Usage::Unknown => {
                let relocation = self.machine.relocation_name(kind);
                let found = diagnostic::unknown_relocation(&self.site(section, place), &relocation, &name()?);
                self.found.diagnostics.push(found);
            }
            _ => {}
        }
        Ok(())
    }

    fn symbols(&mut self) -> Result<(), ElfError> {
        for symbol in self.file.symbols().filter(|symbol| symbol.is_undefined() && symbol.is_weak()) {
            self.found.weak.insert(symbol.name()?.into());
        }
        for symbol in self.file.symbols().filter(|symbol| !symbol.is_undefined()) {
            let name = symbol.name()?;
            self.found.has_main |= name == "main" && symbol.is_global();
            if symbol.kind() == SymbolKind::IndirectFunction {
                self.found.diagnostics.push(diagnostic::symbol(name, Code::Indirect));
            }
        }
        Ok(())
    }

    fn finish(mut self) -> FirstPass {
        let fixed = self.fixed.into_iter().map(|(object, mut functions)| {
            functions.sort();
            functions.dedup();
            diagnostic::not_position_independent(&Functions(functions), &object)
        });
        self.found.diagnostics.extend(fixed);
        self.found.diagnostics.dedup();
        // A thunk serves as the function's address, too.
        let functions = &self.found.functions;
        self.found.addresses.retain(|name| !functions.contains(name));
        self.found
    }

    fn site(&self, section: &Section<'_>, place: u64) -> Site {
        let object = self.map.part_at(section.name, place).map_or("the program", |part| &part.object);
        Site {
            name: self.names.at(section.index, place).unwrap_or_else(|| section.name.to_owned()),
            object: Object(object.to_owned()),
        }
    }
}

/// The names in a section of NUL-terminated strings.
fn names(data: &[u8]) -> BTreeSet<String> {
    data.split(|&byte| byte == 0)
        .filter(|name| !name.is_empty())
        .map(|name| String::from_utf8_lossy(name).into_owned())
        .collect()
}

/// Functions and variables by where they start.
struct Names {
    by_start: BTreeMap<(usize, u64), (u64, String)>,
}

impl Names {
    fn new(file: &ElfFile<'_>) -> Self {
        let by_start = file
            .symbols()
            .filter(|symbol| symbol.size() > 0)
            .filter_map(|symbol| {
                let Range { start, end } = symbol.range();
                Some(((symbol.section()?, start), (end, symbol.name().ok()?.to_owned())))
            })
            .collect();
        Self { by_start }
    }

    fn at(&self, section: usize, address: u64) -> Option<String> {
        let (_, (end, name)) = self.by_start.range((section, 0)..=(section, address)).next_back()?;
        (address < *end).then(|| format!("{:#}", rustc_demangle::demangle(name)))
    }
}
