//! Which frames may lie past the end of a stack.
//!
//! The kernel guards the end of a stack whose need is not proven, by a region that no frame can skip. A function that is only
//! called on ways from `main` that are known in full has its frame where those ways say, far from the end as a rule: large
//! arrays of `main` itself need no large region.

use std::collections::{BTreeMap, BTreeSet};

use super::graph::{Callee, Graph};

/// A function that is only called on ways that are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Placed {
    /// How far the end of its frame is from the beginning of the stack, at most.
    end: u64,
    /// Its frame.
    frame: u64,
}

/// The frames of a program.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Frames {
    /// Those of functions whose place is known.
    placed: Vec<Placed>,
    /// The largest of the others.
    elsewhere: u64,
}

impl Frames {
    /// Those of `graph`. `starts` are the functions that the kernel calls on stacks of the size that the module asks for, with
    /// `above` bytes on them; `others` may be called on other stacks, or anywhere.
    pub fn of(graph: &Graph, starts: &BTreeSet<u64>, others: &BTreeSet<u64>, above: u64) -> Self {
        let ends = ends(graph, starts, others, above);
        let mut frames = Self::default();
        for (function, node) in &graph.nodes {
            match ends.get(function) {
                Some(&end) if !node.is_dynamic => frames.placed.push(Placed { end, frame: node.frame }),
                _ => frames.elsewhere = frames.elsewhere.max(node.frame),
            }
        }
        frames
    }

    /// The largest frame that may lie past the end of a stack of `stack_bytes`.
    pub fn largest_at_the_end(&self, stack_bytes: u32) -> u64 {
        let past = self.placed.iter().filter(|placed| placed.end > stack_bytes.into());
        past.map(|placed| placed.frame).fold(self.elsewhere, u64::max)
    }
}

/// The functions whose callers are all known, and where their frames end.
fn ends(graph: &Graph, starts: &BTreeSet<u64>, others: &BTreeSet<u64>, above: u64) -> BTreeMap<u64, u64> {
    let callers = callers(graph);
    let by_pointer = by_pointer(graph);
    let mut ends: BTreeMap<u64, u64> = BTreeMap::new();
    loop {
        let found = graph.nodes.iter().find_map(|(function, node)| {
            let is_known = !ends.contains_key(function) && !others.contains(function) && !by_pointer.contains(function);
            let is_start = starts.contains(function);
            let calls = callers.get(function).map_or(&[][..], Vec::as_slice);
            if !is_known || calls.is_empty() && !is_start {
                return None;
            }
            // A caller's frame is at the end of the stack that it has when it calls.
            let mut begin = if is_start { above } else { 0 };
            for (caller, depth) in calls {
                let of_caller = ends.get(caller)?.saturating_sub(graph.nodes.get(caller)?.frame);
                begin = begin.max(of_caller.saturating_add(*depth));
            }
            Some((*function, begin.saturating_add(node.frame)))
        });
        match found {
            Some((function, end)) => ends.insert(function, end),
            None => return ends,
        };
    }
}

/// The direct calls of each function: by whom, and what is on the caller's part of the stack.
fn callers(graph: &Graph) -> BTreeMap<u64, Vec<(u64, u64)>> {
    let mut callers: BTreeMap<u64, Vec<(u64, u64)>> = BTreeMap::new();
    for (caller, node) in &graph.nodes {
        for call in &node.calls {
            if let Callee::Function(function) = call.to {
                callers.entry(function).or_default().push((*caller, call.depth));
            }
        }
    }
    callers
}

/// What may be called by pointers.
fn by_pointer(graph: &Graph) -> BTreeSet<u64> {
    let calls = graph.nodes.values().flat_map(|node| &node.calls);
    let called = calls.flat_map(|call| match &call.to {
        Callee::OneOf(functions) | Callee::OneOfOrForeign(functions) => functions.iter().copied().collect(),
        _ => Vec::new(),
    });
    let formatters = graph.nodes.values().flat_map(|node| node.formatters.iter().copied());
    called.chain(formatters).chain(graph.constant_formatters.iter().copied()).collect()
}

#[cfg(test)]
mod tests {
    use super::super::graph::{Call, Node};
    use super::*;

    fn node(frame: u64, calls: &[(u64, Callee)]) -> Node {
        let calls = calls.iter().map(|(depth, to)| Call { depth: *depth, to: to.clone() }).collect();
        Node { frame, calls, ..Node::default() }
    }

    fn frames(nodes: &[(u64, Node)]) -> Frames {
        let graph = Graph { nodes: nodes.iter().cloned().collect(), ..Graph::default() };
        Frames::of(&graph, &BTreeSet::from([1]), &BTreeSet::from([9]), 100)
    }

    #[test]
    fn an_array_of_main_needs_no_guard_of_its_size() {
        let sorts = Callee::Function(3);
        let frames = frames(&[
            (1, node(8, &[(8, Callee::Function(2))])),
            (2, node(3000, &[(3000, sorts.clone())])),
            (3, node(64, &[(64, sorts)])),
        ]);
        assert_eq!(frames.largest_at_the_end(4096), 64);
        // It ends 3,108 bytes from the beginning.
        assert_eq!(frames.largest_at_the_end(3108), 64);
        assert_eq!(frames.largest_at_the_end(3107), 3000);
    }

    #[test]
    fn a_function_may_be_anywhere_if_a_pointer_or_another_stack_leads_to_it() {
        let pointer = Callee::OneOf(BTreeSet::from([2, 3]));
        let main = node(8, &[(8, pointer), (8, Callee::Function(2)), (8, Callee::Function(4))]);
        let thread = node(16, &[(16, Callee::Function(4))]);
        let frames = frames(&[(1, main), (2, node(2000, &[])), (4, node(1000, &[])), (9, thread)]);
        assert_eq!(frames.largest_at_the_end(8192), 2000);
        assert_eq!(frames.elsewhere, 2000);
    }

    #[test]
    fn a_function_that_is_called_on_two_ways_is_where_the_longer_one_ends() {
        let main = node(8, &[(8, Callee::Function(2)), (8, Callee::Function(3))]);
        let frames = frames(&[(1, main), (2, node(200, &[(200, Callee::Function(3))])), (3, node(500, &[]))]);
        assert_eq!(frames.largest_at_the_end(807), 500);
        assert_eq!(frames.largest_at_the_end(808), 0);
    }
}
