//! The program that a module is made from, as far as its stacks are concerned.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::body::{Source, Surroundings};
use super::decode::Code;
use super::kind::Kind;
use crate::elf::{self, ElfError, ElfFile, Relocation, SymbolKind};
use crate::link::usage::Usage;
use crate::machine::Machine;

/// The loaded part of a program.
#[derive(Debug, Default)]
pub struct Program {
    /// Its functions, by where they begin.
    pub functions: BTreeMap<u64, Function>,
    /// Words in constants and variables that have the address of a function.
    pub pointers: Vec<Pointer>,
    /// Functions of which code takes the address, by the function that does.
    pub taken: BTreeMap<u64, BTreeSet<u64>>,
    /// Functions that the kernel calls, by what they are for.
    pub kinds: BTreeMap<Kind, BTreeSet<u64>>,
    /// The size of an address in bytes.
    pub word: u64,
    sections: Vec<Section>,
    /// Functions of the kernel's that the program knows by their addresses alone, by their names: see [`Program::read_addresses`].
    outside: BTreeMap<String, u64>,
    /// Words into which the loader writes such an address.
    slots: BTreeMap<u64, u64>,
    /// Where code and data begin within sections of code.
    marks: BTreeMap<u64, Mark>,
}

/// A function.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Function {
    /// Its symbol; where there are several at one place, the first by name.
    pub name: String,
    /// Its addresses.
    pub range: Range<u64>,
    /// Whether it only goes on in the kernel.
    pub is_import: bool,
}

/// A word that has the address of a function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pointer {
    /// How far it is from the beginning of the constant or variable that it is in.
    pub slot: u64,
    /// Where that begins.
    pub object: u64,
    /// The function.
    pub function: u64,
}

/// How far the places behind the image are apart.
const OUTSIDE_BYTES: u64 = 16;

#[derive(Debug)]
struct Section {
    range: Range<u64>,
    bytes: Vec<u8>,
    /// Whether nothing ever changes it. Constants with addresses are only writable for the loader.
    is_constant: bool,
    word: usize,
}

/// What a mapping symbol says of what follows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mark {
    Code(Code),
    Data,
}

impl Program {
    /// Reads an ELF file with its symbols, linked with `--emit-relocs`. `imports` are the names of what is the kernel's.
    ///
    /// # Errors
    ///
    /// When the file can't be parsed.
    pub fn read(file: &ElfFile<'_>, imports: &BTreeSet<&str>) -> Result<Self, ElfError> {
        let Some(machine) = Machine::of(file) else { return Ok(Self::default()) };
        let mut program = Self { word: machine.word().into(), ..Self::default() };
        for section in file.sections().filter(|section| section.is_loaded()) {
            program.sections.push(Section {
                range: section.range(),
                bytes: section.data.to_owned(),
                is_constant: section.is_constant(),
                word: machine.word() as usize,
            });
        }
        program.read_symbols(file, machine, imports)?;
        program.read_addresses(file, imports)?;
        program.kinds = Kind::functions(file, program.functions.keys().copied());
        program.read_references(file, machine)?;
        Ok(program)
    }

    fn read_symbols(&mut self, file: &ElfFile<'_>, machine: Machine, imports: &BTreeSet<&str>) -> Result<(), ElfError> {
        let in_code = |section| file.section(section).is_some_and(|section| section.is_loaded() && section.is_code());
        for symbol in file.symbols().filter(|symbol| symbol.section().is_some_and(in_code)) {
            let (name, address) = (symbol.name()?, symbol.address());
            if let Some(mark) = Mark::of(name, machine) {
                self.marks.insert(address, mark);
            } else if symbol.is_function() {
                let start = address & !u64::from(machine == Machine::Arm);
                let range = start..start.saturating_add(symbol.size());
                let function = Function { name: name.to_owned(), range, is_import: imports.contains(name) };
                let known = self.functions.entry(start).or_insert_with(|| function.clone());
                if known.range.is_empty() || function.name < known.name && !function.range.is_empty() {
                    *known = function;
                }
            }
        }
        self.end_functions();
        Ok(())
    }

    /// A function that is called several times is called through a register, with the address from a word that the loader
    /// relocates. If all calls are such, the function has no thunk. Then it gets a place behind the image.
    fn read_addresses(&mut self, file: &ElfFile<'_>, imports: &BTreeSet<&str>) -> Result<(), ElfError> {
        let end = self.sections.iter().map(|section| section.range.end).max().unwrap_or_default();
        let mut next = end.next_multiple_of(OUTSIDE_BYTES);
        for relocation in file.dynamic_relocations() {
            let relocation = relocation?;
            let Some(symbol) = relocation.symbol.filter(elf::Symbol::is_undefined) else { continue };
            let name = symbol.name()?;
            if !imports.contains(name) {
                continue;
            }
            let start = *self.outside.entry(name.to_owned()).or_insert(next);
            let function = Function { name: name.to_owned(), range: start..start + OUTSIDE_BYTES, is_import: true };
            self.functions.insert(start, function);
            self.slots.insert(relocation.place, start);
            next = next.max(start + OUTSIDE_BYTES);
        }
        Ok(())
    }

    /// Functions in assembly language may have no size: they go as far as the next.
    fn end_functions(&mut self) {
        let starts: Vec<u64> = self.functions.keys().copied().collect();
        for (index, start) in starts.iter().enumerate() {
            let section = self.sections.iter().find(|section| section.range.contains(start));
            let end = section.map_or(*start, |section| section.range.end);
            let end = starts.get(index + 1).map_or(end, |next| (*next).min(end));
            if let Some(function) = self.functions.get_mut(start).filter(|function| function.range.is_empty()) {
                function.range.end = end;
            }
        }
    }

    fn read_references(&mut self, file: &ElfFile<'_>, machine: Machine) -> Result<(), ElfError> {
        let in_memory = |section| file.section(section).is_some_and(elf::Section::is_loaded);
        let objects: BTreeMap<u64, u64> = file
            .symbols()
            .filter(|symbol| symbol.section().is_some_and(in_memory))
            .filter(|symbol| symbol.kind() == SymbolKind::Variable && symbol.size() > 0)
            .map(|symbol| (symbol.range().start, symbol.range().end))
            .collect();
        for section in file.sections().filter(|section| section.is_loaded()) {
            for relocation in file.relocations(section) {
                let relocation = relocation?;
                let place = relocation.place;
                let Some(function) = self.referred(machine, &relocation) else { continue };
                if section.is_code() {
                    let taker = self.function_at(place).unwrap_or(place);
                    self.taken.entry(taker).or_default().insert(function);
                } else {
                    let object = objects.range(..=place).next_back().filter(|(_, end)| place < **end);
                    let object = object.map_or(place, |(start, _)| *start);
                    self.pointers.push(Pointer { slot: place - object, object, function });
                }
            }
        }
        Ok(())
    }

    /// The function of which a place has the address, or the distance to it.
    fn referred(&self, machine: Machine, relocation: &Relocation<'_>) -> Option<u64> {
        let symbol = relocation.symbol?;
        let address = match Usage::of(machine, relocation.kind) {
            Usage::Branch | Usage::Nothing | Usage::ThreadLocal => None,
            _ if symbol.is_undefined() => return self.outside.get(symbol.name().ok()?).copied(),
            Usage::Address => self.word(relocation.place),
            _ => symbol.is_function().then(|| symbol.address()),
        };
        self.function_with_pointer(address?)
    }

    /// The function that an instruction, or a word between instructions, belongs to.
    pub fn function_at(&self, address: u64) -> Option<u64> {
        let (start, function) = self.functions.range(..=address).next_back()?;
        function.range.contains(&address).then_some(*start)
    }

    /// The function that a pointer points to.
    pub fn function_with_pointer(&self, pointer: u64) -> Option<u64> {
        let start = pointer & !1;
        let function = self.functions.get(&start)?;
        let is_thumb = self.code_at(start) == Code::Thumb;
        (pointer & 1 == u64::from(is_thumb) && !function.range.is_empty()).then_some(start)
    }

    /// The code of a function.
    pub fn source(&self, function: &Function) -> Option<Source<'_>> {
        let range = function.range.clone();
        let section = self.sections.iter().find(|section| section.range.contains(&range.start))?;
        let start = (range.start - section.range.start) as usize;
        let end = ((range.end - section.range.start) as usize).min(section.bytes.len());
        let code = self.code_at(range.start);
        Some(Source { code, data: self.data_in(&range), bytes: section.bytes.get(start..end)?, range })
    }

    /// The instruction set of the code at an address.
    pub fn code_at(&self, address: u64) -> Code {
        match self.marks.range(..=address).next_back() {
            Some((_, Mark::Code(code))) => *code,
            // Arm's code is always marked.
            _ if self.word == 4 => Code::Riscv32,
            _ => Code::Riscv64,
        }
    }

    fn data_in(&self, range: &Range<u64>) -> Vec<Range<u64>> {
        let inside = self.marks.range(range.clone());
        let ends = self.marks.range(range.clone()).skip(1).map(|(end, _)| *end).chain([range.end]);
        inside.zip(ends).filter(|((_, mark), _)| **mark == Mark::Data).map(|((start, _), end)| *start..end).collect()
    }

    /// The word at an address of the image.
    fn word(&self, address: u64) -> Option<u64> {
        self.sections.iter().find(|section| section.range.contains(&address))?.word_at(address)
    }
}

impl Section {
    fn word_at(&self, address: u64) -> Option<u64> {
        let start = (address - self.range.start) as usize;
        let word = self.bytes.get(start..)?.get(..self.word)?;
        Some(word.iter().rev().fold(0, |word, &byte| word << 8 | u64::from(byte)))
    }
}

/// What never changes of a program, and which of its functions return, as far as that is known.
#[derive(Clone, Copy, Debug)]
pub struct Known<'a> {
    /// The program.
    pub program: &'a Program,
    /// The functions of which a way back was found.
    pub returning: &'a BTreeSet<u64>,
}

impl Surroundings for Known<'_> {
    fn returns(&self, function: u64) -> bool {
        self.returning.contains(&function) || !self.program.functions.contains_key(&function)
    }

    fn constant(&self, address: u64) -> Option<u64> {
        let section = self.program.sections.iter().find(|section| section.range.contains(&address))?;
        let slot = || self.program.slots.get(&address).copied();
        section.is_constant.then(|| slot().or_else(|| section.word_at(address))).flatten()
    }
}

impl Mark {
    /// Mapping symbols of the ABIs: `$t`, `$a`, `$d`, `$x`, with or without a suffix.
    fn of(name: &str, machine: Machine) -> Option<Self> {
        let kind = name.strip_prefix('$')?.split('.').next()?;
        match (kind, machine) {
            ("t", Machine::Arm) => Some(Self::Code(Code::Thumb)),
            ("a", Machine::Arm) => Some(Self::Code(Code::Arm)),
            ("d", _) => Some(Self::Data),
            (kind, Machine::Riscv32) if kind.starts_with('x') => Some(Self::Code(Code::Riscv32)),
            (kind, Machine::Riscv64) if kind.starts_with('x') => Some(Self::Code(Code::Riscv64)),
            _ => None,
        }
    }
}
