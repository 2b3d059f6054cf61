//! The unstripped ELF of a module: who calls what, and where that is in the source.

use super::Use;
use crate::module::Import;
use crate::prototype::{self, Prototype};
use crate::symbols::dwarf;
use addr2line::{Context, Frame};
use gimli::{DwarfSections, EndianSlice, LittleEndian};
use object::elf::SHF_ALLOC;
use object::{File, Object, ObjectSection, ObjectSymbol, SectionFlags, SectionKind, SymbolKind};
use std::borrow::Cow;
use std::cell::OnceCell;
use std::path::Path;

type Sections<'e> = DwarfSections<Cow<'e, [u8]>>;

/// Crates whose functions stand between the program and the kernel: their callers tell more.
const BETWEEN: [&str; 5] = ["rtt_mod", "core", "alloc", "std", "compiler_builtins"];

/// The unstripped ELF of a module.
pub struct Program<'e> {
    file: File<'e>,
    sections: Sections<'e>,
    /// Found when someone asks who calls what.
    branches: OnceCell<Vec<Branch>>,
}

/// A call or jump.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Branch {
    from: u64,
    to: u64,
}

/// What the bytes from an address on are: the ARM ABI's mapping symbols `$a`, `$t` and `$d`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Arm,
    Thumb,
    Data,
}

impl<'e> Program<'e> {
    /// `None` if the bytes are no ELF file.
    pub fn parse(bytes: &'e [u8]) -> Option<Self> {
        let file = File::parse(bytes).ok()?;
        let sections = dwarf::sections(&file)?;
        Some(Self { file, sections, branches: OnceCell::new() })
    }

    /// The first eight bytes of the build id.
    pub fn build_id(&self) -> Option<[u8; 8]> {
        self.file.build_id().ok()??.first_chunk().copied()
    }

    /// What the functions that it imports take and return, as they were declared.
    pub fn prototypes(&self) -> Vec<(String, Prototype)> {
        let section = self.file.section_by_name(prototype::SECTION);
        let bytes = section.and_then(|section| section.data().ok()).unwrap_or_default();
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
        let thunks = import.places.iter().filter_map(|&place| self.thunk(&import.name, place.into()));
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

    /// The address of the thunk that has its word at `place`: it has the import's name.
    fn thunk(&self, name: &str, place: u64) -> Option<u64> {
        self.symbol_at(place).filter(|(found, _)| found == name).map(|(_, address)| address)
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
        let is_loaded = |symbol: &object::Symbol<'_, '_>| {
            let section = symbol.section_index().and_then(|index| self.file.section_by_index(index).ok());
            let flags = section.map(|section| section.flags());
            matches!(flags, Some(SectionFlags::Elf { sh_flags, .. }) if sh_flags.contains(SHF_ALLOC))
        };
        let named = self.file.symbols().filter(|symbol| matches!(symbol.kind(), SymbolKind::Text | SymbolKind::Data));
        let named = named.filter(is_loaded);
        let found = named
            .map(|symbol| (symbol.address() & !u64::from(symbol.kind() == SymbolKind::Text), symbol))
            .find(|(start, symbol)| (*start..start + symbol.size()).contains(&address));
        found.and_then(|(start, symbol)| Some((symbol.name().ok()?.into(), start)))
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

/// Where the code changes its state, in the order of the addresses.
fn states(file: &File<'_>) -> Vec<(u64, State)> {
    let mut states: Vec<_> = file
        .symbols()
        .filter_map(|symbol| {
            let section = file.section_by_index(symbol.section_index()?).ok()?;
            let state = match symbol.name().ok()?.split('.').next()? {
                "$a" => State::Arm,
                "$t" => State::Thumb,
                "$d" => State::Data,
                _ => return None,
            };
            (section.kind() == SectionKind::Text).then_some((symbol.address(), state))
        })
        .collect();
    states.sort_by_key(|(address, _)| *address);
    states.dedup();
    states
}

/// All direct branches in the code.
fn branches(file: &File<'_>) -> Vec<Branch> {
    let states = states(file);
    let mut found = vec![];
    for section in file.sections().filter(|section| section.kind() == SectionKind::Text) {
        let Ok(bytes) = section.data() else { continue };
        let (start, end) = (section.address(), section.address() + bytes.len() as u64);
        let changes = states.iter().filter(|(address, _)| (start..end).contains(address));
        let ends = changes.clone().skip(1).map(|(address, _)| *address).chain([end]);
        for ((from, state), to) in changes.zip(ends) {
            let code = &bytes[(from - start) as usize..(to - start) as usize];
            match state {
                State::Thumb => found.extend(thumb_branches(code, *from)),
                State::Arm => found.extend(arm_branches(code, *from)),
                State::Data => {}
            }
        }
    }
    found
}

/// `BL`, `BLX` and `B.W` of Thumb-2.
fn thumb_branches(code: &[u8], start: u64) -> Vec<Branch> {
    let half = |at: usize| code.get(at..at + 2).map(|bytes| u16::from_le_bytes([bytes[0], bytes[1]]));
    let mut found = vec![];
    let mut at = 0;
    while let Some(first) = half(at) {
        let is_long = first >> 11 > 0b11100;
        if let (true, Some(second)) = (first >> 11 == 0b11110, half(at + 2)) {
            let from = start + at as u64;
            found.extend(thumb_target(first, second, from).map(|to| Branch { from, to }));
        }
        at += if is_long { 4 } else { 2 };
    }
    found
}

fn thumb_target(first: u16, second: u16, from: u64) -> Option<u64> {
    let (changes_state, is_branch) = match (second >> 14, second >> 12 & 1) {
        (0b11, link) => (link == 0, true),
        (0b10, 1) => (false, true),
        _ => (false, false),
    };
    let sign = u32::from(first >> 10 & 1);
    let near = |bit: u16| 1 ^ (u32::from(second >> bit & 1) ^ sign);
    let offset =
        sign << 24 | near(13) << 23 | near(11) << 22 | u32::from(first & 0x3ff) << 12 | u32::from(second & 0x7ff) << 1;
    let offset = (offset << 7).cast_signed() >> 7;
    let base = if changes_state { (from + 4) & !3 } else { from + 4 };
    is_branch.then(|| base.wrapping_add_signed(offset.into()) & 0xffff_ffff)
}

/// `B`, `BL` and `BLX` of ARM.
fn arm_branches(code: &[u8], start: u64) -> Vec<Branch> {
    let words = code.chunks_exact(4).map(|bytes| u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]));
    let branches = words.zip((start..).step_by(4)).filter(|(word, _)| word >> 25 & 7 == 0b101);
    branches
        .map(|(word, from)| {
            let offset = (word << 8).cast_signed() >> 6;
            Branch { from, to: (from + 8).wrapping_add_signed(offset.into()) & 0xffff_ffff }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thumb_calls_and_jumps_are_found() {
        // bl +8; movs r0, #0; b.w -8
        let code = [0x00, 0xf0, 0x02, 0xf8, 0x00, 0x20, 0xff, 0xf7, 0xfa, 0xbf];
        assert_eq!(thumb_branches(&code, 0x100), [Branch { from: 0x100, to: 0x108 }, Branch { from: 0x106, to: 0xfe }]);
    }

    #[test]
    fn arm_calls_are_found() {
        // nop; bl .-8
        let code = [0x00, 0x00, 0xa0, 0xe1, 0xfc, 0xff, 0xff, 0xeb];
        assert_eq!(arm_branches(&code, 0x100), [Branch { from: 0x104, to: 0xfc }]);
    }

    #[test]
    fn names_lose_their_hash() {
        assert_eq!(demangled("_ZN5blink3led17h0123456789abcdefE"), "blink::led");
        assert_eq!(demangled("main"), "main");
    }
}
