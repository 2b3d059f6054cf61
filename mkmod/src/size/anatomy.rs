//! The parts of an image with their names and crates, and which refers to which.

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

/// The parts of an image.
pub struct Anatomy {
    /// All of them, in the order of the addresses.
    pub parts: Vec<Part>,
    /// Which refers to which.
    pub edges: Vec<Edge>,
    /// What the kernel calls: `main`, then the exports.
    pub roots: Vec<usize>,
    /// The names of those that are functions or variables with a name of their own.
    named: BTreeMap<usize, Home>,
}

/// A reference from one part to another, by their indices.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Edge {
    pub from: usize,
    pub to: usize,
    /// The address that it is at.
    pub place: u64,
    /// Whether it is a call or a jump.
    pub is_branch: bool,
}

/// Where bytes are counted.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Home {
    pub crate_name: String,
    pub function: String,
}

impl Anatomy {
    /// Cuts up the image of `module`, which was made from `program`.
    pub fn of(program: &Program, module: &Module, source: &Source) -> Self {
        let parts = image::cut(program, module.image_bytes());
        let at = |address: u64| image::part_at(&parts, address);
        let edges = program.references.iter().filter_map(|reference| {
            let (from, to) = (at(reference.from)?, at(reference.to)?);
            (from != to).then_some(Edge { from, to, place: reference.from, is_branch: reference.is_branch })
        });
        let edges = edges.collect();
        let addresses = module.entry.into_iter().chain(module.exports.iter().map(|export| export.address));
        let roots = addresses.filter_map(|address| at(u64::from(address & !1))).collect();
        let thunks = thunks(module, &parts);
        let named = (0..).zip(&parts).filter_map(|(index, part)| {
            let is_thunk = thunks.contains(&index);
            Some((index, name(part, is_thunk, source)?))
        });
        let named = named.collect();
        Self { parts, edges, roots, named }
    }

    /// The name of a function or variable.
    pub fn name(&self, index: usize) -> Option<&Home> {
        self.named.get(&index)
    }

    /// Each part, and where it is counted.
    pub fn homes(&self) -> impl Iterator<Item = (&Part, Home)> {
        let mut referrers: HashMap<usize, Vec<usize>> = HashMap::new();
        for edge in &self.edges {
            referrers.entry(edge.to).or_default().push(edge.from);
        }
        self.parts.iter().enumerate().map(move |(index, part)| {
            let home = match &part.content {
                Content::Padding => nobodys("(padding)"),
                Content::Unnamed { section } if section == ADDRESS_TABLE => nobodys("(address table)"),
                _ => self.named.get(&index).cloned().unwrap_or_else(|| self.owner(index, &referrers)),
            };
            (part, home)
        })
    }

    /// Where something without a name is counted, which is a constant as a rule.
    fn owner(&self, constant: usize, referrers: &HashMap<usize, Vec<usize>>) -> Home {
        let mut owners = BTreeSet::new();
        let mut seen = BTreeSet::from([constant]);
        let mut open = vec![constant];
        while let Some(index) = open.pop() {
            for &referrer in referrers.get(&index).into_iter().flatten() {
                match self.named.get(&referrer) {
                    Some(home) => drop(owners.insert(home)),
                    None if seen.insert(referrer) => open.push(referrer),
                    None => {}
                }
            }
        }
        let crates: BTreeSet<&str> = owners.iter().map(|home| home.crate_name.as_str()).collect();
        match (owners.len(), crates.len()) {
            (0, _) => nobodys("(unnamed)"),
            (1, _) => owners.into_iter().next().cloned().unwrap_or_else(|| nobodys("(unnamed)")),
            (_, 1) => Home {
                crate_name: crates.into_iter().collect(),
                function: "(constants of several functions)".to_owned(),
            },
            _ => nobodys("(constants of several crates)"),
        }
    }
}

fn nobodys(name: &str) -> Home {
    Home { crate_name: name.to_owned(), function: name.to_owned() }
}

fn name(part: &Part, is_thunk: bool, source: &Source) -> Option<Home> {
    let Content::Symbol { name, unit } = &part.content else { return None };
    if is_thunk {
        return Some(Home { crate_name: "(imports)".to_owned(), function: name.clone() });
    }
    if name == ARENA {
        return Some(Home { crate_name: "(heap arena)".to_owned(), function: name.clone() });
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
    Some(Home { crate_name, function })
}

/// Whether a symbol is one that the compiler has made up for a constant.
fn is_constant(name: &str) -> bool {
    const MADE_UP: [&str; 7] = [".L", "anon.", "alloc_", "vtable.", "switch.table.", "str.", "const."];
    let is_hash = |rest: &str| rest.len() >= 32 && rest.bytes().take(32).all(|byte| byte.is_ascii_hexdigit());
    MADE_UP.iter().any(|prefix| match name.strip_prefix(prefix) {
        Some(rest) => *prefix != "alloc_" || is_hash(rest),
        None => false,
    })
}

/// The parts that are thunks: those that have the word of an import, and its name.
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
    fn what_the_compiler_names_is_told_from_what_people_name() {
        assert!(is_constant(".Lanon.e562b7927fbdf7ebbfd197bd834ca900.10"));
        assert!(is_constant("alloc_e562b7927fbdf7ebbfd197bd834ca900"));
        assert!(!is_constant("alloc_buffer"));
        assert!(!is_constant("main"));
    }
}
