//! Who includes whom: no header for one user, no circle of headers.

use crate::{Finding, Source};

/// One `#include "…"` of another source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Include {
    /// The line, from 1.
    pub line: usize,
    /// What is included.
    pub path: String,
}

/// The sources among `sources` that `source` includes. A name is searched in the folder of `source` alone.
pub fn includes(source: &Source, sources: &[Source]) -> Vec<Include> {
    let folder = source.path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let names = source.text.lines().enumerate().filter_map(|(index, line)| {
        let name = line.strip_prefix("#include \"")?.split('"').next()?;
        Some(Include { line: index + 1, path: joined(folder, name) })
    });
    names.filter(|include| sources.iter().any(|other| other.path == include.path)).collect()
}

/// The headers that fewer than two files include, beside the C file of the same name. Such a header belongs into its user,
/// or its functions into the header of their group.
pub fn have_two_users(sources: &[Source]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for header in sources.iter().filter(|source| source.is_header()) {
        let users: Vec<&Source> = sources
            .iter()
            .filter(|source| !is_own_file(source, header))
            .filter(|source| includes(source, sources).iter().any(|include| include.path == header.path))
            .collect();
        match users[..] {
            [] => findings.push(Finding::new(header, 1, "no other file includes this header".to_owned())),
            [user] => findings.push(Finding::new(header, 1, format!("only `{}` uses this header", user.path))),
            _ => {}
        }
    }
    findings
}

/// The headers that include themselves by way of others.
pub fn have_no_circles(sources: &[Source]) -> Vec<Finding> {
    let headers = sources.iter().filter(|source| source.is_header());
    headers.filter(|header| reaches_itself(header, sources)).map(circle).collect()
}

fn circle(header: &Source) -> Finding {
    Finding::new(header, 1, "this header includes itself by way of others".to_owned())
}

fn reaches_itself(header: &Source, sources: &[Source]) -> bool {
    let mut seen: Vec<String> = Vec::new();
    let mut open = vec![header];
    while let Some(source) = open.pop() {
        for include in includes(source, sources) {
            if include.path == header.path {
                return true;
            }
            if !seen.contains(&include.path) {
                open.extend(sources.iter().find(|other| other.path == include.path));
                seen.push(include.path);
            }
        }
    }
    false
}

fn is_own_file(source: &Source, header: &Source) -> bool {
    source.path.strip_suffix(".c") == header.path.strip_suffix(".h")
}

/// `name` as seen from `folder`, without `..`.
fn joined(folder: &str, name: &str) -> String {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in name.split('/') {
        if part == ".." {
            parts.pop();
        } else {
            parts.push(part);
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_with_two_users_is_fine() {
        let sources = [
            Source::new("a/x.h", ""),
            Source::new("a/x.c", "#include \"x.h\"\n"),
            Source::new("a/y.c", "#include \"x.h\"\n"),
            Source::new("b/z.c", "#include \"../a/x.h\"\n"),
        ];
        assert_eq!(have_two_users(&sources), []);
    }

    #[test]
    fn a_header_for_one_user_is_found() {
        let sources = [
            Source::new("a/x.h", ""),
            Source::new("a/x.c", "#include \"x.h\"\n"),
            Source::new("b/z.c", "#include \"../a/x.h\"\n"),
            Source::new("a/lone.h", ""),
        ];
        let findings: Vec<String> = have_two_users(&sources).iter().map(ToString::to_string).collect();
        assert_eq!(
            findings,
            ["a/x.h:1: only `b/z.c` uses this header", "a/lone.h:1: no other file includes this header"]
        );
    }

    #[test]
    fn a_circle_of_headers_is_found() {
        let sources = [
            Source::new("a/x.h", "#include \"y.h\"\n"),
            Source::new("a/y.h", "#include \"../b/z.h\"\n"),
            Source::new("b/z.h", "#include \"../a/x.h\"\n"),
            Source::new("a/free.h", "#include \"x.h\"\n"),
        ];
        let paths: Vec<String> = have_no_circles(&sources).into_iter().map(|finding| finding.path).collect();
        assert_eq!(paths, ["a/x.h", "a/y.h", "b/z.h"]);
    }
}
