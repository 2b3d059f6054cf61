//! The second link's ELF, read into a [`Module`].

use std::collections::BTreeSet;

use super::diagnostic::{self, Diagnostic};
use super::error::LinkError;
use super::first_pass::FirstPass;
use super::isa::{Isa, Thunks};
use super::map::LinkMap;
use super::module::{Export, ExportKind, Image, Import, Module, Relocation, RelocationKind};
use super::script;
use super::thunks;
use crate::elf::{ElfError, ElfFile, Section, Symbol};
use crate::machine::Machine;
use format::{Binding, Code, diagnostic::ALIGNMENT_MAX, elf, symbol};

/// Called by the loader before and after everything else, where a module has them.
const HOOKS: [&str; 2] = ["module_init", "module_cleanup"];

/// Makes a module from the ELF of the second link.
///
/// # Errors
///
/// When the ELF can't be parsed, or has something in it that the loader can't do.
pub fn read(elf: &[u8], map: &LinkMap, first_pass: &FirstPass, isa: Isa) -> Result<Module, LinkError> {
    let malformed = |source| LinkError::Malformed { what: "the linked program".into(), source };
    let file = ElfFile::parse(elf).map_err(malformed)?;
    let mut reader = Reader { file: &file, machine: isa.machine(), map, diagnostics: Vec::new() };
    let module = reader.module(first_pass, isa).map_err(malformed)?;
    if reader.diagnostics.is_empty() { Ok(module) } else { Err(LinkError::Refused(reader.diagnostics)) }
}

struct Reader<'a, 'data> {
    file: &'a ElfFile<'data>,
    machine: Machine,
    map: &'a LinkMap,
    diagnostics: Vec<Diagnostic>,
}

/// A relocation that still names its import.
struct Named<'data> {
    place: u64,
    kind: u32,
    import: Option<&'data str>,
}

impl<'data> Reader<'_, 'data> {
    fn module(&mut self, first_pass: &FirstPass, isa: Isa) -> Result<Module, ElfError> {
        let mut image = self.image();
        let mut named = self.dynamic_relocations(image.size)?;
        self.name_weak_functions(&first_pass.weak, &mut named, &mut image);
        named.extend(self.thunk_words(&first_pass.functions, isa));
        let imports: BTreeSet<&str> = named.iter().filter_map(|named| named.import).collect();
        let imports: Vec<Import> = imports.into_iter().map(|name| import(name, &first_pass.weak)).collect();
        let relocations: Vec<Relocation> = named.iter().filter_map(|named| self.relocation(named, &imports)).collect();
        Ok(Module {
            machine: self.machine,
            elf_flags: self.file.flags(),
            image,
            entry: self.entry(),
            exports: self.exports(&first_pass.exports),
            imports,
            relocations,
        })
    }

    /// The segment at address 0, and that everything else that the program needs at run time is in it.
    fn image(&mut self) -> Image {
        let segment = self.file.segments().iter().find(|segment| segment.address == 0);
        let (bytes, size) = segment.map_or((&[][..], 0), |segment| (segment.data, segment.size));
        let zeros = bytes.iter().rev().take_while(|&&byte| byte == 0).count();
        let used = (bytes.len() - zeros).next_multiple_of(4).min(bytes.len());
        let mut alignment: u64 = self.machine.word().into();
        let mut code_end = 0;
        for section in self.file.sections().filter(is_loaded) {
            let name = section.name;
            if section.range().end > size && !script::OUTSIDE.contains(&name) {
                let objects = self.map.objects_in(name).into_iter();
                self.diagnostics.extend(objects.map(|object| diagnostic::section(name, object, Code::Unplaced)));
            } else if section.address < size {
                alignment = alignment.max(section.alignment);
                if section.is_code() {
                    code_end = section.range().end.max(code_end);
                }
                let strict = self.map.parts_in(name).filter(|part| part.alignment > ALIGNMENT_MAX.into());
                self.diagnostics.extend(strict.map(|part| {
                    diagnostic::section(name, &part.object, Code::AlignmentTooLarge(part.alignment.into()))
                }));
            }
        }
        Image { bytes: bytes[..used].to_vec(), gaps: Vec::new(), code_end, size, alignment }
    }

    fn dynamic_relocations(&mut self, image_size: u64) -> Result<Vec<Named<'data>>, ElfError> {
        let mut named = Vec::new();
        for relocation in self.file.dynamic_relocations() {
            let relocation = relocation?;
            let import = relocation.symbol.map(|symbol| symbol.name()).transpose()?;
            let found = Named { place: relocation.place, kind: relocation.kind, import };
            if found.place < image_size {
                named.push(found);
            } else {
                self.loader_cannot(&found);
            }
        }
        Ok(named)
    }

    /// The address of a function is that of its thunk, which is never null. Of a weak one it is what the kernel has: a word with
    /// the address of the thunk gets that in place.
    fn name_weak_functions(&self, weak: &'data BTreeSet<String>, named: &mut [Named<'data>], image: &mut Image) {
        let address = |name: &'data String| Some((self.defined(name)?.address(), name.as_str()));
        let thunks: Vec<(u64, &str)> = weak.iter().filter_map(address).collect();
        for relocation in named.iter_mut().filter(|relocation| relocation.import.is_none()) {
            let word = image.double_word(relocation.place) & (u64::MAX >> (64 - 8 * self.machine.word()));
            if let Some((_, name)) = thunks.iter().find(|(address, _)| *address == word) {
                relocation.import = Some(name);
                relocation.kind = self.machine.address_relocation();
                image.clear_word(relocation.place, self.machine);
            }
        }
    }

    /// A relocation for the word of each thunk.
    fn thunk_words(&self, functions: &'data BTreeSet<String>, isa: Isa) -> Vec<Named<'data>> {
        let thunks = Thunks::new(isa, functions.len());
        let word = |(index, name): (u64, &'data String)| {
            let entry = self.defined(name)?.address() - isa.function_bit();
            let place = entry - thunks.entry(index) + thunks.word(index);
            Some(Named { place, kind: self.machine.address_relocation(), import: Some(name.as_str()) })
        };
        (0..).zip(functions).filter_map(word).collect()
    }

    fn relocation(&mut self, named: &Named<'_>, imports: &[Import]) -> Option<Relocation> {
        let import =
            named.import.and_then(|name| imports.binary_search_by(|import| import.name.as_str().cmp(name)).ok());
        let kind = match (self.machine, named.kind, import) {
            (Machine::Arm, elf::R_ARM_RELATIVE, _)
            | (Machine::Riscv32 | Machine::Riscv64, elf::R_RISCV_RELATIVE, _) => RelocationKind::Relative,
            (machine, kind, Some(import)) if kind == machine.address_relocation() => RelocationKind::Absolute(import),
            (Machine::Arm, elf::R_ARM_GLOB_DAT | elf::R_ARM_JUMP_SLOT, Some(import)) => {
                RelocationKind::GlobalData(import)
            }
            _ => {
                self.loader_cannot(named);
                return None;
            }
        };
        let place = named.place;
        Some(Relocation { kind, place })
    }

    fn loader_cannot(&mut self, named: &Named<'_>) {
        let (relocation, symbol) = (self.machine.relocation_name(named.kind), named.import.unwrap_or_default());
        self.diagnostics.push(diagnostic::relocation(&relocation, symbol, named.place));
    }

    fn entry(&self) -> u64 {
        ["main", thunks::NO_MAIN].iter().find_map(|name| self.defined(name)).map_or(0, |symbol| symbol.address())
    }

    fn exports(&mut self, marked: &BTreeSet<String>) -> Vec<Export> {
        let hooks = HOOKS.iter().map(|&name| name.to_owned());
        let mut exports: Vec<Export> = hooks.filter_map(|name| self.export(&name)).collect();
        for name in marked.iter().filter(|name| !HOOKS.contains(&name.as_str())) {
            match self.export(name) {
                Some(export) => exports.push(export),
                None => self.diagnostics.push(diagnostic::symbol(name, Code::MissingExport)),
            }
        }
        exports.extend(self.functions(script::CONSTRUCTORS, symbol::CONSTRUCTORS));
        exports.extend(self.functions(script::DESTRUCTORS, symbol::DESTRUCTORS));
        exports
    }

    /// The functions whose addresses a section has.
    fn functions(&self, section: &str, name: &str) -> Option<Export> {
        let section = self.file.sections().find(|it| it.name == section && it.size > 0)?;
        Some(Export { kind: ExportKind::Data, name: name.into(), address: section.address, size: section.size })
    }

    fn export(&self, name: &str) -> Option<Export> {
        let symbol = self.defined(name)?;
        let kind = ExportKind::Function;
        Some(Export { kind, name: name.to_owned(), address: symbol.address(), size: symbol.size() })
    }

    fn defined(&self, name: &str) -> Option<Symbol<'data>> {
        self.file.symbols().find(|symbol| symbol.is_named(name) && !symbol.is_undefined())
    }
}

fn import(name: &str, weak: &BTreeSet<String>) -> Import {
    let binding = if weak.contains(name) { Binding::WEAK } else { Binding::GLOBAL };
    Import { name: name.to_owned(), binding }
}

fn is_loaded(section: &&Section<'_>) -> bool {
    section.is_allocated() && section.size > 0
}
