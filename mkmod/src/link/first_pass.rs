//! The first pass over a program: its imports and how it uses them, its exports, and what can't be in a module.
//!
//! It reads a static link that lets anything pass and keeps the relocations, after unused sections have gone. What is
//! found here is in the program, and is told by name rather than by lld's refusal of a second link.

use std::collections::{BTreeMap, BTreeSet};

use object::elf::{self, RelocationType};
use object::{
    Object as _, ObjectSection as _, ObjectSymbol as _, RelocationFlags, RelocationTarget, SectionFlags, SymbolFlags,
};

use super::diagnostic::{self, Diagnostic, Functions, Object, Site};
use super::error::LinkError;
use super::map::LinkMap;
use super::script;
use super::usage::Usage;
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

/// Sections that a loader with constructors would call.
const CONSTRUCTORS: &[&str] = &[".preinit_array", ".init_array", ".fini_array"];

impl FirstPass {
    /// Reads the ELF of the first link.
    ///
    /// # Errors
    ///
    /// When it can't be parsed.
    pub fn read(elf: &[u8], map: &LinkMap) -> Result<Self, LinkError> {
        let malformed = |source| LinkError::Malformed { what: "the first link".into(), source };
        let file = object::File::parse(elf).map_err(malformed)?;
        let other = || LinkError::Machine(format!("{:?}, {:?}-endian", file.architecture(), file.endianness()));
        let machine = Machine::of(&file).ok_or_else(other)?;
        let mut reader = Reader::new(&file, machine, map);
        reader.read().map_err(malformed)?;
        Ok(reader.finish())
    }
}

struct Reader<'a, 'data> {
    file: &'a object::File<'data>,
    machine: Machine,
    map: &'a LinkMap,
    names: Names,
    /// Functions with fixed addresses in them, by object.
    fixed: BTreeMap<Object, Vec<String>>,
    found: FirstPass,
}

impl<'a, 'data> Reader<'a, 'data> {
    fn new(file: &'a object::File<'data>, machine: Machine, map: &'a LinkMap) -> Self {
        Self { file, machine, map, names: Names::new(file), fixed: BTreeMap::new(), found: FirstPass::default() }
    }

    fn read(&mut self) -> object::read::Result<()> {
        for section in self.file.sections() {
            self.section(&section)?;
        }
        self.symbols()
    }

    fn section(&mut self, section: &object::Section<'data, '_>) -> object::read::Result<()> {
        let name = section.name()?;
        if name == EXPORTS {
            self.found.exports = names(section.data()?);
        }
        if name == note::DRAFT {
            let draft = parse_draft(section.data()?);
            self.found.is_resident = draft.is_some_and(|note| note.resident);
        }
        let flags = match section.flags() {
            SectionFlags::Elf { sh_flags, .. } => sh_flags.0,
            _ => 0,
        };
        if flags & elf::SHF_ALLOC.0 == 0 {
            return Ok(());
        }
        if section.size() > 0 && !script::places(name) {
            self.found.sections.insert(name.into());
        }
        if CONSTRUCTORS.contains(&name) && section.size() > 0 {
            let objects = self.map.objects_in(name).into_iter();
            self.found.diagnostics.extend(objects.map(|object| diagnostic::section(name, object, Code::Constructors)));
        }
        if flags & elf::SHF_TLS.0 != 0 {
            let objects = self.map.objects_in(name).into_iter();
            self.found.diagnostics.extend(objects.map(|object| diagnostic::thread_local(&object.into())));
        }
        for (place, relocation) in section.relocations() {
            self.relocation(section, place, &relocation)?;
        }
        Ok(())
    }

    fn relocation(
        &mut self,
        section: &object::Section<'data, '_>,
        place: u64,
        relocation: &object::Relocation,
    ) -> object::read::Result<()> {
        let RelocationTarget::Symbol(index) = relocation.target() else {
            return Ok(());
        };
        let kind = match relocation.flags() {
            RelocationFlags::Elf { r_type } => r_type,
            _ => RelocationType(0),
        };
        let symbol = self.file.symbol_by_index(index)?;
        let imported = symbol.is_undefined() && !symbol.name()?.is_empty();
        let name = || symbol.name().map(str::to_owned);
        match Usage::of(self.machine, kind) {
            Usage::Branch if imported => drop(self.found.functions.insert(name()?)),
            Usage::Address | Usage::GlobalOffset if imported => {
                self.found.addresses.insert(name()?);
            }
            Usage::Distance if imported => {
                let found = diagnostic::distance_to_kernel(&self.site(section, place)?, &name()?);
                self.found.diagnostics.push(found);
            }
            Usage::Fixed if symbol.section() != object::SymbolSection::Absolute => {
                let Site { name, object } = self.site(section, place)?;
                self.fixed.entry(object.unit()).or_default().push(name);
            }
            Usage::ThreadLocal => {
                let object = self.site(section, place)?.object;
                self.found.diagnostics.push(diagnostic::thread_local(&object));
            }
            Usage::Unknown => {
                let relocation = self.machine.relocation_name(kind);
                let found = diagnostic::unknown_relocation(&self.site(section, place)?, &relocation, &name()?);
                self.found.diagnostics.push(found);
            }
            _ => {}
        }
        Ok(())
    }

    fn symbols(&mut self) -> object::read::Result<()> {
        for symbol in self.file.symbols().filter(|symbol| !symbol.is_undefined()) {
            let name = symbol.name()?;
            self.found.has_main |= name == "main" && symbol.is_global();
            if is_indirect(&symbol) {
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

    fn site(&self, section: &object::Section<'data, '_>, place: u64) -> object::read::Result<Site> {
        let output = section.name()?;
        let object = self.map.part_at(output, place).map_or("the program", |part| &part.object);
        Ok(Site {
            name: self.names.at(section.index().0, place).unwrap_or_else(|| output.to_owned()),
            object: Object(object.to_owned()),
        })
    }
}

fn is_indirect(symbol: &object::Symbol<'_, '_>) -> bool {
    matches!(symbol.flags(), SymbolFlags::Elf { st_info, .. }
        if st_info.st_type() == elf::STT_GNU_IFUNC)
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
    fn new(file: &object::File<'_>) -> Self {
        let by_start = file
            .symbols()
            .filter(|symbol| symbol.size() > 0)
            .filter_map(|symbol| {
                let section = symbol.section_index()?.0;
                let start = match symbol.kind() {
                    object::SymbolKind::Text => symbol.address() & !1,
                    _ => symbol.address(),
                };
                let end = start + symbol.size();
                Some(((section, start), (end, symbol.name().ok()?.to_owned())))
            })
            .collect();
        Self { by_start }
    }

    fn at(&self, section: usize, address: u64) -> Option<String> {
        let (_, (end, name)) = self.by_start.range((section, 0)..=(section, address)).next_back()?;
        (address < *end).then(|| format!("{:#}", rustc_demangle::demangle(name)))
    }
}
