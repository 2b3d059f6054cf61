//! The large features of `core` that a module uses, and the call paths that lead to them.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, VecDeque};

use super::attribution::{Attribution, Edge};
use super::source::Source;
use super::{CallPath, Feature, FunctionSize, Step, path};

/// Crates whose source lines are not shown, since they are not the application's.
const LIBRARIES: [&str; 5] = ["rtt_mod", "core", "alloc", "std", "compiler_builtins"];

/// A set of functions of `core` that implement a feature.
struct Topic {
    name: &'static str,
    has: fn(&str) -> bool,
    /// The function at which call paths end, if they can.
    end: &'static str,
}

/// A function belongs to the first topic that has it.
const TOPICS: [Topic; 3] = [
    Topic { name: "formatting of floats", has: is_float, end: "core::fmt::float::float_to_decimal_common_shortest" },
    Topic { name: "panic messages", has: is_panic, end: "core::panicking::panic_fmt" },
    Topic { name: "core::fmt", has: is_fmt, end: "core::fmt::write" },
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

/// The features that the module uses, the largest first.
pub fn find(attribution: &Attribution, functions: &[FunctionSize], source: &Source) -> Vec<Feature> {
    let finder = Finder { attribution, source, routes: Routes::from_entries(attribution) };
    let mut features: Vec<Feature> = (0..TOPICS.len()).map(|topic| finder.feature(topic, functions)).collect();
    features.retain(|feature| feature.bytes > 0);
    features.sort_by_key(|feature| u64::MAX - feature.bytes);
    features
}

struct Finder<'a> {
    attribution: &'a Attribution,
    source: &'a Source,
    routes: Routes<'a>,
}

impl Finder<'_> {
    fn feature(&self, topic: usize, functions: &[FunctionSize]) -> Feature {
        let members = functions.iter().filter(|row| topic_of(&row.name) == Some(topic));
        let mut feature = Feature {
            name: TOPICS[topic].name.to_owned(),
            bytes: members.map(|row| row.bytes).sum(),
            paths: vec![],
            used_by: vec![],
        };
        for entry in self.entries(topic) {
            let Some(mut edges) = self.routes.to(entry.from) else { continue };
            edges.push(entry);
            match edges.iter().rev().find_map(|edge| self.topic(edge.from)) {
                Some(other) if other != topic => feature.used_by.push(TOPICS[other].name.to_owned()),
                Some(_) => {}
                None => feature.paths.push(self.call_path(&edges)),
            }
        }
        feature.used_by.sort();
        feature.used_by.dedup();
        feature.paths.sort_by(|a, b| (a.steps.len(), &a.steps).cmp(&(b.steps.len(), &b.steps)));
        feature.paths.dedup();
        feature
    }

    /// The references into a topic from outside: one for each function that has any.
    fn entries(&self, topic: usize) -> impl Iterator<Item = &Edge> {
        let is_end =
            |part: usize| self.attribution.owner(part).is_some_and(|owner| owner.function == TOPICS[topic].end);
        let mut entries: BTreeMap<usize, &Edge> = BTreeMap::new();
        let belongs = |part: usize| self.topic(part) == Some(topic);
        for edge in self.attribution.edges.iter().filter(|edge| belongs(edge.to) && !belongs(edge.from)) {
            let entry = entries.entry(edge.from).or_insert(edge);
            if is_end(edge.to) && !is_end(entry.to) {
                *entry = edge;
            }
        }
        entries.into_values()
    }

    fn topic(&self, part: usize) -> Option<usize> {
        topic_of(&self.attribution.owner(part)?.function)
    }

    fn call_path(&self, edges: &[&Edge]) -> CallPath {
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
        CallPath { steps }
    }

    fn step(&self, part: usize) -> Option<Step> {
        Some(Step { function: self.attribution.owner(part)?.function.clone(), line: None })
    }
}

fn is_library(function: &str) -> bool {
    path::crate_of(function).is_none_or(|name| LIBRARIES.contains(&name)) && function != "main"
}

/// The shortest call path from the kernel's entries to each part, outside of the topics as far as possible.
struct Routes<'a> {
    /// The last reference of each path. `None`: the part is an entry.
    steps: BTreeMap<usize, Option<&'a Edge>>,
}

impl<'a> Routes<'a> {
    fn from_entries(attribution: &'a Attribution) -> Self {
        let mut leaving: BTreeMap<usize, Vec<&Edge>> = BTreeMap::new();
        for edge in &attribution.edges {
            leaving.entry(edge.from).or_default().push(edge);
        }
        let mut steps: BTreeMap<usize, Option<&Edge>> =
            attribution.entries.iter().map(|&entry| (entry, None)).collect();
        let mut open: VecDeque<usize> = attribution.entries.iter().copied().collect();
        let mut later = VecDeque::new();
        while let Some(part) = open.pop_front().or_else(|| later.pop_front()) {
            for &edge in leaving.get(&part).into_iter().flatten() {
                if let Entry::Vacant(vacant) = steps.entry(edge.to) {
                    vacant.insert(Some(edge));
                    let is_of_topic =
                        attribution.owner(edge.to).is_some_and(|owner| topic_of(&owner.function).is_some());
                    if is_of_topic { later.push_back(edge.to) } else { open.push_back(edge.to) }
                }
            }
        }
        Self { steps }
    }

    /// The references from an entry to `part`. `None`: no path is known.
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

    fn topic(function: &str) -> Option<&'static str> {
        topic_of(function).map(|topic| TOPICS[topic].name)
    }

    #[test]
    fn functions_belong_to_topics() {
        assert_eq!(topic("core::fmt::write"), Some("core::fmt"));
        assert_eq!(topic("<core::fmt::Formatter>::pad_integral"), Some("core::fmt"));
        assert_eq!(topic("<usize as core::fmt::Display>::fmt"), Some("core::fmt"));
        assert_eq!(topic("<f64 as core::fmt::Display>::fmt"), Some("formatting of floats"));
        assert_eq!(topic("core::num::flt2dec::strategy::dragon::format_shortest"), Some("formatting of floats"));
        assert_eq!(topic("core::panicking::panic_bounds_check"), Some("panic messages"));
        assert_eq!(topic("<blink::Led as core::fmt::Debug>::fmt"), None);
        assert_eq!(topic("blink::led"), None);
    }
}
