//! Every file says in its first line what it is: behind the line of the licence stands a comment with a phrase.

use crate::{Finding, Source};

/// The first line of every file.
const LICENCE: &str = "/* SPDX-License-Identifier: Apache-2.0 */";

/// A name alone says nothing that the file's name does not.
const WORDS_MIN: usize = 3;

/// The files of `sources` that do not begin with the licence and a phrase about themselves.
pub fn says_what_it_is(sources: &[Source]) -> Vec<Finding> {
    sources.iter().filter_map(|source| problem(&source.text).map(|text| Finding::new(source, 1, text))).collect()
}

fn problem(text: &str) -> Option<String> {
    let Some(behind) = text.strip_prefix(LICENCE) else {
        return Some(format!("the first line is not `{LICENCE}`"));
    };
    let Some(comment) = behind.strip_prefix("\n/*").and_then(|rest| rest.split("*/").next()) else {
        return Some("the second line does not begin a comment that says what the file is".to_owned());
    };
    let phrase = first_paragraph(comment);
    if phrase.split_whitespace().count() < WORDS_MIN {
        return Some(format!("`{phrase}` does not say what the file is: write at least {WORDS_MIN} words"));
    }
    if !phrase.ends_with(['.', ':']) {
        return Some("the first paragraph of the file's comment does not end with a full stop".to_owned());
    }
    None
}

/// The text up to the first line of the comment that is empty, without the asterisks in front of the lines.
fn first_paragraph(comment: &str) -> String {
    let lines = comment.lines().map(|line| line.trim().trim_start_matches('*').trim());
    let lines = lines.skip_while(|line| line.is_empty()).take_while(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn findings(text: &str) -> Vec<String> {
        says_what_it_is(&[Source::new("a.c", text)]).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_phrase_in_either_form_is_enough() {
        let short = format!("{LICENCE}\n/* Counts what is there. */\n#include <a.h>\n");
        let long = format!("{LICENCE}\n/*\n * Counts\n * what is there.\n *\n * And more\n */\n");
        assert_eq!(findings(&short), [""; 0]);
        assert_eq!(findings(&long), [""; 0]);
    }

    #[test]
    fn a_file_without_the_licence_is_found() {
        assert_eq!(findings("/* Counts what is there. */\n")[0], format!("a.c:1: the first line is not `{LICENCE}`"));
    }

    #[test]
    fn a_file_that_says_nothing_of_itself_is_found() {
        let include = format!("{LICENCE}\n#include <a.h>\n\n/* Counts what is there. */\n");
        assert!(findings(&include)[0].contains("does not begin a comment"));
        let name = format!("{LICENCE}\n/* `mod list`. */\n");
        assert!(findings(&name)[0].contains("at least 3 words"));
        let cut = format!("{LICENCE}\n/* Counts what is */\n");
        assert!(findings(&cut)[0].contains("full stop"));
    }
}
