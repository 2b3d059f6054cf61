//! Control characters in text from files, made visible.
//!
//! A name or a description in a file can contain escape sequences, which would move the cursor or change the colours of the
//! terminal that shows it.

use std::borrow::Cow;

/// `text` with each control character as its escape in Rust, such as `\n` and `\u{1b}`.
///
/// ```
/// assert_eq!(mkmod::escape::escaped("red: \x1b[31m"), r"red: \u{1b}[31m");
/// ```
pub fn escaped(text: &str) -> Cow<'_, str> {
    escape_where(text, char::is_control)
}

/// The same for text of several lines: the ends of the lines stay.
pub fn escaped_lines(text: &str) -> Cow<'_, str> {
    escape_where(text, |c| c.is_control() && c != '\n')
}

fn escape_where(text: &str, is_escaped: impl Fn(char) -> bool) -> Cow<'_, str> {
    if !text.contains(&is_escaped) {
        return text.into();
    }
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        if is_escaped(c) { escaped.extend(c.escape_default()) } else { escaped.push(c) }
    }
    escaped.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_become_visible() {
        assert_eq!(escaped("a\tb\u{9b}2J\u{7f}"), "a\\tb\\u{9b}2J\\u{7f}");
        assert_eq!(escaped_lines("one\r\ntwo\n"), "one\\r\ntwo\n");
    }

    #[test]
    fn other_text_stays() {
        assert!(matches!(escaped("größer → 8"), Cow::Borrowed(_)));
    }
}
