//! Modules of tests: what tests they have, and whether one has passed.

use crate::elf::ElfFile;

/// The section with the table of tests. `#[rtt_mod::tests]` fills it.
const TABLE: &str = "rtt_mod_tests";

/// What a module prints in front of each test that it lists, and between what it says of it.
const RECORD: char = '\x1e';
const UNIT: char = '\x1f';

/// The exit code after a panic.
const PANIC: i32 = 101;

/// The exit code after a fault or a stack overflow.
const FAULT: i32 = 102;

/// A test of a module.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BoardTest {
    /// Its path, with that of the crate in front.
    path: String,
    /// Whether it runs only when it is asked for.
    pub is_ignored: bool,
    /// The text that has to be in the message of its panic. `None`: it must not panic.
    panics_with: Option<String>,
}

/// How a test has ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// Its module had this exit code.
    Code(i32),
    /// It was killed, since it took too long.
    TimedOut,
}

impl BoardTest {
    /// What a user calls it: its path in the crate.
    pub fn name(&self) -> &str {
        self.path.split_once("::").map_or(&self.path, |(_, name)| name)
    }

    /// The argument with which its module runs it.
    pub fn argument(&self) -> &str {
        &self.path
    }

    /// Whether the test has passed, after it has printed `text`. If not, why.
    ///
    /// # Errors
    /// When it has failed: the reason, in a line.
    pub fn verdict(&self, end: End, text: &str) -> Result<(), String> {
        match (end, &self.panics_with) {
            (End::TimedOut, _) => Err("the test does not end; it was killed".into()),
            (End::Code(PANIC), None) => Err("the test panicked".into()),
            (End::Code(PANIC), Some(expected)) if text.contains(expected) => Ok(()),
            (End::Code(PANIC), Some(expected)) => {
                Err(format!("panic did not contain expected string\n expected substring: {expected:?}"))
            }
            (End::Code(FAULT), _) => Err("the test was ended by a fault".into()),
            (End::Code(_), Some(_)) => Err("test did not panic as expected".into()),
            (End::Code(0), None) => Ok(()),
            (End::Code(code), None) => Err(format!("exit code {code}")),
        }
    }
}

/// The tests in what a module prints with the argument `--list`. Other lines of the console may be in between.
pub fn listed(text: &str) -> Vec<BoardTest> {
    text.split(RECORD).skip(1).filter_map(read).collect()
}

/// Whether the program of a module is one of tests.
pub fn is_tests(program: &[u8]) -> bool {
    ElfFile::parse(program).is_ok_and(|file| has_tests(&file))
}

/// The same for a program that is parsed.
pub fn has_tests(program: &ElfFile<'_>) -> bool {
    program.section_by_name(TABLE).is_some()
}

/// A test, at the beginning of a text that ends behind its line.
fn read(text: &str) -> Option<BoardTest> {
    let (path, rest) = text.split_once(UNIT)?;
    let (ignored, rest) = rest.split_once(UNIT)?;
    let panics = rest.strip_suffix('\n').or_else(|| rest.split_once('\n').map(|(panics, _)| panics)).unwrap_or(rest);
    Some(BoardTest {
        path: path.to_owned(),
        is_ignored: ignored == "+",
        panics_with: panics.strip_prefix('+').map(str::to_owned),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn test(path: &str, is_ignored: bool, panics_with: Option<&str>) -> BoardTest {
        BoardTest { path: path.into(), is_ignored, panics_with: panics_with.map(str::to_owned) }
    }

    #[test]
    fn tests_are_listed_between_other_lines() {
        let text = "boot\n\x1egreet::tests::a\x1f\x1f\nchatter\n\x1egreet::tests::b\x1f+\x1f+\n\x1eg::c\x1f\x1f+two\n";
        let expected = [
            test("greet::tests::a", false, None),
            test("greet::tests::b", true, Some("")),
            test("g::c", false, Some("two")),
        ];
        assert_eq!(listed(text), expected);
        assert_eq!(expected[0].name(), "tests::a");
    }

    #[test]
    fn a_test_passes_or_says_why_not() {
        let plain = test("g::a", false, None);
        assert_eq!(plain.verdict(End::Code(0), ""), Ok(()));
        assert_eq!(plain.verdict(End::Code(101), ""), Err("the test panicked".into()));
        assert_eq!(plain.verdict(End::Code(1), ""), Err("exit code 1".into()));
        assert_eq!(plain.verdict(End::Code(102), ""), Err("the test was ended by a fault".into()));
        let panics = test("g::b", false, Some("three"));
        assert_eq!(panics.verdict(End::Code(101), "panicked:\nnot three\n"), Ok(()));
        assert!(panics.verdict(End::Code(101), "panicked:\nfour\n").unwrap_err().contains("\"three\""));
        assert_eq!(panics.verdict(End::Code(0), ""), Err("test did not panic as expected".into()));
        assert!(panics.verdict(End::TimedOut, "three").is_err());
    }
}
