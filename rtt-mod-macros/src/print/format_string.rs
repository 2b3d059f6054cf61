//! The grammar of format strings, as `std::fmt` documents it.
//!
//! ```text
//! format := '{' [ integer | identifier ] [ ':' spec ] [ ' ' ]* '}'
//! spec   := [ [ fill ] align ] [ '+' ] [ '#' ] [ '0' ] [ width ] [ '.' precision ] type
//! ```
//!
//! Counts that are arguments (`width$`, `.*`) are not parsed, and neither is the sign `-`, which has no meaning.

/// A part of a format string.
#[derive(Debug, PartialEq)]
pub enum Piece {
    Text(String),
    Placeholder(Placeholder),
}

impl Piece {
    pub fn placeholder(&self) -> Option<&Placeholder> {
        match self {
            Piece::Text(_) => None,
            Piece::Placeholder(placeholder) => Some(placeholder),
        }
    }
}

/// The contents of a pair of braces.
#[derive(Debug, PartialEq)]
pub struct Placeholder {
    pub argument: Reference,
    pub spec: Spec,
    written: String,
}

impl Placeholder {
    /// The same placeholder as a format string of its own, for one positional argument.
    pub fn alone(&self) -> String {
        format!("{{:{}}}", self.written)
    }
}

/// The argument of a placeholder.
#[derive(Debug, PartialEq)]
pub enum Reference {
    Next,
    Index(usize),
    Name(String),
}

/// The format of an argument.
#[derive(Debug, Default, PartialEq)]
pub struct Spec {
    pub fill: Option<char>,
    pub align: Option<Align>,
    pub plus: bool,
    pub alternate: bool,
    pub zero: bool,
    pub width: Option<usize>,
    pub precision: Option<usize>,
    /// `""`, `"?"`, `"x"`, …
    pub type_: String,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Align {
    Left,
    Center,
    Right,
}

/// `None`: `format` has an error, or uses what the module's documentation excludes.
pub fn parse(format: &str) -> Option<Vec<Piece>> {
    let mut pieces = Vec::new();
    let mut text = String::new();
    let mut rest = format;
    while let Some(brace) = rest.find(['{', '}']) {
        text.push_str(&rest[..brace]);
        rest = &rest[brace..];
        if let Some(after) = rest.strip_prefix("{{").or_else(|| rest.strip_prefix("}}")) {
            text.push_str(&rest[..1]);
            rest = after;
            continue;
        }
        let (inside, after) = rest.strip_prefix('{')?.split_once('}')?;
        pieces.push(Piece::Text(std::mem::take(&mut text)));
        pieces.push(Piece::Placeholder(placeholder(inside)?));
        rest = after;
    }
    text.push_str(rest);
    pieces.push(Piece::Text(text));
    Some(pieces)
}

fn placeholder(inside: &str) -> Option<Placeholder> {
    let inside = inside.trim_end_matches(' ');
    let (argument, written) = inside.split_once(':').unwrap_or((inside, ""));
    let argument = match argument {
        "" => Reference::Next,
        index if index.bytes().all(|byte| byte.is_ascii_digit()) => Reference::Index(index.parse().ok()?),
        name => Reference::Name(name.to_owned()),
    };
    Some(Placeholder { argument, spec: spec(written)?, written: written.to_owned() })
}

fn spec(written: &str) -> Option<Spec> {
    let mut spec = Spec::default();
    let mut rest = written;
    let mut chars = rest.chars();
    let (first, second) = (chars.next(), chars.next());
    if let Some(align) = second.and_then(align) {
        (spec.fill, spec.align) = (first, Some(align));
        rest = chars.as_str();
    } else if let Some(align) = first.and_then(align) {
        spec.align = Some(align);
        rest = &rest[1..];
    }
    spec.plus = take(&mut rest, '+');
    spec.alternate = take(&mut rest, '#');
    spec.zero = take(&mut rest, '0');
    spec.width = count(&mut rest)?;
    if take(&mut rest, '.') {
        spec.precision = Some(count(&mut rest)??);
    }
    let known = ["", "?", "x?", "X?", "x", "X", "o", "b", "e", "E", "p"].contains(&rest);
    spec.type_ = known.then(|| rest.to_owned())?;
    Some(spec)
}

fn align(character: char) -> Option<Align> {
    match character {
        '<' => Some(Align::Left),
        '^' => Some(Align::Center),
        '>' => Some(Align::Right),
        _ => None,
    }
}

fn take(rest: &mut &str, character: char) -> bool {
    let taken = rest.strip_prefix(character);
    *rest = taken.unwrap_or(rest);
    taken.is_some()
}

/// A number; `Some(None)` if there is none, and `None` if it is too large.
fn count(rest: &mut &str) -> Option<Option<usize>> {
    let digits = rest.len() - rest.trim_start_matches(|character: char| character.is_ascii_digit()).len();
    if digits == 0 {
        return Some(None);
    }
    let (number, after) = rest.split_at(digits);
    *rest = after;
    number.parse().ok().map(Some)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn only(format: &str) -> Placeholder {
        let mut pieces = parse(format).unwrap_or_else(|| panic!("{format} parses"));
        match pieces.remove(1) {
            Piece::Placeholder(placeholder) => placeholder,
            Piece::Text(text) => panic!("{text:?} is a placeholder"),
        }
    }

    #[test]
    fn braces_are_doubled_in_text() {
        assert_eq!(parse("a{{b}}c"), Some(vec![Piece::Text("a{b}c".to_owned())]));
    }

    #[test]
    fn a_spec_has_all_its_parts() {
        let expected = Spec {
            fill: Some('*'),
            align: Some(Align::Center),
            plus: true,
            alternate: true,
            zero: true,
            width: Some(12),
            precision: Some(3),
            type_: "x".to_owned(),
        };
        assert_eq!(only("{value:*^+#012.3x }").spec, expected);
        assert_eq!(only("{value:*^+#012.3x }").alone(), "{:*^+#012.3x}");
        assert_eq!(only("{value:x}").argument, Reference::Name("value".to_owned()));
        assert_eq!(only("{7}").argument, Reference::Index(7));
        assert_eq!(only("{:<<4}").spec.fill, Some('<'));
        assert_eq!(only("{:0}").spec, Spec { zero: true, ..Spec::default() });
    }

    #[test]
    fn unsupported_and_wrong_formats_are_not_parsed() {
        for format in ["{", "}", "{:1$}", "{:.*}", "{:.w$}", "{:-}", "{:y}", "{:99999999999999999999}", "{:.}"] {
            assert_eq!(parse(format), None, "{format}");
        }
    }
}
