//! The rules of the code, as functions that read it: where a C file may look, what its first line says, which names and
//! words there may be.
//!
//! Each rule takes sources and returns what breaks it, so a test can give it a small bad input. `tests/kernel_glue.rs`
//! and `tests/words.rs` give it the real tree.

pub mod code;
pub mod first_line;
pub mod forbidden;
pub mod held;
pub mod includes;
pub mod rooms;
pub mod source;
pub mod statics;
pub mod words;

use std::fmt;

pub use source::Source;

/// One place that breaks a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The file's path from the root of the repository.
    pub path: String,
    /// The line, from 1.
    pub line: usize,
    /// What is wrong, and how to mend it.
    pub message: String,
}

impl Finding {
    pub(crate) fn new(source: &Source, line: usize, message: String) -> Self {
        Self { path: source.path.clone(), line, message }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.path, self.line, self.message)
    }
}

/// Panics with all of `findings`, one on each line, if there are any.
///
/// # Panics
/// If there are findings.
#[track_caller]
pub fn assert_none(findings: &[Finding]) {
    let lines: Vec<String> = findings.iter().map(Finding::to_string).collect();
    assert!(lines.is_empty(), "{} places break the rule:\n{}", lines.len(), lines.join("\n"));
}
