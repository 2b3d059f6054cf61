//! Attributes each part of an image to a function and a crate.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::image::{self, Content, Part};
use super::path;
use super::program::Program;
use super::source::{self, Source};
use crate::module::Module;

/// The heap of a program that allocates.
const ARENA: &str = "__rtt_mod_arena";

/// The table of addresses that the loader fills in.
const ADDRESS_TABLE: &str = ".got";

/// The parts of an image, their owners and their references.
pub struct Attribution {
    /// All of them, in the order of the addresses.
    pub parts: Vec<Part>,
    /// The references between them.
    pub edges: Vec<Edge>,
    /// The parts that the kernel calls: `main`, then the exports.
    pub entries: Vec<usize>,
    /// The owners of the functions and variables that have a name of their own.
    named: BTreeMap<usize, Owner>,
}

/// A reference from one part to another, by their indices.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Edge {
    pub from: usize,
    pub to: usize,
    /// The address of the reference.
    pub place: u64,
    /// Whether it is a call or a jump.
    pub is_branch: bool,
}

/// The function and the crate that bytes are attributed to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Owner {
    pub crate_name: String,
    pub function: String,
}

impl Attribution {
    /// Attributes the image of `module`, which was made from `program`.
    pub fn of(program: &Program, module: &Module, source: &Source) -> Self {
        let parts = image::cut(program, module.image_bytes());
        let at = |address: u64| image::part_at(&parts, address);
        let edges = program.references.iter().filter_map(|reference| {
            let (from, to) = (at(reference.from)?, at(reference.to)?);
            (from != to).then_some(Edge { from, to, place: reference.from, is_branch: reference.is_branch })
        });
        let edges = edges.collect();
        let addresses = module.entry.into_iter().chain(module.exports.iter().map(|export| export.address));
        let entries = addresses.filter_map(|address| at(u64::from(address & !1))).collect();
        let thunks = thunks(module, &parts);
        let named = (0..).zip(&parts).filter_map(|(index, part)| {
            let is_thunk = thunks.contains(&index);
            Some((index, owner(part, is_thunk, source)?))
        });
        let named = named.collect();
        Self { parts, edges, entries, named }
    }

    /// The owner of a function or variable that has a name.
    pub fn owner(&self, index: usize) -> Option<&Owner> {
        self.named.get(&index)
    }

    /// Each part and its owner.
    pub fn owners(&self) -> impl Iterator<Item = (&Part, Owner)> {
        let mut referrers: HashMap<usize, Vec<usize>> = HashMap::new();
        for edge in &self.edges {
            referrers.entry(edge.to).or_default().push(edge.from);
        }
        self.parts.iter().enumerate().map(move |(index, part)| {
            let owner = match &part.content {
                Content::Padding => no_crate("(padding)"),
                Content::Unnamed { section } if section == ADDRESS_TABLE => no_crate("(address table)"),
                _ => self.named.get(&index).cloned().unwrap_or_else(|| self.owner_of_constant(index, &referrers)),
            };
            (part, owner)
        })
    }

    /// The owner of a part without a name, which is a constant as a rule.
    fn owner_of_constant(&self, constant: usize, referrers: &HashMap<usize, Vec<usize>>) -> Owner {
        let mut owners = BTreeSet::new();
        let mut seen = BTreeSet::from([constant]);
        let mut open = vec![constant];
        while let Some(index) = open.pop() {
            for &referrer in referrers.get(&index).into_iter().flatten() {
                match self.named.get(&referrer) {
                    Some(owner) => drop(owners.insert(owner)),
                    None if seen.insert(referrer) => open.push(referrer),
                    None => {}
                }
            }
        }
        let crates: BTreeSet<&str> = owners.iter().map(|owner| owner.crate_name.as_str()).collect();
        match (owners.len(), crates.len()) {
            (0, _) => no_crate("(unnamed)"),
            (1, _) => owners.into_iter().next().cloned().unwrap_or_else(|| no_crate("(unnamed)")),
            (_, 1) => Owner {
                crate_name: crates.into_iter().collect(),
                function: "(constants of several functions)".to_owned(),
            },
            _ => no_crate("(constants of several crates)"),
        }
    }
}

/// The owner of bytes that belong to no crate.
fn no_crate(name: &str) -> Owner {
    Owner { crate_name: name.to_owned(), function: name.to_owned() }
}

fn owner(part: &Part, is_thunk: bool, source: &Source) -> Option<Owner> {
    let Content::Symbol { name, unit } = &part.content else { return None };
    if is_thunk {
        return Some(Owner { crate_name: "(imports)".to_owned(), function: name.clone() });
    }
    if name == ARENA {
        return Some(Owner { crate_name: "(heap arena)".to_owned(), function: name.clone() });
    }
    if is_constant(name) {
        return None;
    }
    let function = path::demangled(name);
    let unit = || source.unit(part.range.start).or_else(|| unit.clone());
    let crate_name = match path::crate_of(&function) {
        Some(name) => name.to_owned(),
        None => unit().map_or_else(|| "(no crate)".to_owned(), |unit| source::crate_of_unit(&unit).to_owned()),
    };
    Some(Owner { crate_name, function })
}

/// Whether the compiler has made up the symbol for a constant.
fn is_constant(name: &str) -> bool {
    const MADE_UP: [&str; 7] = [".L", "anon.", "alloc_", "vtable.", "switch.table.", "str.", "const."];
    let is_hash = |rest: &str| rest.len() >= 32 && rest.bytes().take(32).all(|byte| byte.is_ascii_hexdigit());
    MADE_UP.iter().any(|prefix| match name.strip_prefix(prefix) {
        Some(rest) => *prefix != "alloc_" || is_hash(rest),
        None => false,
    })
}

/// The parts that are thunks: they contain the word of an import and have its name.
fn thunks(module: &Module, parts: &[Part]) -> BTreeSet<usize> {
    let places = module.imports.iter().flat_map(|import| import.places.iter().map(move |&place| (import, place)));
    let thunks = places.filter_map(|(import, place)| {
        let index = image::part_at(parts, place.into())?;
        matches!(&parts[index].content, Content::Symbol { name, .. } if *name == import.name).then_some(index)
    });
    thunks.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_the_compiler_differ_from_those_of_people() {
        assert!(is_constant(".Lanon.e562b7927fbdf7ebbfd197bd834ca900.10"));
        assert!(is_constant("alloc_e562b7927fbdf7ebbfd197bd834ca900"));
        assert!(!is_constant("alloc_buffer"));
        assert!(!is_constant("main"));
    }
}
