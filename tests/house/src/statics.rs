//! Each static function has a name of its own, so that a map, a backtrace and gdb show which one it is.

use std::collections::BTreeMap;

use crate::code::{code, is_word};
use crate::{Finding, Source};

/// The static functions of `sources` whose name another file uses too.
pub fn have_unique_names(sources: &[Source]) -> Vec<Finding> {
    let mut places: BTreeMap<String, Vec<(&Source, usize)>> = BTreeMap::new();
    for source in sources.iter().filter(|source| !source.is_header()) {
        for (line, name) in functions(&source.text) {
            let places = places.entry(name).or_default();
            if places.iter().all(|(other, _)| other.path != source.path) {
                places.push((source, line));
            }
        }
    }
    let shared = places.iter().filter(|(_, places)| places.len() > 1);
    shared.flat_map(|(name, places)| places.iter().map(|(source, line)| finding(source, *line, name))).collect()
}

fn finding(source: &Source, line: usize, name: &str) -> Finding {
    Finding::new(source, line, format!("another file has a static function `{name}` too; name what it works on"))
}

/// The names of the static functions in `text`, and their lines.
fn functions(text: &str) -> Vec<(usize, String)> {
    let code = code(text);
    let lines = code.lines().enumerate();
    lines.filter_map(|(index, line)| Some((index + 1, function(line)?.to_owned()))).collect()
}

/// The name of the static function that `line` declares.
fn function(line: &str) -> Option<&str> {
    let declaration = without_attribute(without_attribute(line).strip_prefix("static ")?);
    let (head, _) = declaration.split_once('(')?;
    let name = head.rsplit(|sign| !is_word(sign)).next()?;
    (!name.is_empty() && !head.contains('=')).then_some(name)
}

fn without_attribute(text: &str) -> &str {
    let rest = text.strip_prefix("__attribute__((").and_then(|rest| rest.split_once(")) "));
    rest.map_or(text, |(_, rest)| rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn static_functions_are_known_from_variables() {
        let text = "static const char *name(int a)\n{\n}\n__attribute__((noinline)) static void far(void);\n\
                    static int (*pointer)(void);\nstatic int number = sizeof(int);\nint global(void);\n";
        assert_eq!(functions(text), [(1, "name".to_owned()), (4, "far".to_owned())]);
    }

    #[test]
    fn a_name_in_two_files_is_found() {
        let sources = [
            Source::new("a.c", "static void release(void);\n\nstatic void release(void)\n{\n}\n"),
            Source::new("b.c", "\nstatic void release(void)\n{\n}\nstatic void other(void)\n{\n}\n"),
        ];
        let places: Vec<(String, usize)> =
            have_unique_names(&sources).into_iter().map(|finding| (finding.path, finding.line)).collect();
        assert_eq!(places, [("a.c".to_owned(), 1), ("b.c".to_owned(), 2)]);
    }
}
