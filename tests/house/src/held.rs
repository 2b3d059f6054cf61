//! Which test holds which finding: the last table of tests/cases/README.md, compared with the tests.

use std::collections::{BTreeMap, BTreeSet};

use crate::{Finding, Source};

/// The columns of the table with the tests and with their boards.
const COLUMNS: (usize, usize) = (3, 4);

/// The end-to-end tests, by `GROUP::NAME`, with the boards on which they run.
pub type EndToEnd = BTreeMap<String, BTreeSet<String>>;

/// The lines of the table whose tests are not there, or run on other boards. `groups` are the sources of the end-to-end tests;
/// `others` is what the file of another test contains, if there is one.
pub fn broken(readme: &Source, groups: &[Source], others: impl Fn(&str) -> Option<String>) -> Vec<Finding> {
    let tests = end_to_end(groups);
    let mut findings = Vec::new();
    for (line, row) in rows(&readme.text) {
        let mut find = |message: String| findings.push(Finding::new(readme, line, message));
        let boards = row.get(COLUMNS.1).map_or("", |boards| boards.trim());
        let held_by: Vec<&str> = row.get(COLUMNS.0).map(|held| quoted(held)).unwrap_or_default();
        if held_by.is_empty() {
            find("no test holds it".to_owned());
        }
        for test in held_by {
            if let Err(message) = check(test, boards, &tests, &others) {
                find(message);
            }
        }
    }
    findings
}

fn check(test: &str, boards: &str, tests: &EndToEnd, others: impl Fn(&str) -> Option<String>) -> Result<(), String> {
    if test.contains('/') {
        let (file, name) = test.split_once("::").unwrap_or((test, ""));
        let text = others(file).ok_or_else(|| format!("there is no file `{file}`"))?;
        let has_it = name.is_empty() || text.contains(&format!("fn {name}("));
        return if has_it { Ok(()) } else { Err(format!("`{file}` has no test `{name}`")) };
    }
    let runs_on = tests.get(test).ok_or_else(|| format!("there is no end-to-end test `{test}`"))?;
    if runs_on.contains(boards) { Ok(()) } else { Err(format!("`{test}` runs on {runs_on:?}, not on `{boards}`")) }
}

/// The rows of the last table, with the numbers of their lines.
fn rows(text: &str) -> Vec<(usize, Vec<&str>)> {
    let lines: Vec<(usize, &str)> = (1..).zip(text.lines()).collect();
    let begin = lines.iter().rposition(|(_, line)| line.starts_with("|---")).map_or(lines.len(), |head| head + 1);
    let table = lines[begin..].iter().take_while(|(_, line)| line.starts_with('|'));
    table.map(|(number, line)| (*number, line.split('|').collect())).collect()
}

/// What is between backquotes.
fn quoted(text: &str) -> Vec<&str> {
    text.split('`').skip(1).step_by(2).collect()
}

/// All tests of the groups, by the lists of names in their files.
pub fn end_to_end(groups: &[Source]) -> EndToEnd {
    let mut tests = EndToEnd::new();
    let Some(main) = groups.iter().find(|source| source.path.ends_with("groups/main.rs")) else { return tests };
    for line in main.text.lines() {
        let Some((group, list, boards)) = group(line) else { continue };
        let Some((module, constant)) = list.split_once("::") else { continue };
        for name in
            groups.iter().filter(|source| is_of(source, module)).flat_map(|source| names(&source.text, constant))
        {
            tests.entry(format!("{group}::{name}")).or_default().insert(boards.to_owned());
        }
    }
    tests
}

/// `("GROUP", MODULE::LIST, On::BOARDS),`
fn group(line: &str) -> Option<(&str, &str, &str)> {
    let mut parts = line.trim().strip_prefix("(\"")?.strip_suffix("),")?.split(", ");
    let (group, list, boards) = (parts.next()?, parts.next()?, parts.next()?);
    Some((group.strip_suffix('"')?, list, boards.strip_prefix("On::")?))
}

fn is_of(source: &Source, module: &str) -> bool {
    source.path.ends_with(&format!("groups/{module}.rs")) || source.path.ends_with(&format!("groups/{module}/mod.rs"))
}

/// The names in `pub const LIST: Tests = &[…];`
fn names<'a>(text: &'a str, list: &str) -> Vec<&'a str> {
    let begin = format!("pub const {list}: Tests =");
    let lines = text.split(&begin).nth(1).unwrap_or_default();
    // A list of one line ends in it.
    let first = lines.lines().next().filter(|line| line.ends_with("];"));
    let lines = first.or_else(|| lines.split("\n];").next()).unwrap_or_default();
    lines.split("(\"").skip(1).filter_map(|entry| entry.split("\",").next()).filter(|name| is_name(name)).collect()
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_')
}

/// The programs and files of the folder that the text does not name.
pub fn unnamed<'a>(readme: &str, stems: &'a [String]) -> Vec<&'a String> {
    let is_word = |stem: &str| {
        readme.match_indices(stem).any(|(at, _)| {
            let letter = |letter: Option<char>| letter.is_some_and(|letter| letter.is_alphanumeric() || letter == '_');
            !letter(readme[..at].chars().next_back()) && !letter(readme[at + stem.len()..].chars().next())
        })
    };
    stems.iter().filter(|stem| !is_word(stem)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const README: &str =
        "| a | b |\n|---|---|\n| x | y |\n\n| finding | right | held by | boards |\n|---|---|---|---|\n";

    fn messages(row: &str) -> Vec<String> {
        let groups = [
            Source::new("tests/e2e/groups/main.rs", "    (\"cases\", cases::TESTS, On::Every),\n"),
            Source::new(
                "tests/e2e/groups/cases.rs",
                "pub const TESTS: Tests = &[\n    (\"it_ends\", ends),\n];\n(\"no\",",
            ),
        ];
        let readme = Source::new("README.md", &format!("{README}{row}\n"));
        let others = |file: &str| (file == "a/b.rs").then(|| "fn holds() {}".to_owned());
        broken(&readme, &groups, others).into_iter().map(|finding| finding.message).collect()
    }

    #[test]
    fn what_is_there_is_found() {
        assert_eq!(messages("| x | y | `cases::it_ends` `a/b.rs::holds` `a/b.rs` | Every |"), Vec::<String>::new());
    }

    #[test]
    fn what_is_not_there_is_told() {
        assert_eq!(messages("| x | y | none | Every |"), ["no test holds it"]);
        assert_eq!(messages("| x | y | `cases::no` | Every |"), ["there is no end-to-end test `cases::no`"]);
        assert_eq!(messages("| x | y | `a/c.rs` | |"), ["there is no file `a/c.rs`"]);
        assert_eq!(messages("| x | y | `a/b.rs::other` | |"), ["`a/b.rs` has no test `other`"]);
        assert_eq!(
            messages("| x | y | `cases::it_ends` | Arm |"),
            ["`cases::it_ends` runs on {\"Every\"}, not on `Arm`"]
        );
    }

    #[test]
    fn a_name_is_a_word_of_its_own() {
        let stems = ["mall".to_owned(), "palign".to_owned()];
        assert_eq!(unnamed("small `palign`, it", &stems), [&stems[0]]);
    }
}
