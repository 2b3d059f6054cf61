//! The order of functions and variables in the image.
//!
//! rustc's own order depends on hashes of the folder that a crate is in. Ours depends on nothing but the program: strict
//! alignments first, which costs the least padding, then by name without hashes.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::error::LinkError;
use super::map::LinkMap;
use crate::elf::{ElfError, ElfFile, Section};
use crate::machine::Machine;

/// The length of a hash that rustc gives to constants without a name.
const CONSTANT_HASH: usize = 32;

/// What decides about the place of a symbol.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    alignment: Reverse<u64>,
    name: String,
    size: u64,
    /// With zeros where it depends on the places of others.
    bytes: Vec<u8>,
}

/// The symbols of the first link, in the order that lld is to give them.
///
/// # Errors
///
/// When the ELF can't be parsed.
pub fn of(elf: &[u8], map: &LinkMap) -> Result<Vec<String>, LinkError> {
    let read = || -> Result<Vec<String>, ElfError> {
        let file = ElfFile::parse(elf)?;
        let word = Machine::of(&file).map_or(4, Machine::word) as usize;
        let mut ordered = BTreeMap::new();
        for section in file.sections().filter(|section| section.range().end > 0) {
            let bytes = unplaced(&file, section, word)?;
            for symbol in file.symbols().filter(|symbol| symbol.section() == Some(section.index)) {
                let start = symbol.start();
                if let (size @ 1.., Some(part)) = (symbol.size(), map.part_at(section.name, start)) {
                    let offset = start.saturating_sub(section.address) as usize;
                    let bytes = bytes.get(offset..offset.saturating_add(size as usize)).unwrap_or_default().to_owned();
                    let name = without_hashes(symbol.name()?);
                    let key = Key { alignment: Reverse(part.alignment), name, size, bytes };
                    ordered.entry(key).or_insert_with(Vec::new).push(symbol.name()?.to_owned());
                }
            }
        }
        Ok(ordered.into_values().flatten().collect())
    };
    read().map_err(|source| LinkError::Malformed { what: "the first link".into(), source })
}

/// A section's bytes, with zeros where something is relocated: no more than a word. On RISC-V a call has two instructions.
fn unplaced(file: &ElfFile<'_>, section: &Section<'_>, word: usize) -> Result<Vec<u8>, ElfError> {
    let mut bytes = section.data.to_owned();
    for relocation in file.relocations(section) {
        let offset = relocation?.place.wrapping_sub(section.address) as usize;
        let end = offset.saturating_add(word).min(bytes.len());
        bytes.get_mut(offset..end).unwrap_or_default().fill(0);
    }
    Ok(bytes)
}

fn without_hashes(symbol: &str) -> String {
    let name = format!("{:#}", rustc_demangle::demangle(symbol));
    let is_hash = |part: &&str| part.len() == CONSTANT_HASH && part.bytes().all(|byte| byte.is_ascii_hexdigit());
    name.split('.').filter(|part| !is_hash(part)).collect::<Vec<_>>().join(".")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lose_what_depends_on_the_folder() {
        assert_eq!(without_hashes("_RNvCskjQfvuqOMaQ_9hello_app3APP"), "hello_app::APP");
        assert_eq!(without_hashes("_ZN4core3fmt5write17h0123456789abcdefE"), "core::fmt::write");
        assert_eq!(without_hashes(".Lanon.e562b7927fbdf7ebbfd197bd834ca900.10"), ".Lanon.10");
        assert_eq!(without_hashes("module_init"), "module_init");
    }
}
