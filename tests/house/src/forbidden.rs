//! What a C reviewer would send back: attributes that change how one function is optimized, anonymous members, which C99
//! does not have, and notes of work that is not done.

use crate::code::{code, tokens};
use crate::{Finding, Source};

/// The places where a function is optimized in its own way.
pub fn optimize_attributes(sources: &[Source]) -> Vec<Finding> {
    find(sources, |source| {
        let code = code(&source.text);
        let words = tokens(&code);
        let calls =
            words.windows(2).filter(|pair| matches!(pair[0].1, "optimize" | "__optimize__") && pair[1].1 == "(");
        calls.map(|pair| (pair[0].0, "this changes the optimization of one function".to_owned())).collect()
    })
}

/// The structs and unions without a name inside of others.
pub fn anonymous_members(sources: &[Source]) -> Vec<Finding> {
    find(sources, |source| {
        let code = code(&source.text);
        let words = tokens(&code);
        let mut open = Vec::new();
        let mut lines = Vec::new();
        for (index, (line, word)) in words.iter().enumerate() {
            let before = index.checked_sub(1).map_or("", |before| words[before].1);
            match *word {
                "{" => open.push(matches!(before, "struct" | "union")),
                "}" if open.pop() == Some(true) && words.get(index + 1).is_some_and(|(_, next)| *next == ";") => {
                    lines.push((*line, "a member without a name ends here; C99 has none".to_owned()));
                }
                _ => {}
            }
        }
        lines
    })
}

/// The notes of work that is not done.
pub fn unfinished_work(sources: &[Source]) -> Vec<Finding> {
    find(sources, |source| {
        let words = tokens(&source.text);
        let notes = words.iter().filter(|(_, word)| matches!(*word, "TODO" | "FIXME" | "XXX"));
        notes.map(|(line, word)| (*line, format!("`{word}`: do it, or file an issue"))).collect()
    })
}

fn find(sources: &[Source], places: impl Fn(&Source) -> Vec<(usize, String)>) -> Vec<Finding> {
    let of_source = |source| places(source).into_iter().map(move |(line, message)| Finding::new(source, line, message));
    sources.iter().flat_map(of_source).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(findings: &[Finding]) -> Vec<usize> {
        findings.iter().map(|finding| finding.line).collect()
    }

    #[test]
    fn an_attribute_for_optimization_is_found() {
        let text = "/* optimize(\"O2\") */\n#define FAST __attribute__((optimize(\"O2\")))\nint optimize;\n";
        assert_eq!(lines(&optimize_attributes(&[Source::new("a.c", text)])), [2]);
    }

    #[test]
    fn a_member_without_a_name_is_found() {
        let text = "struct a\n{\n    union\n    {\n        int b;\n    };\n    struct\n    {\n        int c;\n    } d;\n};\n\
                    static const struct {\n    int e;\n} f[] = {{1}};\n";
        assert_eq!(lines(&anonymous_members(&[Source::new("a.h", text)])), [6]);
    }

    #[test]
    fn a_note_of_unfinished_work_is_found() {
        let text = "/* A list. */\n/* TODO: a tree */\nint todo; /* FIXME */\n";
        assert_eq!(lines(&unfinished_work(&[Source::new("a.c", text)])), [2, 3]);
    }
}
