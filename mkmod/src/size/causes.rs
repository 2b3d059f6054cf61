//! What is costly in a module, and how the program gets there.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, VecDeque};

use super::anatomy::{Anatomy, Edge};
use super::source::Source;
use super::{Cause, Chain, FunctionSize, Step, path};

/// Crates whose lines are not the application's.
const LIBRARIES: [&str; 5] = ["rtt_mod", "core", "alloc", "std", "compiler_builtins"];

/// Something costly: a set of functions of `core`.
struct Topic {
    what: &'static str,
    has: fn(&str) -> bool,
    /// The function that chains end in, of those that they could.
    end: &'static str,
}

/// The one that a function belongs to is the first that has it.
const TOPICS: [Topic; 3] = [
    Topic { what: "formatting of floats", has: is_float, end: "core::fmt::float::float_to_decimal_common_shortest" },
    Topic { what: "panic messages", has: is_panic, end: "core::panicking::panic_fmt" },
    Topic { what: "core::fmt", has: is_fmt, end: "core::fmt::write" },
];

fn is_float(function: &str) -> bool {
    let is_display = function.starts_with("<f64 as core::fmt::") || function.starts_with("<f32 as core::fmt::");
    is_display || function.contains("::flt2dec::") || function.contains("core::fmt::float::")
}

fn is_panic(function: &str) -> bool {
    const ENDS: [&str; 10] = [
        "core::panicking::",
        "core::panic::",
        "<core::panic::",
        "core::option::expect_failed",
        "core::option::unwrap_failed",
        "core::result::unwrap_failed",
        "core::slice::index::slice_",
        "core::str::slice_error_fail",
        "core::cell::panic_",
        "__rustc::rust_begin_unwind",
    ];
    ENDS.iter().any(|end| function.starts_with(end))
}

fn is_fmt(function: &str) -> bool {
    path::crate_of(function) == Some("core") && function.contains("core::fmt::")
}

fn topic_of(function: &str) -> Option<usize> {
    TOPICS.iter().position(|topic| (topic.has)(function))
}

/// What is costly, the largest first.
pub fn find(anatomy: &Anatomy, functions: &[FunctionSize], source: &Source) -> Vec<Cause> {
    let finder = Finder { anatomy, source, ways: Ways::from_roots(anatomy) };
    let mut causes: Vec<Cause> = (0..TOPICS.len()).map(|topic| finder.cause(topic, functions)).collect();
    causes.retain(|cause| cause.bytes > 0);
    causes.sort_by_key(|cause| u64::MAX - cause.bytes);
    causes
}

struct Finder<'a> {
    anatomy: &'a Anatomy,
    source: &'a Source,
    ways: Ways<'a>,
}

impl Finder<'_> {
    fn cause(&self, topic: usize, functions: &[FunctionSize]) -> Cause {
        let members = functions.iter().filter(|row| topic_of(&row.name) == Some(topic));
        let mut cause = Cause {
            what: TOPICS[topic].what.to_owned(),
            bytes: members.map(|row| row.bytes).sum(),
            chains: vec![],
            used_by: vec![],
        };
        for entry in self.entries(topic) {
            let Some(mut edges) = self.ways.to(entry.from) else { continue };
            edges.push(entry);
            match edges.iter().rev().find_map(|edge| self.topic(edge.from)) {
                Some(other) if other != topic => cause.used_by.push(TOPICS[other].what.to_owned()),
                Some(_) => {}
                None => cause.chains.push(self.chain(&edges)),
            }
        }
        cause.used_by.sort();
        cause.used_by.dedup();
        cause.chains.sort_by(|a, b| (a.steps.len(), &a.steps).cmp(&(b.steps.len(), &b.steps)));
        cause.chains.dedup();
        cause
    }

    /// The references into a topic from outside: one for each function that has any.
    fn entries(&self, topic: usize) -> impl Iterator<Item = &Edge> {
        let is_end = |part: usize| self.anatomy.name(part).is_some_and(|home| home.function == TOPICS[topic].end);
        let mut entries: BTreeMap<usize, &Edge> = BTreeMap::new();
        let belongs = |part: usize| self.topic(part) == Some(topic);
        for edge in self.anatomy.edges.iter().filter(|edge| belongs(edge.to) && !belongs(edge.from)) {
            let entry = entries.entry(edge.from).or_insert(edge);
            if is_end(edge.to) && !is_end(entry.to) {
                *entry = edge;
            }
        }
        entries.into_values()
    }

    fn topic(&self, part: usize) -> Option<usize> {
        topic_of(&self.anatomy.name(part)?.function)
    }

    fn chain(&self, edges: &[&Edge]) -> Chain {
        let mut steps: Vec<Step> = vec![];
        for edge in edges {
            steps.extend(self.step(edge.from));
            let frames = if edge.is_branch { self.source.frames(edge.place) } else { vec![] };
            let (inlined, _) = frames.split_at(frames.len().saturating_sub(1));
            let inlined = inlined.iter().rev().filter(|frame| !is_library(&frame.function));
            steps.extend(inlined.map(|frame| Step { function: frame.function.clone(), line: None }));
            let innermost = frames.iter().find(|frame| !is_library(&frame.function));
            if let (Some(frame), Some(last)) = (innermost, steps.last_mut()) {
                last.line = frame.line.clone();
            }
        }
        steps.extend(edges.last().and_then(|edge| self.step(edge.to)));
        Chain { steps }
    }

    fn step(&self, part: usize) -> Option<Step> {
        Some(Step { function: self.anatomy.name(part)?.function.clone(), line: None })
    }
}

fn is_library(function: &str) -> bool {
    path::crate_of(function).is_none_or(|name| LIBRARIES.contains(&name)) && function != "main"
}

/// A short way from what the kernel calls to each part, that keeps out of what is costly as long as it can.
struct Ways<'a> {
    /// The last step of it. `None` for what the kernel calls.
    steps: BTreeMap<usize, Option<&'a Edge>>,
}

impl<'a> Ways<'a> {
    fn from_roots(anatomy: &'a Anatomy) -> Self {
        let mut leaving: BTreeMap<usize, Vec<&Edge>> = BTreeMap::new();
        for edge in &anatomy.edges {
            leaving.entry(edge.from).or_default().push(edge);
        }
        let mut steps: BTreeMap<usize, Option<&Edge>> = anatomy.roots.iter().map(|&root| (root, None)).collect();
        let mut open: VecDeque<usize> = anatomy.roots.iter().copied().collect();
        let mut costly = VecDeque::new();
        while let Some(part) = open.pop_front().or_else(|| costly.pop_front()) {
            for &edge in leaving.get(&part).into_iter().flatten() {
                if let Entry::Vacant(vacant) = steps.entry(edge.to) {
                    vacant.insert(Some(edge));
                    let is_costly = anatomy.name(edge.to).is_some_and(|home| topic_of(&home.function).is_some());
                    if is_costly { costly.push_back(edge.to) } else { open.push_back(edge.to) }
                }
            }
        }
        Self { steps }
    }

    /// The edges from a root to `part`; `None` if there is no way.
    fn to(&self, part: usize) -> Option<Vec<&'a Edge>> {
        let mut edges = vec![];
        let mut step = *self.steps.get(&part)?;
        while let Some(edge) = step {
            edges.push(edge);
            step = *self.steps.get(&edge.from)?;
        }
        edges.reverse();
        Some(edges)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn what(function: &str) -> Option<&'static str> {
        topic_of(function).map(|topic| TOPICS[topic].what)
    }

    #[test]
    fn functions_belong_to_what_they_do() {
        assert_eq!(what("core::fmt::write"), Some("core::fmt"));
        assert_eq!(what("<core::fmt::Formatter>::pad_integral"), Some("core::fmt"));
        assert_eq!(what("<usize as core::fmt::Display>::fmt"), Some("core::fmt"));
        assert_eq!(what("<f64 as core::fmt::Display>::fmt"), Some("formatting of floats"));
        assert_eq!(what("core::num::flt2dec::strategy::dragon::format_shortest"), Some("formatting of floats"));
        assert_eq!(what("core::panicking::panic_bounds_check"), Some("panic messages"));
        assert_eq!(what("<blink::Led as core::fmt::Debug>::fmt"), None);
        assert_eq!(what("blink::led"), None);
    }
}
