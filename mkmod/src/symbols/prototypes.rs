//! The prototypes of the exported functions, from the kernel's debug information.
//!
//! A function can be told several times: each unit that calls it has a declaration, and its own unit the definition. What
//! is known best counts ([`Source`]).

use super::{Declaration, dwarf};
use crate::elf::ElfFile;
use crate::prototype::Prototype;
use gimli::constants::{self as dw, DwAt};
use gimli::{AttributeValue, DebuggingInformationEntry, Dwarf, EndianSlice, LittleEndian, Unit};
use std::collections::{BTreeMap, HashMap};
use std::path::{Component, Path, PathBuf};

type Reader<'d> = EndianSlice<'d, LittleEndian>;

/// How many names for one type may follow each other, and how many origins for one function.
const CHAIN: usize = 64;

/// The address of an exported function has the Thumb bit.
const THUMB: u64 = 1;

/// Where a prototype comes from, the best last.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Source {
    /// A function of another name at the same address: an alias, or code that the compiler has merged.
    Address,
    /// A declaration, as in a header.
    Declaration,
    /// A definition.
    Definition,
    /// The definition that is exported.
    Exported,
}

/// The prototypes of the functions among `exports`, as far as the ELF file tells.
pub fn of_exports(file: &ElfFile<'_>, exports: &BTreeMap<String, u64>) -> BTreeMap<String, Declaration> {
    let Some(sections) = dwarf::sections(file) else { return BTreeMap::new() };
    let mut dwarf = sections.borrow(|section| EndianSlice::new(section, LittleEndian));
    dwarf.populate_abbreviations_cache(gimli::AbbreviationsCacheStrategy::Duplicates);
    let mut search = Search::new(exports);
    for function in Units::new(&dwarf).functions() {
        search.consider(&function);
    }
    search.finish()
}

/// The exports, and what is known of them.
struct Search<'e> {
    exports: &'e BTreeMap<String, u64>,
    by_name: HashMap<&'e [u8], &'e str>,
    by_address: HashMap<u64, Vec<&'e str>>,
    found: HashMap<&'e str, (Source, Declaration)>,
}

impl<'e> Search<'e> {
    fn new(exports: &'e BTreeMap<String, u64>) -> Self {
        let mut by_address = HashMap::<_, Vec<_>>::new();
        for (name, address) in exports {
            by_address.entry(address & !THUMB).or_default().push(name.as_str());
        }
        let by_name = exports.keys().map(|name| (name.as_bytes(), name.as_str())).collect();
        Self { exports, by_name, by_address, found: HashMap::new() }
    }

    fn consider(&mut self, function: &Entry<'_, '_>) {
        let address = function.address();
        let named = function.symbol().and_then(|name| self.by_name.get(name.slice()).copied());
        if let Some((name, source)) = named.and_then(|name| Some((name, self.source(function, name, address)?))) {
            self.learn(name, source, function);
        }
        let here = address.and_then(|address| self.by_address.get(&address)).cloned().unwrap_or_default();
        for name in here.into_iter().filter(|&name| Some(name) != named) {
            self.learn(name, Source::Address, function);
        }
    }

    /// `None`: a function of the same name that is another unit's own.
    fn source(&self, function: &Entry<'_, '_>, name: &str, address: Option<u64>) -> Option<Source> {
        let has = |attribute| function.die.has_attr(attribute);
        if address.is_some() && address == self.exports.get(name).map(|export| export & !THUMB) {
            Some(Source::Exported)
        } else if !has(dw::DW_AT_external) {
            None
        } else if has(dw::DW_AT_declaration) {
            Some(Source::Declaration)
        } else {
            // A part or a copy of the function, which the compiler has made, may have lost arguments.
            (!has(dw::DW_AT_abstract_origin)).then_some(Source::Definition)
        }
    }

    fn learn(&mut self, name: &'e str, source: Source, function: &Entry<'_, '_>) {
        let is_better = self.found.get(name).is_none_or(|(known, _)| *known < source);
        if let Some(prototype) = is_better.then(|| function.prototype()).flatten() {
            self.found.insert(name, (source, Declaration { prototype, source: function.place() }));
        }
    }

    fn finish(self) -> BTreeMap<String, Declaration> {
        self.found.into_iter().map(|(name, (_, declaration))| (name.to_owned(), declaration)).collect()
    }
}

/// All units, since entries refer to each other across them.
struct Units<'u, 'd> {
    dwarf: &'u Dwarf<Reader<'d>>,
    units: Vec<Unit<Reader<'d>>>,
}

impl<'u, 'd> Units<'u, 'd> {
    fn new(dwarf: &'u Dwarf<Reader<'d>>) -> Self {
        let mut headers = dwarf.units();
        let mut units = vec![];
        while let Ok(Some(header)) = headers.next() {
            units.extend(dwarf.unit(header));
        }
        Self { dwarf, units }
    }

    /// All functions that are not part of something else.
    fn functions(&self) -> impl Iterator<Item = Entry<'_, 'd>> {
        self.units.iter().flat_map(|unit| self.functions_of(unit).unwrap_or_default())
    }

    fn functions_of<'s>(&'s self, unit: &'s Unit<Reader<'d>>) -> gimli::Result<Vec<Entry<'s, 'd>>> {
        let mut functions = vec![];
        let mut entries = unit.entries();
        // The unit's own entry, then the first in it.
        entries.next_dfs()?;
        entries.next_dfs()?;
        while let Some(die) = entries.current() {
            if die.tag() == dw::DW_TAG_subprogram {
                functions.push(Entry { units: self, unit, die: die.clone() });
            }
            entries.next_sibling()?;
        }
        Ok(functions)
    }
}

/// An entry of the debug information.
struct Entry<'u, 'd> {
    units: &'u Units<'u, 'd>,
    unit: &'u Unit<Reader<'d>>,
    die: DebuggingInformationEntry<Reader<'d>>,
}

impl<'u, 'd> Entry<'u, 'd> {
    /// The name that the linker knows a function as.
    fn symbol(&self) -> Option<Reader<'d>> {
        let string =
            |attribute| self.inherited(|it| it.units.dwarf.attr_string(it.unit, it.die.attr_value(attribute)?).ok());
        string(dw::DW_AT_linkage_name).or_else(|| string(dw::DW_AT_name))
    }

    /// Where a function's code is.
    fn address(&self) -> Option<u64> {
        let value = self.die.attr_value(dw::DW_AT_low_pc)?;
        self.units.dwarf.attr_address(self.unit, value).ok().flatten()
    }

    /// `None`: a declaration that does not say what the function takes, as in C before its standard.
    fn prototype(&self) -> Option<Prototype> {
        let result = match self.inherited(|it| it.target(dw::DW_AT_type)) {
            Some(result) => result.size()?,
            None => 0,
        };
        let (arguments, variadic) = self.parameters()?;
        let is_told = !arguments.is_empty()
            || !self.die.has_attr(dw::DW_AT_declaration)
            || self.die.has_attr(dw::DW_AT_prototyped)
            || !self.is_c();
        is_told.then_some(Prototype { result, arguments, variadic })
    }

    /// The size of each argument, and whether more may follow.
    fn parameters(&self) -> Option<(Vec<u8>, bool)> {
        let (mut arguments, mut variadic) = (vec![], false);
        let mut tree = self.unit.entries_tree(Some(self.die.offset())).ok()?;
        let mut children = tree.root().ok()?.children();
        while let Some(child) = children.next().ok()? {
            match child.entry().tag() {
                dw::DW_TAG_formal_parameter => {
                    let parameter = Entry { die: child.entry().clone(), ..*self };
                    arguments.push(parameter.inherited(|it| it.target(dw::DW_AT_type))?.size()?);
                }
                dw::DW_TAG_unspecified_parameters => variadic = true,
                _ => {}
            }
        }
        Some((arguments, variadic))
    }

    /// The size of a type. `None`: it is not told.
    fn size(self) -> Option<u8> {
        let pointer = Prototype::size(self.unit.encoding().address_size.into());
        let mut of = self;
        for _ in 0..CHAIN {
            let told = of.die.attr_value(dw::DW_AT_byte_size).and_then(|size| size.udata_value());
            if let Some(bytes) = told {
                return Some(Prototype::size(bytes));
            }
            of = match (of.die.tag(), of.target(dw::DW_AT_type)) {
                (
                    dw::DW_TAG_pointer_type
                    | dw::DW_TAG_reference_type
                    | dw::DW_TAG_rvalue_reference_type
                    // As an argument, a pointer to it.
                    | dw::DW_TAG_array_type
                    | dw::DW_TAG_subroutine_type,
                    _,
                ) => return Some(pointer),
                (dw::DW_TAG_structure_type | dw::DW_TAG_union_type | dw::DW_TAG_class_type, _) => return None,
                (_, Some(named)) => named,
                // Another name for `void`.
                (dw::DW_TAG_typedef | dw::DW_TAG_const_type | dw::DW_TAG_volatile_type, None) => return Some(0),
                (_, None) => return None,
            };
        }
        None
    }

    /// `include/rtthread.h:145`: the file with its folder, which is the same on every machine.
    fn place(&self) -> Option<String> {
        let (path, line) = self.inherited(|it| {
            let line = it.die.attr_value(dw::DW_AT_decl_line)?.udata_value()?;
            Some((it.file()?, line))
        })?;
        let parts: Vec<_> = path.components().filter(|part| matches!(part, Component::Normal(_))).collect();
        let end: PathBuf = parts[parts.len().saturating_sub(2)..].iter().collect();
        Some(format!("{}:{line}", end.display()))
    }

    fn file(&self) -> Option<PathBuf> {
        let index = match self.die.attr_value(dw::DW_AT_decl_file)? {
            AttributeValue::FileIndex(index) => index,
            value => value.udata_value()?,
        };
        let header = self.unit.line_program.as_ref()?.header();
        let file = header.file(index)?;
        let text = |value| Some(self.units.dwarf.attr_string(self.unit, value).ok()?.to_string_lossy().into_owned());
        let folder = file.directory(header).and_then(text).unwrap_or_default();
        Some(Path::new(&folder).join(text(file.path_name())?))
    }

    fn is_c(&self) -> bool {
        let root = self.unit.entry(self.unit.root_offset());
        let language = root.ok().and_then(|root| root.attr_value(dw::DW_AT_language));
        let is_c = |language| matches!(language, dw::DW_LANG_C89 | dw::DW_LANG_C | dw::DW_LANG_C99 | dw::DW_LANG_C11);
        language.is_none_or(|language| matches!(language, AttributeValue::Language(it) if is_c(it)))
    }

    /// What `get` says of the entry, or of the one that it completes.
    fn inherited<T>(&self, get: impl Fn(&Self) -> Option<T>) -> Option<T> {
        if let Some(own) = get(self) {
            return Some(own);
        }
        let origin = |it: &Self| it.target(dw::DW_AT_abstract_origin).or_else(|| it.target(dw::DW_AT_specification));
        let mut next = origin(self);
        for _ in 0..CHAIN {
            let entry = next?;
            if let Some(found) = get(&entry) {
                return Some(found);
            }
            next = origin(&entry);
        }
        None
    }

    /// The entry that an attribute refers to.
    fn target(&self, attribute: DwAt) -> Option<Self> {
        let (unit, offset) = match self.die.attr_value(attribute)? {
            AttributeValue::UnitRef(offset) => (self.unit, offset),
            AttributeValue::DebugInfoRef(offset) => {
                self.units.units.iter().find_map(|unit| Some((unit, offset.to_unit_offset(&unit.header)?)))?
            }
            _ => return None,
        };
        Some(Entry { units: self.units, unit, die: unit.entry(offset).ok()? })
    }
}
