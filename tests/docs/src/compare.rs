//! Whether a command printed what the page says.

/// Whether figures are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Figures {
    /// They are the same in each build.
    Exact,
    /// Sizes, addresses and times: any number is as good as another.
    Vary,
}

/// On a line of its own, it stands for any lines; within a line, for any text.
const ELLIPSIS: &str = "…";

/// Whether `printed` is what the page says in `expected`. Blank lines at both ends do not count.
#[must_use]
pub fn matches(expected: &str, printed: &str, figures: Figures) -> bool {
    let lines = |text: &str| text.trim_matches('\n').lines().map(|line| normalized(line, figures)).collect::<Vec<_>>();
    lines_match(&lines(expected), &lines(printed))
}

fn lines_match(expected: &[String], printed: &[String]) -> bool {
    match (expected.split_first(), printed.split_first()) {
        (None, _) => printed.is_empty(),
        (Some((line, rest)), _) if line.trim() == ELLIPSIS => {
            (0..=printed.len()).any(|skipped| lines_match(rest, &printed[skipped..]))
        }
        (Some(_), None) => false,
        (Some((line, rest)), Some((first, others))) => line_matches(line, first) && lines_match(rest, others),
    }
}

fn line_matches(expected: &str, printed: &str) -> bool {
    match expected.split_once(ELLIPSIS) {
        None => expected == printed,
        Some((before, after)) => printed.strip_prefix(before).is_some_and(|rest| {
            let ends = rest.char_indices().map(|(at, _)| at).chain([rest.len()]);
            ends.into_iter().any(|at| line_matches(after, &rest[at..]))
        }),
    }
}

fn normalized(line: &str, figures: Figures) -> String {
    let line = line.trim_end();
    match figures {
        Figures::Exact => line.to_owned(),
        Figures::Vary => without_figures(line),
    }
}

/// With `#` in place of each number, and one space in place of several, since columns move with their figures.
fn without_figures(line: &str) -> String {
    let words = line.split_whitespace().map(|word| {
        let mut text = String::new();
        let mut rest = word;
        while let Some(first) = rest.chars().next() {
            let (shown, length) = match figure_length(rest) {
                0 => (&rest[..first.len_utf8()], first.len_utf8()),
                length => ("#", length),
            };
            text.push_str(shown);
            rest = &rest[length..];
        }
        text
    });
    words.collect::<Vec<_>>().join(" ")
}

/// A build id or an address without `0x` has so many digits at least.
const HEX_DIGITS: usize = 8;

/// How many bytes of `text` are a number at its beginning: decimal with `,`, or hexadecimal.
fn figure_length(text: &str) -> usize {
    if let Some(digits) = text.strip_prefix("0x") {
        return 2 + hex_digits(digits);
    }
    if hex_digits(text) >= HEX_DIGITS {
        return hex_digits(text);
    }
    if !text.starts_with(|digit: char| digit.is_ascii_digit()) {
        return 0;
    }
    let is_figure = |letter: char| letter.is_ascii_digit() || letter == ',';
    text.find(|letter| !is_figure(letter)).map_or(text.len(), |end| text[..end].trim_end_matches(',').len())
}

fn hex_digits(text: &str) -> usize {
    text.find(|digit: char| !digit.is_ascii_hexdigit()).unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_printed_is_compared_word_by_word() {
        assert!(matches("exit code 7\n", "exit code 7\n\n", Figures::Exact));
        assert!(!matches("exit code 7\n", "exit code 8\n", Figures::Exact));
        assert!(!matches("exit code 7\n", "", Figures::Exact));
        assert!(!matches("", "hello\n", Figures::Exact));
    }

    #[test]
    fn an_ellipsis_stands_for_any_text() {
        assert!(matches("a\n…\nd\n", "a\nb\nc\nd\n", Figures::Exact));
        assert!(matches("a … c\n", "a b c\n", Figures::Exact));
        assert!(!matches("a\n…\nd\n", "a\nb\nc\n", Figures::Exact));
        assert!(!matches("a … c\n", "a b d\n", Figures::Exact));
    }

    #[test]
    fn figures_may_vary_and_words_may_not() {
        assert!(matches("1,665 at 0x20 in 0:01:40", "986  at 0x2100a in 0:00:03", Figures::Vary));
        assert!(!matches("12 bytes", "12 words", Figures::Vary));
        assert!(!matches("12 bytes", "twelve bytes", Figures::Vary));
        assert!(matches("a 1, b 2", "a 3, b 4", Figures::Vary));
        assert!(matches("build: aa13dda6cb544c5e", "build: d8a4d537a4361041", Figures::Vary));
    }
}
