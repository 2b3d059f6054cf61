//! The words of the project: where RT-Thread, `std`, POSIX, ELF or Linux has a word for a thing, the code has no other.

use crate::code::tokens;
use crate::{Finding, Source};

/// Words that stand for a thing with another name, and that name. Each is a part of an identifier between underscores.
const PRIVATE_WORDS: &[(&str, &str)] = &[
    ("anatomy", "attribution"),
    ("dig", "reclaim"),
    ("ear", "device notifier"),
    ("ears", "device notifiers"),
    ("grave", "orphan device"),
    ("homeless", "undefined symbol"),
    ("kin", "device class"),
    ("rehearsal", "dry run"),
    ("shelter", "cancellation"),
    ("strangers", "what they are, as incompatible"),
    ("survey", "first pass"),
];

/// The identifiers with a private word in them. Comments are read as well.
pub fn private(sources: &[Source]) -> Vec<Finding> {
    let of_source = |source: &Source| {
        let words = tokens(&source.text);
        let found = words.iter().filter_map(|(line, word)| {
            let (private, usual) = private_word(word)?;
            Some(Finding::new(source, *line, format!("`{word}`: `{private}` is a word of our own; use `{usual}`")))
        });
        found.collect::<Vec<_>>()
    };
    sources.iter().flat_map(of_source).collect()
}

fn private_word(identifier: &str) -> Option<(&'static str, &'static str)> {
    let parts = words(identifier);
    PRIVATE_WORDS.iter().find(|(private, _)| parts.iter().any(|part| part == private)).copied()
}

/// The words of an identifier, in snake or camel case, in lower case.
fn words(identifier: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut previous = '_';
    for sign in identifier.chars() {
        if sign == '_' || previous.is_ascii_lowercase() && sign.is_ascii_uppercase() {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut().filter(|_| sign != '_') {
            word.push(sign.to_ascii_lowercase());
        }
        previous = sign;
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<usize> {
        private(&[Source::new("a.c", text)]).iter().map(|finding| finding.line).collect()
    }

    #[test]
    fn private_words_are_found_in_all_cases() {
        assert_eq!(
            found("rttm_grave_add();\nlet shelter = 1;\nstruct HomelessSymbol;\nSTRANGERS\n/* the kin */"),
            [1, 2, 3, 4, 5]
        );
    }

    #[test]
    fn a_word_may_contain_another() {
        assert_eq!(found("hear(digest, kindness, engrave, retold);"), [0_usize; 0]);
    }
}
